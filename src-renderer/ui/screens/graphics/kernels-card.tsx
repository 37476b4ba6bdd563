import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../../../src-shared/errors';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { EmptyState } from '../../components/empty-state';
import { ErrorMessage } from '../../components/error-message';
import { callMain } from '../../stores/call-main';
import { useLane } from '../../stores/state-store';
import { CurrentKernel } from './current-kernel';
import { KernelSpeeds } from './kernel-speeds';

/** How fast each kernel is on this adapter, which of them compute, and the button that measures them anew. */
export function KernelsCard() {
  const { t } = useTranslation();
  const kernels = useLane((lane) => lane.kernels);
  const measuring = useLane((lane) => lane.measuring);
  const id = useLane((lane) => lane.id);
  const [asked, setAsked] = useState(false);
  const [error, setError] = useState<ErrorReport | null>(null);
  const empty = kernels.length === 0;
  // A task in hand ends first: the wait for it counts too.
  const busy = measuring || asked;

  const measure = async () => {
    setAsked(true);
    setError(null);
    const answer = await callMain(() => window.miner.measureKernels(id));
    setError(answer.ok ? null : answer.error);
    setAsked(false);
  };
  const label = empty ? 'graphics.measure' : 'graphics.measureAgain';
  return (
    <Card
      heading={t('graphics.kernels')}
      aside={
        <Button busy={busy} data-testid="measure-button" onClick={() => void measure()}>
          {t(busy ? 'graphics.measuring' : label)}
        </Button>
      }
    >
      {empty ? (
        <EmptyState title={t('graphics.kernelsEmpty')} hint={t('graphics.kernelsEmptyHint')} />
      ) : (
        <>
          <KernelSpeeds choices={kernels} />
          <p className="mt-2 text-xs text-muted">{t('graphics.kernelWhy')}</p>
          <CurrentKernel choices={kernels} />
        </>
      )}
      {error !== null && (
        <div className="mt-2">
          <ErrorMessage report={error} />
        </div>
      )}
    </Card>
  );
}
