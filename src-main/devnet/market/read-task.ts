import { z } from 'zod';
import { payloadJson, payloadSchema } from '../../../src-shared/jobs/payload';
import { CHALLENGE_TYPES, type NewTask } from './market-task';
import { problemsOf, type RequestProblem } from './request-problem';

const offerSchema = z.object({
  challenge_type: z.enum(CHALLENGE_TYPES),
  payload: z.record(z.string(), z.unknown()),
  reward: z.string().regex(/^\d{1,30}(\.\d{1,18})?$/, 'an amount of CPC in decimal digits, such as "10.0"'),
  /** Unix seconds. */
  deadline: z.number().int().min(0),
});

export type Offer = Omit<NewTask, 'taskId'>;

/**
 * Reads what a customer posts (poc-protocol.md, "Task market"). The payload need not repeat the challenge's type.
 * @param now Unix seconds
 */
export function readOffer(
  body: unknown,
  now: number,
):
  | { readonly ok: true; readonly offer: Offer }
  | { readonly ok: false; readonly problems: readonly RequestProblem[] } {
  const read = offerSchema.safeParse(body);
  if (!read.success) return { ok: false, problems: problemsOf(read.error, ['body']) };
  const { challenge_type: challengeType, payload, reward, deadline } = read.data;
  if (deadline <= now) return { ok: false, problems: [problem('deadline', 'the deadline has passed')] };
  const named = payload.challenge_type ?? challengeType;
  if (named !== challengeType)
    return { ok: false, problems: [problem('challenge_type', 'the payload is of another challenge')] };
  const job = payloadSchema.safeParse({ ...payload, challenge_type: challengeType });
  if (!job.success) return { ok: false, problems: problemsOf(job.error, ['body', 'payload']) };
  return {
    ok: true,
    offer: { challengeType, payloadJson: payloadJson(job.data), reward, deadline, createdAt: now },
  };
}

function problem(field: string, msg: string): RequestProblem {
  return { type: 'value_error', loc: ['body', field], msg };
}
