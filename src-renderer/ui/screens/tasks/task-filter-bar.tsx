import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LONGEST_PASTE } from '../../../../src-shared/pasted-text';
import { ChoiceBar } from '../../components/choice-bar';
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
    <div className="flex min-w-0 items-center gap-3 narrow:flex-wrap">
      <ChoiceBar
        legend={t('tasks.filter')}
        name="filter"
        choices={TASK_FILTERS.map((value) => ({ value, label: t(LABELS[value]) }))}
        value={filter}
        onChoose={onFilter}
      />
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
