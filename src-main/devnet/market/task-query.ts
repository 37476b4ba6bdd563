import { z } from 'zod';
import { CHALLENGE_TYPES, TASK_STATUSES } from './market-task';
import { problemsOf, type RequestProblem } from './request-problem';
import type { TaskFilter } from './task-store';

export type TaskQuery = TaskFilter & { readonly limit: number; readonly offset: number };

const DEFAULT_LIMIT = 50;
const MOST_LIMIT = 500;

const digits = z
  .string()
  .regex(/^\d{1,9}$/, 'a whole number')
  .transform(Number);
const querySchema = z.object({
  status: z.enum(TASK_STATUSES).nullable(),
  challenge_type: z.enum(CHALLENGE_TYPES).nullable(),
  limit: digits.pipe(z.number().min(1).max(MOST_LIMIT)).nullable(),
  offset: digits.nullable(),
});

/** Reads `?status&challenge_type&limit&offset`; what is not known is ignored. */
export function readQuery(
  parameters: URLSearchParams,
):
  | { readonly ok: true; readonly query: TaskQuery }
  | { readonly ok: false; readonly problems: readonly RequestProblem[] } {
  const given = Object.fromEntries(
    Object.keys(querySchema.shape).map((name) => [name, parameters.get(name)]),
  );
  const read = querySchema.safeParse(given);
  if (!read.success) return { ok: false, problems: problemsOf(read.error, ['query']) };
  const { status, challenge_type: challengeType, limit, offset } = read.data;
  return { ok: true, query: { status, challengeType, limit: limit ?? DEFAULT_LIMIT, offset: offset ?? 0 } };
}
