import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { toErrorReport } from '../errors';
import { sameBytes } from '../matrix-mult/bytes';
import { flatCommitment, MerkleCommitment } from '../matrix-mult/commitment';
import { DEFAULT_OPENED_ROWS, parseProof, parseProofHeader } from '../matrix-mult/proof';
import { rfc6962RootFromPath } from '../matrix-mult/rfc6962';
import { checkProduct } from '../matrix-mult/self-check';
import { type JobOperands, jobOperands } from './job-operands';
import type { JobPayload } from './payload';
import { recomputeCost, recomputeJob, recomputeRows } from './recompute-job';

/** A job's result as it came. */
export type JobAnswer = {
  readonly resultHash: string;
  /** Hex; null where nothing can be opened. */
  readonly proof: string | null;
  /** C, base64; null where none came. */
  readonly output: string | null;
};

/** How far an audit went; `none` where there was nothing to sample and doing it again costs too much. */
export type JobVerdict =
  | { readonly ok: true; readonly kind: 'sampled' | 'full' | 'none' }
  | { readonly ok: false; readonly why: string };

export type AuditWishes = {
  /** Do the whole job again, not its opened rows alone. */
  readonly full: boolean;
  /** Multiplications up to which a job is done again at all. */
  readonly mostCost: number;
  readonly decode: (base64: string) => Uint8Array;
};

// Rows that are looked at: a proof that opens thousands would cost as much as the job itself.
const MOST_ROWS = 256;

/**
 * Audits a validator's job in steps of a few milliseconds (matrix-mult-v1.md, "Audit"; poc-protocol.md, "Payloads"): the
 * opened rows always, C where it was asked for, everything where that is wished or nothing can be sampled. Nothing throws
 * for what the answer says.
 */
export function* auditJob(
  payload: JobPayload,
  answer: JobAnswer,
  wishes: AuditWishes,
): Generator<void, JobVerdict> {
  if (!/^[0-9a-f]{64}$/.test(answer.resultHash))
    return wrong('the result hash is not 64 lower-case hex characters');
  const operandsOf = (iteration: number) => jobOperands(payload, iteration, wishes.decode);
  const iterations = payload.challenge === 'synthetic' ? payload.iterations : 1;
  const opens = payload.commitment === 'merkle' && iterations === 1;
  const sampled = opens && answer.proof !== null;
  if (sampled) {
    const why = yield* wrongRow(operandsOf(0), answer.resultHash, answer.proof);
    if (why !== null) return wrong(why);
  }
  const shown = payload.challenge === 'matrix_mult' && payload.returnOutput;
  if (shown) {
    const why = yield* wrongOutput(operandsOf(0), payload, answer, wishes.decode);
    if (why !== null) return wrong(why);
  }
  const affordable = recomputeCost(payload.shape, iterations) <= wishes.mostCost;
  if (affordable && (wishes.full || !(sampled || shown))) {
    const root = yield* recomputeJob(payload.commitment, iterations, operandsOf);
    return bytesToHex(root) === answer.resultHash
      ? { ok: true, kind: 'full' }
      : wrong(`the result is ${bytesToHex(root)}`);
  }
  if (shown) return { ok: true, kind: 'full' };
  if (sampled) return { ok: true, kind: 'sampled' };
  return opens ? wrong('there is no proof') : { ok: true, kind: 'none' };
}

/** What is wrong with the opened rows, or null. */
function* wrongRow(
  operands: JobOperands,
  resultHash: string,
  proofHex: string,
): Generator<void, string | null> {
  const { rows: count } = operands.shape;
  try {
    const { opened } = parseProofHeader(proofHex);
    // Who may open fewer rows is found out less often.
    if (opened < DEFAULT_OPENED_ROWS)
      return `the proof opens ${opened} rows where ${DEFAULT_OPENED_ROWS} are due`;
    const proof = parseProof(proofHex, resultHash, operands.seed, { matrixSize: count, blockHeight: 0 });
    const numbers = [...new Set(proof.rows.map(({ row }) => row))].slice(0, MOST_ROWS);
    const digests = yield* recomputeRows(operands, numbers);
    const recomputed = new Map(numbers.map((row, index) => [row, digests[index]]));
    const root = hexToBytes(resultHash);
    const first = proof.rows.find(({ row, path }) => {
      const digest = recomputed.get(row);
      return digest !== undefined && !sameBytes(rfc6962RootFromPath(digest, row, count, path), root);
    });
    return first === undefined ? null : `row ${first.row} is wrong`;
  } catch (error) {
    return toErrorReport(error).message;
  }
}

/** What is wrong with C where it was asked for, or null: it must be what the hash commits to, and A·B (Freivalds). */
function* wrongOutput(
  { shape, seed, rowOfA, columnsOfB }: JobOperands,
  { commitment }: JobPayload,
  { output, resultHash }: JobAnswer,
  decode: (base64: string) => Uint8Array,
): Generator<void, string | null> {
  const { rows, inner, columns } = shape;
  const bytes = output === null ? null : decoded(output, decode);
  if (bytes === null) return 'the product was asked for and is not there';
  if (bytes.length !== 4 * rows * columns) return `the product has ${bytes.length} bytes`;
  const c = new Int32Array(new Uint8Array(bytes).buffer);
  const root = commitment === 'flat' ? flatCommitment(c) : yield* treeRoot(c, shape, seed);
  if (bytesToHex(root) !== resultHash) return 'the product is not what the result hash commits to';
  const a = new Int8Array(rows * inner);
  for (let row = 0; row < rows; row += 1) a.set(rowOfA(row), row * inner);
  yield;
  const product = { ...shape, a, bTransposed: columnsOfB(0, columns), c };
  yield;
  return checkProduct(product, seed, root).ok ? null : 'the product is not that of the matrices';
}

function* treeRoot(
  c: Int32Array,
  { rows, columns }: JobOperands['shape'],
  seed: Uint8Array,
): Generator<void, Uint8Array> {
  const tree = new MerkleCommitment(columns, seed, rows);
  for (let row = 0; row < rows; row += 1) {
    tree.addRow(c.subarray(row * columns, (row + 1) * columns));
    yield;
  }
  return tree.root;
}

function decoded(base64: string, decode: (base64: string) => Uint8Array): Uint8Array | null {
  try {
    return decode(base64);
  } catch {
    return null;
  }
}

function wrong(why: string): JobVerdict {
  return { ok: false, why };
}
