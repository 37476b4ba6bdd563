import { useTranslation } from 'react-i18next';
import { amountParts, exactCpc, shortAmount } from '../formatting/amount';

/** An amount of CPC on one line, cut after six significant decimals; the exact digits on hover. */
export function Amount({ units, unit = true }: { readonly units: string; readonly unit?: boolean }) {
  const { i18n } = useTranslation();
  return (
    <span title={`${exactCpc(units)} CPC`}>
      {shortAmount(units, i18n.language)}
      {unit && ' CPC'}
    </span>
  );
}

/** A large amount with every digit: those after the sixth significant decimal are small. */
export function ExactAmount({ units }: { readonly units: string }) {
  const { i18n } = useTranslation();
  const { head, tail } = amountParts(units, i18n.language);
  return (
    <span title={`${exactCpc(units)} CPC`} className="block truncate">
      <span className="text-2xl font-semibold">{head}</span>
      <span className="text-xs text-muted">{tail}</span>
      <span className="text-base text-muted"> CPC</span>
    </span>
  );
}
