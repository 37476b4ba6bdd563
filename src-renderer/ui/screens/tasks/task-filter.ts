import type { TaskState } from '../../../../src-shared/ipc/task-state';

/** The choices over the list, in their order. */
export const TASK_FILTERS = ['all', 'active', 'proved', 'failed'] as const;
export type TaskFilter = (typeof TASK_FILTERS)[number];

/** The states each choice shows; null for every state. */
export const FILTER_STATES: Record<TaskFilter, TaskState[] | null> = {
  all: null,
  active: ['planned', 'computed', 'reserved', 'signed', 'sent', 'in_pool', 'confirmed'],
  proved: ['proved'],
  failed: ['rejected', 'expired', 'superseded', 'abandoned'],
};
