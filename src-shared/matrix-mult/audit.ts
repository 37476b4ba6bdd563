import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { ComputeResult } from '../chain/compute-result';
import { toErrorReport } from '../errors';
import { sameBytes } from './bytes';
import { MerkleCommitment, rowDigest } from './commitment';
import { matrixARow, matrixBColumns, matrixBTransposed } from './matrices';
import { multiplyRow, rowMultiplier } from './product';
import { type OpenedRow, type Proof, parseProof, parseProofHeader } from './proof';
import { rfc6962RootFromPath } from './rfc6962';
import { taskSeed } from './seed';
import { taskId } from './task-id';

export type AuditCheckName = 'proof' | 'block_height' | 'task_id' | 'opened_rows' | 'rows' | 'root';
export type AuditCheck = { readonly name: AuditCheckName; readonly ok: boolean; readonly detail: string };

/** How far an audit went: say which in the ui, never just "verified" (matrix-mult-v1.md, "Audit"). */
export type AuditVerdict = {
  readonly kind: 'sampled' | 'full';
  readonly ok: boolean;
  readonly checks: readonly AuditCheck[];
  /** N, where the proof could be read. */
  readonly matrixSize: number | null;
  /** Distinct rows recomputed. */
  readonly rowsRecomputed: number;
};

/** A result and the block its seed must be of. */
export type AuditSubject = {
  readonly result: ComputeResult;
  readonly blockHash: string;
  readonly blockHeight: number;
};

export type AuditOptions = {
  /** Called as rows get done; throwing from it stops the audit. */
  readonly onProgress?: (done: number, total: number) => void;
};

/** Columns of B generated at a time: bounds memory to some 4 MiB at the largest size. */
const COLUMN_BLOCK_BYTES = 4 * 1024 * 1024;

/**
 * Recomputes the rows the proof opens and follows their paths to `result_hash`: O(k·N²). A cheat that skips a
 * fraction of the rows can retry until the sample misses it. Never throws for what the result says.
 */
export function auditSampled(subject: AuditSubject, options: AuditOptions = {}): AuditVerdict {
  const audit = openAudit(subject);
  const { checks, proof, seed } = audit;
  if (proof === undefined || !checks.every(({ ok }) => ok)) return verdict('sampled', audit, 0);
  // A proof that opens nothing says nothing about any row.
  checks.push({ name: 'opened_rows', ok: proof.opened > 0, detail: `${proof.opened} rows opened` });
  if (proof.opened === 0) return verdict('sampled', audit, 0);
  const opened = [...new Map(proof.rows.map((row) => [row.row, row])).values()];
  const digests = recomputeRows(seed, proof.matrixSize, opened, options);
  const root = hexToBytes(subject.result.resultHash);
  // Every opened row is followed, also those drawn twice: their paths are in the proof twice.
  const wrong = proof.rows.filter(({ row, path }) => {
    const digest = digests.get(row);
    if (digest === undefined) return true;
    return !sameBytes(rfc6962RootFromPath(digest, row, proof.matrixSize, path), root);
  });
  const detail =
    wrong.length === 0 ? `rows ${[...digests.keys()].join(', ')}` : `row ${wrong[0]?.row} is wrong`;
  checks.push({ name: 'rows', ok: wrong.length === 0, detail });
  return verdict('sampled', audit, digests.size);
}

/** Recomputes everything and compares the roots: as much work as the task itself, and no room for luck. */
export function auditFull(subject: AuditSubject, options: AuditOptions = {}): AuditVerdict {
  const audit = openAudit(subject);
  const { checks, proof, seed } = audit;
  if (proof === undefined || !checks.every(({ ok }) => ok)) return verdict('full', audit, 0);
  const n = proof.matrixSize;
  const commitment = new MerkleCommitment(n, seed);
  const multiply = rowMultiplier(matrixBTransposed(seed, n), n);
  for (let row = 0; row < n; row += 1) {
    commitment.addRow(multiply(matrixARow(seed, n, row)));
    options.onProgress?.(row + 1, n);
  }
  const root = bytesToHex(commitment.root);
  checks.push({ name: 'root', ok: root === subject.result.resultHash, detail: root });
  const wrong = proof.rows.filter(({ row, path }) => {
    const right = commitment.path(row);
    return !path.every((hash, index) => sameBytes(hash, right[index] ?? new Uint8Array(0)));
  });
  checks.push({ name: 'rows', ok: wrong.length === 0, detail: `${wrong.length} wrong paths` });
  return verdict('full', audit, n);
}

type Audit = { readonly checks: AuditCheck[]; readonly seed: Uint8Array; readonly proof: Proof | undefined };

/** What both kinds begin with: the proof reads, names this block, and the id is that of this work. */
function openAudit({ result, blockHash, blockHeight }: AuditSubject): Audit {
  const seed = taskSeed(blockHash, result.workerAddress, result.nonce);
  const checks: AuditCheck[] = [];
  try {
    const { matrixSize, blockHeight: named } = parseProofHeader(result.proof);
    checks.push({ name: 'block_height', ok: named === blockHeight, detail: `block ${named}` });
    const id = taskId(blockHash, result.workerAddress, result.nonce, matrixSize);
    checks.push({ name: 'task_id', ok: id === result.taskId && result.nonce >= 0n, detail: id });
    const proof = parseProof(result.proof, result.resultHash, seed);
    checks.push({ name: 'proof', ok: true, detail: `${proof.opened} rows of ${matrixSize}` });
    return { checks, seed, proof };
  } catch (error) {
    checks.push({ name: 'proof', ok: false, detail: toErrorReport(error).message });
    return { checks, seed, proof: undefined };
  }
}

/** Digests of the given rows of C, B passing by a block of columns at a time. */
function recomputeRows(
  seed: Uint8Array,
  n: number,
  opened: readonly OpenedRow[],
  { onProgress }: AuditOptions,
): Map<number, Uint8Array> {
  const rows = opened.map(({ row }) => ({ row, a: matrixARow(seed, n, row), c: new Int32Array(n) }));
  const width = Math.max(1, Math.floor(COLUMN_BLOCK_BYTES / n));
  for (let first = 0; first < n; first += width) {
    const count = Math.min(width, n - first);
    const columns = matrixBColumns(seed, n, first, count);
    for (const { a, c } of rows) c.set(multiplyRow(a, columns, count), first);
    onProgress?.(first + count, n);
  }
  return new Map(rows.map(({ row, c }) => [row, rowDigest(c, n, row, seed)]));
}

function verdict(kind: AuditVerdict['kind'], { checks, proof }: Audit, rowsRecomputed: number): AuditVerdict {
  const ok = checks.every((check) => check.ok);
  return { kind, ok, checks, matrixSize: proof?.matrixSize ?? null, rowsRecomputed };
}
