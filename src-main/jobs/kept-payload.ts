import { z } from 'zod';
import { JOB_LIMITS } from '../../src-shared/jobs/limits';
import { type JobPayload, payloadJson, payloadSchema } from '../../src-shared/jobs/payload';

/** What a job with matrices asks, these being in a file of their own (`MatricesFolder`); null where they are in none. */
export type FiledPayload = Omit<Extract<JobPayload, { challenge: 'matrix_mult' }>, 'a' | 'b'> & {
  readonly file: string | null;
};

/** What a job asks, as the record keeps it until it is answered. */
export type KeptPayload = JobPayload | FiledPayload;

const size = z.number().int().min(1).max(JOB_LIMITS.matrixSize);

const filedSchema = z
  .object({
    rows: size,
    inner: size,
    columns: size,
    commitment: z.enum(['merkle', 'flat']),
    return_output: z.boolean(),
    file: z.string().regex(/^[0-9a-f.-]+$/),
  })
  .transform(({ rows, inner, columns, commitment, return_output, file }): FiledPayload => {
    const shape = { rows, inner, columns };
    return { challenge: 'matrix_mult', shape, commitment, returnOutput: return_output, file };
  });

export const keptPayloadSchema = z.union([filedSchema, payloadSchema]);

export function keptPayloadJson(payload: KeptPayload): string {
  if (!('file' in payload)) return payloadJson(payload);
  const { shape, commitment, returnOutput, file } = payload;
  const { rows, inner, columns } = shape;
  return JSON.stringify({ rows, inner, columns, commitment, return_output: returnOutput, file });
}

/** The file with its matrices, or null where there is none. */
export function fileOf(payload: KeptPayload): string | null {
  return 'file' in payload ? payload.file : null;
}
