import { useTranslation } from 'react-i18next';
import { formatInteger, pluralCount } from '../formatting/number';

/** "pays for N results"; `results` is a decimal string that may be far beyond 2^53. */
export function PaysFor({ results }: { readonly results: string }) {
  const { t, i18n } = useTranslation();
  const count = BigInt(results);
  const text = t('dashboard.paysFor', {
    count: pluralCount(count),
    results: formatInteger(count, i18n.language),
  });
  return <span title={text}>{text}</span>;
}
