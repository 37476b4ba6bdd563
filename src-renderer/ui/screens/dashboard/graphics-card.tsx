import { useTranslation } from 'react-i18next';
import { adapterName } from '../../../../src-shared/compute/adapter-name';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { ErrorMessage } from '../../components/error-message';
import { Fact, Facts } from '../../components/facts';
import { formatGops, formatInteger } from '../../formatting/number';
import { goTo } from '../../stores/navigation-store';
import { useAppState, useLane } from '../../stores/state-store';
import { EngineReason } from './engine-reason';
import { TaskProgress } from './task-progress';

/** The graphics adapter, which engine computes and why, how fast, and whether its results hold. */
export function GraphicsCard() {
  const { t, i18n } = useTranslation();
  const lane = useLane((first) => first);
  const { adapter, engine, engineReason, quarantinedSinceMs, lastGops } = lane;
  const { selfChecksPassed, selfChecksFailed } = lane;
  const taskError = useAppState((state) => state.compute.taskError);
  const error = taskError ?? lane.error;
  const name = adapter === null ? t('dashboard.adapterNone') : adapterName(adapter);
  const integer = (value: number) => formatInteger(value, i18n.language);
  return (
    <Card
      heading={t('dashboard.engine')}
      aside={
        <Button variant="link" data-testid="open-graphics" onClick={() => goTo('graphics')}>
          {t('dashboard.engineDetails')}
        </Button>
      }
    >
      <p
        data-testid="adapter"
        data-available={adapter !== null}
        title={name}
        className={`line-clamp-3 text-base font-semibold ${adapter === null ? 'text-muted' : ''}`}
      >
        {name}
        {adapter?.software === true && ` (${t('dashboard.adapterSoftware')})`}
      </p>
      <EngineReason reason={quarantinedSinceMs === null ? engineReason : 'quarantined'} />
      <Facts>
        <Fact name={t('dashboard.engineUsed')}>
          {engine !== null && `${t(`engine.${engine}`)} · `}
          <span className={lane.state === 'failed' ? 'text-danger' : 'text-muted'}>
            {t(`dashboard.computeState.${lane.state}`)}
          </span>
        </Fact>
        <Fact name={t('dashboard.speed')}>
          {lastGops === null ? t('app.none') : `${formatGops(lastGops, i18n.language)} GOPS`}
        </Fact>
        <Fact name={t('dashboard.selfChecks')}>
          <span data-testid="self-checks" className={selfChecksFailed > 0 ? 'text-danger' : ''}>
            {t('dashboard.selfChecksValue', {
              passed: integer(selfChecksPassed),
              failed: integer(selfChecksFailed),
            })}
          </span>
        </Fact>
      </Facts>
      {error !== null && (
        <div className="mt-2">
          <ErrorMessage report={error} />
        </div>
      )}
      <TaskProgress lane={lane.id} />
    </Card>
  );
}
