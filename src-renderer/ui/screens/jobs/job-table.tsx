import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobRow } from '../../../../src-shared/jobs/job-row';
import { Copyable } from '../../components/copyable';
import { Elapsed } from '../../components/elapsed';
import { JobStateChip } from '../../components/job-state-chip';
import { SideScroll } from '../../components/side-scroll';
import { formatDuration } from '../../formatting/duration';
import { shapeText } from '../../formatting/shape-text';

const COLUMNS = [
  { key: 'state', width: 'w-[16%]', numeric: false },
  { key: 'kind', width: 'w-[15%]', numeric: false },
  { key: 'size', width: 'w-[15%]', numeric: true },
  { key: 'engine', width: 'w-[13%]', numeric: false },
  { key: 'computeTime', width: 'w-[12%]', numeric: true },
  { key: 'result', width: 'w-[19%]', numeric: false },
  { key: 'age', width: 'w-[10%]', numeric: true },
] as const;

type JobTableProps = { readonly jobs: readonly JobRow[]; readonly onOpen: (job: JobRow) => void };

/** Jobs, the newest first; each opens its trail. */
export function JobTable({ jobs, onOpen }: JobTableProps) {
  const { t } = useTranslation();
  return (
    <SideScroll>
      <table
        aria-label={t('jobs.newest')}
        className="w-full narrow:min-w-[46rem] table-fixed border-collapse max-[959px]:text-xs [&_tr>*]:px-1.5 max-[959px]:[&_tr>*]:px-1 xl:[&_tr>*]:px-2.5"
      >
        <thead>
          <tr className="h-8">
            {COLUMNS.map(({ key, width, numeric }) => (
              <th
                key={key}
                scope="col"
                className={`${width} border-b border-line font-medium text-muted ${numeric ? 'text-right' : 'text-left'}`}
              >
                {t(`jobs.column.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <JobTableRow key={job.id} job={job} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </SideScroll>
  );
}

type JobTableRowProps = { readonly job: JobRow; readonly onOpen: (job: JobRow) => void };

const JobTableRow = memo(function JobTableRow({ job, onOpen }: JobTableRowProps) {
  const { t, i18n } = useTranslation();
  const { jobId, state, challenge, shape, engine, computeMs, resultHash, error, receivedAtMs } = job;
  const none = t('app.none');
  return (
    // The button in the first cell does from the keyboard what a click anywhere does.
    <tr
      data-testid="job-row"
      data-job-id={jobId}
      data-state={state}
      // Text that was just selected is to be copied, not left.
      onClick={() => window.getSelection()?.type !== 'Range' && onOpen(job)}
      className="h-8 cursor-pointer border-b border-line break-words hover:bg-raised"
    >
      <td>
        <button
          type="button"
          aria-label={`${t(`jobState.${state}`)}. ${t('jobs.open', { id: jobId })}`}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(job);
          }}
          className="max-w-full rounded align-middle focus-visible:outline-offset-0 [&>span]:underline [&>span]:underline-offset-2"
        >
          <JobStateChip state={state} />
        </button>
      </td>
      <td>{t(`jobs.kind.${challenge}`)}</td>
      <td className="text-right">{shapeText(shape, i18n.language)}</td>
      <td>{engine === null ? none : t(`engine.${engine}`)}</td>
      <td className="text-right">{computeMs === null ? none : formatDuration(computeMs, i18n.language)}</td>
      <td>
        {error !== null ? (
          <span className="text-warning">{t(`jobError.${error}`)}</span>
        ) : resultHash === null ? (
          none
        ) : (
          <Copyable text={resultHash} what={t('trail.resultHash')} />
        )}
      </td>
      <td className="text-right">
        <Elapsed sinceMs={receivedAtMs} />
      </td>
    </tr>
  );
});
