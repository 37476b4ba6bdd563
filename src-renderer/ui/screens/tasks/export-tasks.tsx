import { ChevronDown, Download } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportFormat } from '../../../../src-shared/export/task-export';
import { Button } from '../../components/button';
import { ErrorMessage } from '../../components/error-message';
import { formatInteger, pluralCount } from '../../formatting/number';
import { useRequest } from '../../stores/use-request';
import { FILTER_STATES, type TaskFilter } from './task-filter';

const FORMATS: readonly ExportFormat[] = ['csv', 'json'];

type ExportTasksProps = {
  readonly filter: TaskFilter;
  readonly search: string;
  readonly disabled: boolean;
};

/** Writes the tasks that the list shows, all of them, to a file of the person's choice. */
export function ExportTasks({ filter, search, disabled }: ExportTasksProps) {
  const { t, i18n } = useTranslation();
  const [written, setWritten] = useState<{ path: string; count: number } | null>(null);
  const { busy, error, send } = useRequest();
  const save = async (format: ExportFormat) => {
    setWritten(null);
    const choice = { format, states: FILTER_STATES[filter], search };
    const answer = await send(() => window.miner.exportTasks(choice));
    if (answer.ok && answer.value.path !== null)
      setWritten({ path: answer.value.path, count: answer.value.count });
  };
  return (
    <div className="flex min-w-0 items-center gap-3">
      <div className="min-w-0">
        {error !== null && <ErrorMessage report={error} />}
        <p role="status" data-testid="export-written" className="break-words select-text empty:hidden">
          {written !== null &&
            t('tasks.exported', {
              count: pluralCount(BigInt(written.count)),
              total: formatInteger(written.count, i18n.language),
              path: written.path,
            })}
        </p>
      </div>
      {/* Not modal: a modal menu would inject a style element, which the CSP forbids. */}
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button icon={Download} busy={busy} disabled={disabled} data-testid="export-button">
            {t('tasks.export')}
            <ChevronDown size={14} aria-hidden />
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Content
          align="end"
          side="top"
          sideOffset={4}
          className="z-40 min-w-44 rounded-md border border-line bg-surface p-1 shadow-lg"
        >
          {FORMATS.map((format) => (
            <DropdownMenu.Item
              key={format}
              data-testid={`export-${format}`}
              onSelect={() => void save(format)}
              className="cursor-pointer rounded px-3 py-1.5 outline-none data-[highlighted]:bg-raised"
            >
              {t(`tasks.exportAs.${format}`)}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Root>
    </div>
  );
}
