/** The journal's states, in the order a task passes them; the last five are final. */
export const TASK_STATES = [
  'planned',
  'computed',
  'reserved',
  'signed',
  'sent',
  'in_pool',
  'confirmed',
  'proved',
  'rejected',
  'expired',
  'superseded',
  'abandoned',
] as const;

export type TaskState = (typeof TASK_STATES)[number];
