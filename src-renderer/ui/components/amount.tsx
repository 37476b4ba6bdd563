import { useTranslation } from 'react-i18next';
import { amountText, exactCpc } from '../formatting/amount';

type AmountProps = {
  /** A decimal string of minimal units. */
  readonly units: string;
};

/** An amount with its unit; in CPC on hover. */
export function Amount({ units }: AmountProps) {
  const { i18n } = useTranslation();
  return <span title={`${exactCpc(units)} CPC`}>{amountText(units, i18n.language)}</span>;
}

// Characters that a third of the smallest window has room for.
const SIZES = [
  { most: 13, text: 'text-2xl' },
  { most: 17, text: 'text-lg' },
  { most: 20, text: 'text-base' },
  { most: Number.POSITIVE_INFINITY, text: 'text-sm' },
] as const;

/** The amount that a card is about: large, as one number, and smaller the longer it is. */
export function LargeAmount({ units }: AmountProps) {
  const { i18n } = useTranslation();
  const text = amountText(units, i18n.language);
  const size = SIZES.find(({ most }) => text.length <= most)?.text ?? 'text-sm';
  return (
    <p title={`${exactCpc(units)} CPC`} className={`font-semibold break-words ${size}`}>
      {text}
    </p>
  );
}
