import { randomUUID } from 'node:crypto';
import { z } from 'zod';

const frameSchema = z.looseObject({ payload: z.record(z.string(), z.unknown()) });

/** A job frame in ways that no worker can take, each under a name of its own. */
export function spoiltFrames(frame: string): string[] {
  const { task_id: taskId, ...job } = frameSchema.parse(JSON.parse(frame));
  const payload = Object.fromEntries(
    Object.entries(job.payload).map(([name, value]) => [
      name,
      typeof value === 'number' ? String(value) : value,
    ]),
  );
  const spoilt = [
    { ...job, task_id: taskId, payload },
    { ...job, task_id: 7 },
    { ...job },
    { ...job, task_id: taskId, payload: [] },
    { ...job, task_id: taskId, payload: null },
    { ...job, task_id: taskId, payload: { challenge_type: job.payload.challenge_type } },
  ].map((one) => JSON.stringify({ ...one, job_id: `spoilt-${randomUUID()}` }));
  return [...spoilt, JSON.stringify({ ...job, task_id: taskId, job_id: 7 }), '[]', '{"type":"tomorrow"}'];
}
