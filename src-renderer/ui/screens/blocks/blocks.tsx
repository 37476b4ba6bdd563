import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../../../src-shared/errors';
import type { BlockQuery, BlockReport } from '../../../../src-shared/ipc/block-report';
import { EmptyState } from '../../components/empty-state';
import { Screen } from '../../components/screen';
import { callMain } from '../../stores/call-main';
import { useNavigationStore } from '../../stores/navigation-store';
import { BlockView } from './block-view';
import { LookupForm } from './lookup-form';

/** Looks a block up and shows it recomputed on this machine. */
export function Blocks() {
  const { t } = useTranslation();
  const asked = useNavigationStore((store) => store.blockQuery);
  const [report, setReport] = useState<BlockReport | null>(null);
  const [error, setError] = useState<ErrorReport | null>(null);
  const [busy, setBusy] = useState(false);
  const newest = useRef(0);

  const lookUp = useCallback(async (query: BlockQuery) => {
    newest.current += 1;
    const mine = newest.current;
    setBusy(true);
    const answer = await callMain(() => window.miner.lookUpBlock(query));
    if (mine !== newest.current) return;
    setBusy(false);
    setError(answer.ok ? null : answer.error);
    if (answer.ok) setReport(answer.value);
  }, []);
  useEffect(() => {
    if (asked !== null) void lookUp(asked);
  }, [asked, lookUp]);

  return (
    <Screen heading={t('nav.blocks')}>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto narrow:overflow-visible px-4 pb-4">
        <LookupForm
          initial={asked ?? { by: 'latest' }}
          busy={busy}
          error={error}
          onEdit={() => setError(null)}
          onLookUp={(query) => void lookUp(query)}
        />
        {report === null ? (
          <EmptyState title={t('blocks.empty')} hint={`${t('blocks.emptyHint')} ${t('blocks.intro')}`} />
        ) : (
          <BlockView key={report.hash} report={report} />
        )}
      </div>
    </Screen>
  );
}
