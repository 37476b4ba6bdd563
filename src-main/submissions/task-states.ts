import { TASK_STATES, type TaskState } from '../../src-shared/ipc/task-state';

/**
 * The only ways a task may go (design, "One block, one result"). Sent means "may have reached the node": it is
 * committed before the request leaves. A task leaves `confirmed` or `proved` backwards only where the chain itself
 * went back; where its bytes are pruned by then, nobody can send it again, and it is `expired`. A verified block has the
 * last word: whatever had ended, or waits to go again, and is seen in one is `confirmed`. What was given up with its chain
 * is `sent` again where that chain comes back. What a person sends themselves is computed by nobody here: it goes from
 * `planned` to `reserved`.
 */
export const TRANSITIONS: Readonly<Record<TaskState, readonly TaskState[]>> = {
  planned: ['computed', 'reserved', 'abandoned'],
  computed: ['reserved', 'confirmed', 'abandoned'],
  reserved: ['signed', 'computed', 'confirmed', 'abandoned'],
  signed: ['sent', 'confirmed', 'superseded', 'abandoned'],
  sent: ['in_pool', 'confirmed', 'rejected', 'expired', 'superseded', 'abandoned'],
  in_pool: ['sent', 'confirmed', 'rejected', 'expired', 'superseded', 'abandoned'],
  confirmed: ['proved', 'sent', 'rejected', 'abandoned'],
  proved: ['sent', 'expired'],
  rejected: ['confirmed'],
  expired: ['confirmed'],
  superseded: ['computed', 'confirmed'],
  abandoned: ['sent', 'confirmed'],
};

/** States in which nothing more is done for a task, in the order in which the schema's indexes name them. */
export const ENDED_STATES: readonly TaskState[] = [
  'proved',
  'rejected',
  'expired',
  'superseded',
  'abandoned',
];

/** States in which a task is still being worked on. */
export const LIVE_STATES: readonly TaskState[] = TASK_STATES.filter((state) => !ENDED_STATES.includes(state));

/** States in which a task's fee is spent, or is going to be. */
export const SPENDING_STATES: readonly TaskState[] = ['signed', 'sent', 'in_pool', 'confirmed', 'proved'];

/** States that end a task on a node's word: once sent, its bytes may come into a block all the same. */
export const DOUBTFUL_STATES: readonly TaskState[] = ['rejected', 'expired', 'abandoned'];

/** States in which the network may hold the task's transaction. */
export const SENT_STATES: readonly TaskState[] = ['sent', 'in_pool'];
