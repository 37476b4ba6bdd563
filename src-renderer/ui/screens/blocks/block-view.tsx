import { useTranslation } from 'react-i18next';
import type { BlockReport } from '../../../../src-shared/ipc/block-report';
import { Card } from '../../components/card';
import { EmptyState } from '../../components/empty-state';
import { formatInteger } from '../../formatting/number';
import { BlockChecks } from './block-checks';
import { BlockHeader } from './block-header';
import { BlockResultItem } from './block-result-item';

/** A block recomputed on this machine: its header, the checks, and the results it holds. */
export function BlockView({ report }: { readonly report: BlockReport }) {
  const { t, i18n } = useTranslation();
  const { height, results, checks } = report;
  return (
    <div data-testid="block-report" data-height={height} className="flex flex-col gap-3">
      <Card heading={t('blocks.title', { height: formatInteger(height, i18n.language) })}>
        <BlockHeader report={report} />
      </Card>
      <Card heading={t('blocks.checks')}>
        <BlockChecks checks={checks} />
      </Card>
      <Card
        heading={t('blocks.results')}
        aside={<span className="text-muted">{formatInteger(results.length, i18n.language)}</span>}
      >
        {results.length === 0 ? (
          <EmptyState title={t('blocks.resultsEmpty')} hint={t('blocks.resultsEmptyHint')} />
        ) : (
          <ul className="flex flex-col">
            {results.map((result) => (
              <BlockResultItem key={result.txHash} result={result} height={height} />
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}
