import { useTranslation } from 'react-i18next';
import { JOB_ERROR_CODES } from '../../../../src-shared/jobs/frames';
import { Card } from '../../components/card';
import { EmptyState } from '../../components/empty-state';
import { Fact, Facts } from '../../components/facts';
import { formatInteger } from '../../formatting/number';
import { useAppState } from '../../stores/state-store';

const COUNTS = ['queued', 'computing', 'undelivered', 'answered', 'lastMinute'] as const;

/** How many jobs there are at each stage, how fast they are answered, and how many were not done and why. */
export function ActivityCard() {
  const { t, i18n } = useTranslation();
  const validator = useAppState((state) => state.jobs.validator);
  if (validator === null) {
    return (
      <Card heading={t('jobs.activity')}>
        <EmptyState title={t('jobs.activityEmpty')} hint={t('jobs.activityEmptyHint')} />
      </Card>
    );
  }
  const { errors } = validator;
  const failed = JOB_ERROR_CODES.filter((code) => (errors[code] ?? 0) > 0);
  return (
    <Card heading={t('jobs.activity')}>
      <Facts>
        {COUNTS.map((name) => (
          <Fact key={name} name={t(`jobs.count.${name}`)}>
            <span data-testid={`jobs-${name}`} className="font-medium">
              {formatInteger(validator[name], i18n.language)}
            </span>
          </Fact>
        ))}
      </Facts>
      {failed.length > 0 && (
        <>
          <h3 className="mt-3 mb-1 font-medium">{t('jobs.errors')}</h3>
          <Facts>
            {failed.map((code) => (
              <Fact key={code} name={t(`jobErrorWhy.${code}`)}>
                <span data-testid={`jobs-error-${code}`} className="font-medium text-warning">
                  {formatInteger(errors[code] ?? 0, i18n.language)}
                </span>
              </Fact>
            ))}
          </Facts>
        </>
      )}
    </Card>
  );
}
