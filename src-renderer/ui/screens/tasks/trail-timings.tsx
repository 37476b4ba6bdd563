import { useTranslation } from 'react-i18next';
import type { TaskTrail } from '../../../../src-shared/ipc/task-row';
import { formatDuration } from '../../formatting/duration';

const STEPS = [
  { key: 'generate', field: 'generateMs' },
  { key: 'multiply', field: 'multiplyMs' },
  { key: 'commit', field: 'commitMs' },
  { key: 'selfCheck', field: 'selfCheckMs' },
] as const;

/** How the computing time was spent, step by step. */
export function TrailTimings({ timings }: { readonly timings: NonNullable<TaskTrail['timings']> }) {
  const { t, i18n } = useTranslation();
  return (
    <dl className="grid grid-cols-4 gap-3 narrow:grid-cols-2">
      {STEPS.map(({ key, field }) => (
        <div key={key} className="flex min-w-0 flex-col">
          <dt className="truncate text-muted">{t(`trail.${key}`)}</dt>
          <dd className="font-medium">{formatDuration(timings[field], i18n.language)}</dd>
        </div>
      ))}
    </dl>
  );
}
