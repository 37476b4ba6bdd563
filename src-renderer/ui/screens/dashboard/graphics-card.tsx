import { useTranslation } from 'react-i18next';
import type { AdapterInfo } from '../../../../src-shared/ipc/snapshot';
import { Card } from '../../components/card';
import { ErrorMessage } from '../../components/error-message';
import { Fact, Facts } from '../../components/facts';
import { formatGops, formatInteger } from '../../formatting/number';
import { useSnapshot } from '../../stores/snapshot-store';
import { TaskProgress } from './task-progress';

/** The graphics adapter, which engine computes and why, how fast, and whether its results hold. */
export function GraphicsCard() {
  const { t, i18n } = useTranslation();
  const compute = useSnapshot((snapshot) => snapshot.compute);
  const { adapter, engine, error, lastGops, selfChecksPassed, selfChecksFailed } = compute;
  const name = adapter === null ? t('dashboard.adapterNone') : adapterName(adapter);
  const integer = (value: number) => formatInteger(value, i18n.language);
  return (
    <Card heading={t('dashboard.engine')}>
      <p
        data-testid="adapter"
        data-available={adapter !== null}
        title={name}
        className={`line-clamp-2 text-base font-semibold ${adapter === null ? 'text-muted' : ''}`}
      >
        {name}
        {adapter?.software === true && ` (${t('dashboard.adapterSoftware')})`}
      </p>
      <p className="mb-2 text-muted">{t(`engineReason.${compute.engineReason}`)}</p>
      <Facts>
        <Fact name={t('dashboard.engineUsed')}>
          {engine !== null && `${t(`engine.${engine}`)} · `}
          <span className={compute.state === 'failed' ? 'text-danger' : 'text-muted'}>
            {t(`dashboard.computeState.${compute.state}`)}
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
      <TaskProgress share={compute.state === 'busy' ? compute.progress : null} />
    </Card>
  );
}

function adapterName({ description, device, architecture, vendor }: AdapterInfo): string {
  if (description !== '') return description;
  if (device !== '') return `${vendor} ${device}`.trim();
  return `${vendor} ${architecture}`.trim();
}
