import { randomBytes, randomUUID } from 'node:crypto';
import { type Answer, jobFrame, type PlainValidator } from '../../e2e/driver/world/plain-validator';
import { resultOf } from '../../e2e/driver/world/right-result';
import { GIVEN_SIZE, SMALL_SIZE } from './sizes';

const TIMEOUT_MS = 120_000;

/** A job, and what it asks for. */
export type Asked = { readonly jobId: string; readonly payload: object };

export function smallJob(): Asked {
  const seed = randomBytes(32).toString('hex');
  return { jobId: randomUUID(), payload: { challenge_type: 'synthetic', seed, matrix_size: SMALL_SIZE } };
}

export function givenJob(): Asked {
  const matrix = () => randomBytes(GIVEN_SIZE ** 2).toString('base64');
  const [rows, inner, columns] = [GIVEN_SIZE, GIVEN_SIZE, GIVEN_SIZE];
  const payload = { challenge_type: 'matrix_mult', rows, inner, columns, a: matrix(), b: matrix() };
  return { jobId: randomUUID(), payload };
}

/** Asks for jobs all at once, and waits for the last answer. @returns how long that was, ms @throws Error where one is no result */
export async function askAll(validator: PlainValidator, jobs: readonly Asked[]): Promise<number> {
  const first = validator.answers.length;
  // What a validator has to do for a job is none of the worker's time.
  const frames = jobs.map(({ payload, jobId }) => jobFrame(payload, jobId));
  const started = performance.now();
  for (const frame of frames) validator.send(frame);
  await validator.until('all answered', () => validator.answers.length >= first + jobs.length, TIMEOUT_MS);
  const tookMs = performance.now() - started;
  for (const answer of validator.answers.slice(first))
    if (answer.type !== 'job_result') throw new Error(`no result: ${answer.text}`);
  return tookMs;
}

/** Does jobs anew in plain JavaScript. @throws Error for an answer that is missing, doubled or wrong */
export function checkAll(answers: readonly Answer[], jobs: readonly Asked[]): void {
  const byId = new Map(answers.map((answer) => [answer.job_id, answer.result_hash]));
  if (byId.size !== answers.length) throw new Error('a job was answered more than once');
  for (const { jobId, payload } of jobs) {
    const found = byId.get(jobId);
    const right = resultOf(payload);
    if (found !== right) throw new Error(`job ${jobId} has the result ${found}, and should have ${right}`);
  }
}
