import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import { z } from 'zod';
import { int32Bytes } from '../../src-shared/matrix-mult/bytes';
import { commit, flatCommitment, iteratedRoot } from '../../src-shared/matrix-mult/commitment';
import { matrixA, matrixBTransposed } from '../../src-shared/matrix-mult/matrices';
import { rowMultiplier } from '../../src-shared/matrix-mult/product';
import { encodeProof } from '../../src-shared/matrix-mult/proof';
import { iterationSeed, operandsSeed } from '../../src-shared/matrix-mult/seed';
import type { Shape } from '../../src-shared/matrix-mult/shape';
import type { CheckLog } from './check-log';

const commitment = z.enum(['merkle', 'flat']).default('merkle');
const answer = { result_hash: z.string(), proof: z.string().nullable() };
const givenCase = z.object({
  payload: z.object({
    challenge_type: z.literal('matrix_mult'),
    rows: z.number(),
    inner: z.number(),
    columns: z.number(),
    a: z.string(),
    b: z.string(),
    commitment,
  }),
  seed: z.string(),
  output: z.string().nullable(),
  ...answer,
});
const syntheticCase = z.object({
  payload: z.object({
    challenge_type: z.literal('synthetic'),
    seed: z.string(),
    matrix_size: z.number(),
    iterations: z.number().default(1),
    commitment,
  }),
  ...answer,
});

const OPENED_ROWS = 8;
const SECTIONS: Readonly<Record<string, (log: CheckLog, where: string, value: unknown) => void>> = {
  given: checkGiven,
  synthetic: checkSynthetic,
};

/** Whether a file's content is vectors of a validator's jobs (poc-protocol.md, "Payloads"). */
export function isJobVectors({ kind }: Record<string, unknown>): boolean {
  return kind === 'poc-jobs';
}

/** Recomputes every job; a section nobody knows, or one without cases, is a failure. */
export function checkJobVectors(
  log: CheckLog,
  file: string,
  { kind: _, ...sections }: Record<string, unknown>,
): void {
  for (const [section, cases] of Object.entries(sections)) {
    const check = SECTIONS[section];
    if (check === undefined || !Array.isArray(cases) || cases.length === 0) {
      log.fail(`${file} ${section}`, 'no section of jobs, or one without cases');
      continue;
    }
    for (const [index, value] of cases.entries()) {
      const where = `${file} ${section}[${index}]`;
      try {
        check(log, where, value);
      } catch (error) {
        log.fail(where, error instanceof Error ? error.message : String(error));
      }
    }
  }
}

function checkGiven(log: CheckLog, where: string, value: unknown): void {
  const { payload, seed, result_hash, proof, output } = givenCase.parse(value);
  const { rows, inner, columns } = payload;
  const shape = { rows, inner, columns };
  const a = int8(payload.a, rows * inner);
  const b = int8(payload.b, inner * columns);
  const own = operandsSeed(shape, a, b);
  log.same(`${where} seed`, bytesToHex(own), seed);
  const c = product(shape, a, transposed(b, shape));
  if (output !== null) log.same(`${where} output`, base64.encode(int32Bytes(c)), output);
  const { hash, proof: opened } = committed(c, shape, own, payload.commitment);
  log.same(`${where} result_hash`, bytesToHex(hash), result_hash);
  log.same(`${where} proof`, opened, proof);
}

function checkSynthetic(log: CheckLog, where: string, value: unknown): void {
  const { payload, result_hash, proof } = syntheticCase.parse(value);
  const { matrix_size: n, iterations } = payload;
  const shape = { rows: n, inner: n, columns: n };
  const each = Array.from({ length: iterations }, (_, iteration) => {
    const seed = iterationSeed(hexToBytes(payload.seed), iteration);
    const c = product(shape, matrixA(seed, n), matrixBTransposed(seed, n));
    return committed(c, shape, seed, payload.commitment);
  });
  const [only] = each;
  const hash = iterations === 1 && only !== undefined ? only.hash : iteratedRoot(each.map((one) => one.hash));
  log.same(`${where} result_hash`, bytesToHex(hash), result_hash);
  log.same(`${where} proof`, iterations === 1 ? (only?.proof ?? null) : null, proof);
}

/** The result's hash, and the proof where there is something to open. */
function committed(
  c: Int32Array,
  { rows, columns }: Shape,
  seed: Uint8Array,
  kind: z.infer<typeof commitment>,
): { hash: Uint8Array; proof: string | null } {
  if (kind === 'flat') return { hash: flatCommitment(c), proof: null };
  const tree = commit(c, columns, seed, rows);
  const proof = encodeProof(tree, seed, { opened: OPENED_ROWS, matrixSize: rows, blockHeight: 0 });
  return { hash: tree.root, proof };
}

function product({ rows, inner, columns }: Shape, a: Int8Array, bTransposed: Int8Array): Int32Array {
  const multiply = rowMultiplier(bTransposed, columns);
  const c = new Int32Array(rows * columns);
  for (let row = 0; row < rows; row += 1)
    c.set(multiply(a.subarray(row * inner, (row + 1) * inner)), row * columns);
  return c;
}

function transposed(b: Int8Array, { inner, columns }: Shape): Int8Array {
  return Int8Array.from({ length: inner * columns }, (_, index) => {
    const column = Math.floor(index / inner);
    return b[(index % inner) * columns + column] ?? 0;
  });
}

/** @throws Error for another length than the sizes say */
function int8(text: string, length: number): Int8Array {
  const bytes = base64.decode(text);
  if (bytes.length !== length) throw new Error(`${bytes.length} bytes where the sizes say ${length}`);
  return new Int8Array(bytes.buffer, bytes.byteOffset, length);
}
