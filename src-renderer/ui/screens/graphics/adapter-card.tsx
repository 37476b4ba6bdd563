import { useTranslation } from 'react-i18next';
import { adapterName } from '../../../../src-shared/compute/adapter-name';
import { Card } from '../../components/card';
import { ErrorMessage } from '../../components/error-message';
import { Fact, Facts } from '../../components/facts';
import { formatGib, formatGops } from '../../formatting/number';
import { useAppState, useLane } from '../../stores/state-store';

/** What the machine says of its adapter, and which engine computes and why. */
export function AdapterCard() {
  const { t, i18n } = useTranslation();
  const lane = useLane((first) => first);
  const { adapter, driver, engine, engineReason, state, lastGops } = lane;
  const taskError = useAppState(({ compute }) => compute.taskError);
  const error = taskError ?? lane.error;
  const yesOrNo = (value: boolean) => t(value ? 'graphics.yes' : 'graphics.no');
  return (
    <Card heading={t('graphics.adapter')}>
      <p
        data-testid="graphics-adapter"
        className={`mb-2 text-base font-semibold break-words select-text ${adapter === null ? 'text-muted' : ''}`}
      >
        {adapter === null ? t('dashboard.adapterNone') : adapterName(adapter)}
      </p>
      <Facts>
        {adapter !== null && (
          <>
            <Fact name={t('graphics.kind')}>
              {t(adapter.software ? 'graphics.software' : 'graphics.hardware')}
            </Fact>
            <Fact name={t('graphics.driver')} long>
              <span className="select-text">{driver ?? t('graphics.driverUnknown')}</span>
            </Fact>
            <Fact name={t('graphics.largestBuffer')}>
              {t('graphics.gib', { value: formatGib(adapter.maxBufferBytes, i18n.language) })}
            </Fact>
            <Fact name={t('graphics.packedDot')}>{yesOrNo(adapter.packedDot)}</Fact>
          </>
        )}
        <Fact name={t('graphics.lastSpeed')}>
          {lastGops === null ? t('app.none') : `${formatGops(lastGops, i18n.language)} GOPS`}
        </Fact>
        <Fact name={t('dashboard.engineUsed')}>
          <span data-testid="graphics-engine" data-engine={engine ?? ''}>
            {engine !== null && `${t(`engine.${engine}`)} · `}
            <span className={state === 'failed' ? 'text-danger' : 'text-muted'}>
              {t(`dashboard.computeState.${state}`)}
            </span>
          </span>
        </Fact>
      </Facts>
      <p data-testid="graphics-reason" data-reason={engineReason} className="mt-1 text-muted">
        {t(`engineReason.${engineReason}`)}
      </p>
      {error !== null && (
        <div className="mt-2">
          <ErrorMessage report={error} />
        </div>
      )}
    </Card>
  );
}
