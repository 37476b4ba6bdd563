import { z } from 'zod';
import { taskRowSchema } from '../ipc/task-row';

/** What the journal holds, as far as every screen may want it. */
export const tasksSliceSchema = z.object({
  /** Grows with every change of any task, however old: what shows tasks asks again. */
  journalRevision: z.number().int(),
  /** Since local midnight. */
  today: z.object({ computed: z.number().int(), accepted: z.number().int(), proved: z.number().int() }),
  /** The newest tasks, newest first. */
  recent: z.array(taskRowSchema).max(15),
});
