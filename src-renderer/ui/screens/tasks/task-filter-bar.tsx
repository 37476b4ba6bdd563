import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LONGEST_PASTE } from '../../../../src-shared/pasted-text';
import { TASK_FILTERS, type TaskFilter } from './task-filter';

const LABELS = {
  all: 'tasks.filterAll',
  active: 'tasks.filterActive',
  proved: 'tasks.filterProved',
  failed: 'tasks.filterFailed',
} as const;

type TaskFilterBarProps = {
  readonly filter: TaskFilter;
  readonly onFilter: (filter: TaskFilter) => void;
  readonly search: string;
  readonly onSearch: (search: string) => void;
};

/** Which tasks to show: by the kind of state, and by a part of an id, height or hash. */
export function TaskFilterBar({ filter, onFilter, search, onSearch }: TaskFilterBarProps) {
  const { t } = useTranslation();
  return (
    <div className="flex min-w-0 items-center gap-3">
      <fieldset className="flex overflow-hidden rounded border border-control-line">
        <legend className="sr-only">{t('tasks.filter')}</legend>
        {TASK_FILTERS.map((value) => (
          <label
            key={value}
            data-testid={`filter-${value}`}
            className="flex h-7 cursor-pointer items-center border-r border-control-line px-2.5 whitespace-nowrap last:border-r-0 hover:bg-raised has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent has-focus-visible:bg-raised has-focus-visible:underline"
          >
            <input
              type="radio"
              name="task-filter"
              value={value}
              checked={filter === value}
              onChange={() => onFilter(value)}
              className="sr-only"
            />
            {t(LABELS[value])}
          </label>
        ))}
      </fieldset>
      <div className="relative min-w-0">
        <Search size={14} aria-hidden className="absolute top-2 left-2 text-muted" />
        <input
          type="search"
          aria-label={t('tasks.search')}
          placeholder={t('tasks.searchPlaceholder')}
          value={search}
          maxLength={LONGEST_PASTE}
          spellCheck={false}
          data-testid="task-search"
          onChange={(event) => onSearch(event.target.value)}
          className="h-[30px] w-64 min-w-0 rounded border border-control-line bg-surface pr-2 pl-7 placeholder:text-muted"
        />
      </div>
    </div>
  );
}
