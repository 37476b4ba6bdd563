import { useTranslation } from 'react-i18next';
import type { SpanName } from '../../../../../src-shared/history/series';
import { EmptyState } from '../../../components/empty-state';
import { useAppState } from '../../../stores/state-store';

/** Stands where the charts will be. */
export function SeriesEmpty({ span }: { readonly span: SpanName }) {
  const { t } = useTranslation();
  const runs = useAppState(({ miner }) => miner.kind !== 'idle' && miner.kind !== 'paused');
  return (
    <EmptyState
      title={t(`history.empty.${span}`)}
      hint={t(runs ? 'history.emptyRunning' : 'history.emptyHint')}
    />
  );
}
