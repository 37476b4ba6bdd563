import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { adapterName } from '../../../../src-shared/compute/adapter-name';
import type { Finding } from '../../../../src-shared/doctor/report';
import { Button } from '../../components/button';
import { CheckMark } from '../../components/check-mark';
import { ErrorMessage } from '../../components/error-message';
import { Fact, Facts } from '../../components/facts';
import { findingText } from '../../formatting/finding-text';
import { formatGops } from '../../formatting/number';
import { useLane } from '../../stores/state-store';
import { useRequest } from '../../stores/use-request';

/** Runs a task whose result is known, as soon as something can compute: on what, how fast, and whether it came out right. */
export function GraphicsCheck() {
  const { t, i18n } = useTranslation();
  const { state, engine, adapter, lastGops } = useLane((lane) => lane);
  const [finding, setFinding] = useState<Finding | null>(null);
  const { busy, error, send } = useRequest();
  const isUp = state === 'ready' || state === 'busy';
  const check = useCallback(async () => {
    const look = () => send(() => window.miner.examine(['compute']));
    // The first run of an engine warms it up: the second one tells its speed.
    const cold = await look();
    const answer = cold.ok ? await look() : cold;
    if (answer.ok) setFinding(answer.value.findings[0] ?? null);
  }, [send]);
  useEffect(() => {
    if (isUp) void check();
  }, [isUp, check]);
  const verdict = finding?.verdict;
  return (
    <div data-testid="graphics-check" data-verdict={verdict ?? ''} className="flex flex-col gap-2">
      <Facts>
        <Fact name={t('firstRun.device')} long>
          {engine === 'webgpu' && adapter !== null ? adapterName(adapter) : t('engine.cpu')}
        </Fact>
        <Fact name={t('firstRun.speed')}>
          {finding === null || lastGops === null
            ? t('app.none')
            : `${formatGops(lastGops, i18n.language)} GOPS`}
        </Fact>
      </Facts>
      <div className="flex flex-wrap items-center gap-3">
        <p role="status" className="flex min-w-0 flex-1 items-center gap-2">
          {finding === null || busy ? (
            t('firstRun.checking')
          ) : (
            <>
              <CheckMark ok={verdict === 'ok'} />
              {verdict === 'ok'
                ? t(finding.params.engine === 'webgpu' ? 'firstRun.matches' : 'firstRun.exact')
                : findingText(t, finding, i18n.language)}
            </>
          )}
        </p>
        <Button busy={busy} disabled={!isUp} data-testid="graphics-check-again" onClick={() => void check()}>
          {t('firstRun.checkAgain')}
        </Button>
      </div>
      {error !== null && <ErrorMessage report={error} />}
    </div>
  );
}
