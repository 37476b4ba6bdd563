import { bytesToHex } from '@noble/hashes/utils.js';
import { jobOperands } from '../../../src-shared/jobs/job-operands';
import { payloadSchema } from '../../../src-shared/jobs/payload';
import { recomputeJob } from '../../../src-shared/jobs/recompute-job';

/** The result of a job's payload, done anew in plain JavaScript; hex. */
export function resultOf(asked: object): string {
  const payload = payloadSchema.parse(asked);
  const iterations = payload.challenge === 'synthetic' ? payload.iterations : 1;
  const decode = (text: string) => Buffer.from(text, 'base64');
  const steps = recomputeJob(payload.commitment, iterations, (iteration) =>
    jobOperands(payload, iteration, decode),
  );
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return bytesToHex(step.value);
}
