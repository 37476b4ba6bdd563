import { z } from 'zod';
import { laneProgressSchema, laneStatusSchema } from '../compute/lane-status';
import { errorReportSchema } from '../ipc/error-report';

/** What computes. */
export const computeSliceSchema = z.object({
  /** There is always one. */
  lanes: z.array(laneStatusSchema).min(1).max(64),
  /** Why the last task could not be computed, or null. */
  taskError: errorReportSchema.nullable(),
});

/** How far each busy lane is. Changes several times a second, so it is a slice of its own. */
export const progressSliceSchema = z.object({ lanes: z.array(laneProgressSchema).max(64) });
