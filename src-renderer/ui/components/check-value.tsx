import { useTranslation } from 'react-i18next';
import { Copyable } from './copyable';

type CheckValueProps = {
  readonly text: string | null;
  /** What it is, for screen readers. */
  readonly what: string;
};

/** What a check compared: a hash or address to copy, or a plain value. */
export function CheckValue({ text, what }: CheckValueProps) {
  const { t } = useTranslation();
  if (text === null || text === '') return t('app.none');
  if (/^[0-9a-z-]{24,}$/i.test(text)) return <Copyable text={text} what={what} />;
  return (
    <span title={text} className="select-text">
      {text}
    </span>
  );
}
