import { z } from 'zod';
import type { CommitmentKind } from '../matrix-mult/commitment';
import type { Shape } from '../matrix-mult/shape';
import { JOB_LIMITS } from './limits';

/** What a job asks to compute (poc-protocol.md, "Payloads"). Matrices stay base64 text until they are computed. */
export type JobPayload =
  | {
      readonly challenge: 'synthetic';
      /** 64 lower-case hex characters. */
      readonly seed: string;
      readonly shape: Shape;
      readonly iterations: number;
      readonly commitment: CommitmentKind;
    }
  | {
      readonly challenge: 'matrix_mult';
      readonly shape: Shape;
      /** int8, row-major; as many bytes as the shape needs. */
      readonly a: string;
      readonly b: string;
      readonly commitment: CommitmentKind;
      readonly returnOutput: boolean;
    };

const size = z.number().int().min(1).max(JOB_LIMITS.matrixSize);
const commitment = orDefault(z.enum(['merkle', 'flat']), 'merkle');

const synthetic = z
  .object({
    challenge_type: z.literal('synthetic'),
    seed: z.string().regex(/^[0-9a-fA-F]{64}$/, '64 hex characters'),
    matrix_size: size,
    iterations: orDefault(z.number().int().min(1).max(JOB_LIMITS.iterations), 1),
    commitment,
  })
  .transform(({ seed, matrix_size: n, iterations, commitment }): JobPayload => {
    const shape = { rows: n, inner: n, columns: n };
    return { challenge: 'synthetic', seed: seed.toLowerCase(), shape, iterations, commitment };
  });

const matrixMult = z
  .object({
    challenge_type: z.literal('matrix_mult'),
    rows: size,
    inner: size,
    columns: size,
    a: z.string(),
    b: z.string(),
    commitment,
    return_output: orDefault(z.boolean(), false),
  })
  .superRefine(({ rows, inner, columns, a, b }, context) => {
    for (const [name, text, bytes] of [
      ['a', a, rows * inner],
      ['b', b, inner * columns],
    ] as const) {
      if (isBase64Of(text, bytes)) continue;
      context.addIssue({ code: 'custom', path: [name], message: `base64 of ${bytes} bytes` });
    }
  })
  .transform(({ rows, inner, columns, a, b, commitment, return_output }): JobPayload => {
    const shape = { rows, inner, columns };
    return { challenge: 'matrix_mult', shape, a, b, commitment, returnOutput: return_output };
  });

/** Reads a payload strictly: what is out of bounds is refused before anything is allocated for it. */
export const payloadSchema = z.discriminatedUnion('challenge_type', [synthetic, matrixMult]);

/** A payload as it travels: the same text for the same payload, however it came. */
export function payloadJson(payload: JobPayload): string {
  const { challenge, shape, commitment } = payload;
  if (challenge === 'synthetic') {
    const { seed, iterations } = payload;
    return JSON.stringify({
      challenge_type: challenge,
      seed,
      matrix_size: shape.rows,
      iterations,
      commitment,
    });
  }
  const { a, b, returnOutput } = payload;
  const { rows, inner, columns } = shape;
  const sizes = { rows, inner, columns };
  return JSON.stringify({
    challenge_type: challenge,
    ...sizes,
    a,
    b,
    commitment,
    return_output: returnOutput,
  });
}

/** Bytes of base64 text, padded, that so many bytes take. */
export function base64Characters(bytes: number): number {
  return 4 * Math.ceil(bytes / 3);
}

/** Whether a text is base64 (RFC 4648, section 4, padded) of so many bytes; told from its length first. */
function isBase64Of(text: string, bytes: number): boolean {
  if (text.length !== base64Characters(bytes)) return false;
  const padding = (3 - (bytes % 3)) % 3;
  return text.endsWith('='.repeat(padding)) && isOfAlphabet(text, text.length - padding);
}

/** Character codes of base64's alphabet. */
const ALPHABET = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
  ALPHABET[character.charCodeAt(0)] = 1;

/** A loop over what may be megabytes: an expression takes eight times as long. */
function isOfAlphabet(text: string, length: number): boolean {
  for (let index = 0; index < length; index += 1) if (ALPHABET[text.charCodeAt(index)] !== 1) return false;
  return true;
}

/** A field that may be left out or null, as some senders write what is left out. */
function orDefault<S extends z.ZodType>(schema: S, value: z.output<S>) {
  return schema.nullish().transform((given) => given ?? value);
}
