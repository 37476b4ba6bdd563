import { useTranslation } from 'react-i18next';
import { cpcText } from '../../formatting/amount';
import { resultsAnHour } from '../../formatting/fee-ceiling';
import { formatLarge, pluralCount } from '../../formatting/number';
import { useAppState } from '../../stores/state-store';

/** How many results an hour a ceiling pays for, as soon as the fee of one is known; `units` as a decimal string. */
export function FeeCeilingReach({ units }: { readonly units: string }) {
  const { t, i18n } = useTranslation();
  const feeUnits = useAppState((state) => state.balance.resultFeeUnits);
  const results = resultsAnHour(units, feeUnits);
  if (results === null || feeUnits === null) return null;
  return (
    <p
      data-testid="fee-ceiling-reach"
      className={`mt-1 text-xs ${results === 0n ? 'text-warning' : 'text-muted'}`}
    >
      {results === 0n
        ? t('settings.feeCeilingTooLow', { fee: cpcText(feeUnits, i18n.language) })
        : t('settings.feeCeilingPays', {
            count: pluralCount(results),
            results: formatLarge(results, i18n.language),
          })}
    </p>
  );
}
