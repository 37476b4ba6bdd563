import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { plainSearch } from '../../../../src-shared/pasted-text';
import { Screen } from '../../components/screen';
import type { TaskFilter } from './task-filter';
import { TaskFilterBar } from './task-filter-bar';
import { TaskList } from './task-list';

// Shorter than the time between two keys of most people; a search of a full journal takes about as long.
const TYPING_PAUSE_MS = 40;

/** Every task the journal holds: filtered, searched, and opened one by one. */
export function Tasks() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<TaskFilter>('all');
  const [typed, setTyped] = useState('');
  const search = useSettled(plainSearch(typed), TYPING_PAUSE_MS);
  const clear = () => {
    setFilter('all');
    setTyped('');
  };
  return (
    <Screen
      heading={t('nav.tasks')}
      aside={<TaskFilterBar filter={filter} onFilter={setFilter} search={typed} onSearch={setTyped} />}
    >
      <TaskList key={`${filter} ${search}`} filter={filter} search={search} onClear={clear} />
    </Screen>
  );
}

function useSettled(value: string, pauseMs: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), pauseMs);
    return () => window.clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}
