import { useTranslation } from 'react-i18next';
import type { Results } from '../../../../../src-shared/history/day-results';
import { FiguresTable } from '../../../components/charts/figures-table';
import { useTimeStyle } from '../../../components/use-time-style';
import { formatInteger } from '../../../formatting/number';
import { dayAndMonth, noonOf } from '../../../formatting/time';

const COUNTS = ['computed', 'accepted', 'proved'] as const;

/** Results day by day, newest first; no figures of days before any were counted. */
export function ResultTable({ days, since }: Results) {
  const { t, i18n } = useTranslation();
  const style = useTimeStyle();
  const isBefore = (day: string) => since === null || day < since;
  return (
    <FiguresTable
      testId="results-table"
      caption={t('history.resultsCaption', { days: days.length })}
      columns={[t('history.day'), ...COUNTS.map((name) => t(`history.count.${name}`))]}
      rows={days.toReversed().map((results) => ({
        key: results.day,
        isGap: isBefore(results.day),
        cells: [
          dayAndMonth(noonOf(results.day), style),
          ...COUNTS.map((name) =>
            isBefore(results.day) ? t('app.none') : formatInteger(results[name], i18n.language),
          ),
        ],
      }))}
    />
  );
}
