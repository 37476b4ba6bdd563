import { useTranslation } from 'react-i18next';
import { formatInteger, formatLarge, pluralCount } from '../formatting/number';

/** "pays for N results"; `results` is a decimal string that may be far beyond 2^53. The exact number on hover. */
export function PaysFor({ results }: { readonly results: string }) {
  const { t, i18n } = useTranslation();
  const count = BigInt(results);
  return (
    <span title={formatInteger(count, i18n.language)}>
      {t('dashboard.paysFor', {
        count: pluralCount(count),
        results: formatLarge(count, i18n.language),
      })}
    </span>
  );
}
