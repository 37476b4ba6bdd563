import { useTranslation } from 'react-i18next';
import { BalanceCard } from './balance-card';
import { BlockCard } from './block-card';
import { ClockWarning } from './clock-warning';
import { GraphicsCard } from './graphics-card';
import { HistoryCard } from './history/history-card';
import { ResultsCard } from './history/results-card';
import { RecentTasks } from './recent-tasks';
import { TodayStrip } from './today-strip';

/** Where things stand now: chain, balance, graphics, today's results, how it went before, and the last ones. */
export function Dashboard() {
  const { t } = useTranslation();
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-4 narrow:min-h-fit narrow:overflow-visible">
      <h1 className="sr-only">{t('dashboard.heading')}</h1>
      <ClockWarning />
      <div className="grid shrink-0 grid-cols-3 narrow:grid-cols-1 gap-3">
        <BlockCard />
        <BalanceCard />
        <GraphicsCard />
      </div>
      <TodayStrip />
      <div className="grid shrink-0 grid-cols-3 narrow:grid-cols-1 gap-3">
        <HistoryCard className="col-span-2 narrow:col-span-1" />
        <ResultsCard />
      </div>
      <RecentTasks />
    </div>
  );
}
