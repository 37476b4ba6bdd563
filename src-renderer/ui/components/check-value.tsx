import { useTranslation } from 'react-i18next';
import { checkText } from '../formatting/check-text';
import { Copyable } from './copyable';
import { useTimeStyle } from './use-time-style';

type CheckValueProps = {
  /** The check's name, as main wrote it. */
  readonly name: string;
  readonly text: string | null;
  /** What it is, for screen readers. */
  readonly what: string;
};

/** What a check compared: a hash or address to copy, or a plain value. */
export function CheckValue({ name, text, what }: CheckValueProps) {
  const { t } = useTranslation();
  const style = useTimeStyle();
  if (text === null || text === '') return t('app.none');
  if (/^[0-9a-z-]{24,}$/i.test(text)) return <Copyable text={text} what={what} />;
  const shown = checkText(name, text, style);
  return (
    <span title={shown} className="select-text">
      {shown}
    </span>
  );
}
