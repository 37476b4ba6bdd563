import { useTranslation } from 'react-i18next';
import type { JobRow } from '../../../../src-shared/jobs/job-row';
import { useTimeStyle } from '../../components/use-time-style';
import { formatDuration } from '../../formatting/duration';
import { absoluteTime, clockTime, machineTime } from '../../formatting/time';
import { useClock } from '../../stores/clock';

/** The steps a job went through: when, and how long computing took. */
export function JobHistory({ job }: { readonly job: JobRow }) {
  const { t, i18n } = useTranslation();
  const { receivedAtMs, computeMs, answeredAtMs, deliveredAtMs, state } = job;
  return (
    <ol className="flex flex-col gap-1">
      <Step name={t('jobs.step.received')} atMs={receivedAtMs} />
      {computeMs !== null && (
        <Step name={t('jobs.step.computed')} took={formatDuration(computeMs, i18n.language)} />
      )}
      {answeredAtMs !== null && (
        <Step
          name={t(state === 'refused' ? 'jobs.step.refused' : 'jobs.step.answered')}
          atMs={answeredAtMs}
          took={formatDuration(answeredAtMs - receivedAtMs, i18n.language)}
        />
      )}
      {deliveredAtMs !== null && answeredAtMs !== null && (
        <Step
          name={t('jobs.step.delivered')}
          atMs={deliveredAtMs}
          took={formatDuration(deliveredAtMs - answeredAtMs, i18n.language)}
        />
      )}
      {state === 'answered' && <li className="text-muted">{t('jobs.step.undelivered')}</li>}
      {state === 'queued' && <li className="text-muted">{t('jobs.step.queued')}</li>}
    </ol>
  );
}

type StepProps = { readonly name: string; readonly atMs?: number; readonly took?: string };

function Step({ name, atMs, took }: StepProps) {
  return (
    <li data-testid="job-step" className="grid grid-cols-[1fr_auto_7rem] items-center gap-4">
      <span>{name}</span>
      <span className="text-muted">{atMs !== undefined && <ClockTime atMs={atMs} />}</span>
      <span className="text-right">{took}</span>
    </li>
  );
}

function ClockTime({ atMs }: { readonly atMs: number }) {
  const style = useTimeStyle();
  const text = useClock((nowMs) => clockTime(atMs, nowMs, style));
  return (
    <time dateTime={machineTime(atMs)} title={absoluteTime(atMs, style)}>
      {text}
    </time>
  );
}
