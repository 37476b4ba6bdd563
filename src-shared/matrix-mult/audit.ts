import { hexToBytes } from '@noble/hashes/utils.js';
import type { ComputeResult } from '../chain/compute-result';
import { toErrorReport } from '../errors';
import { sameBytes } from './bytes';
import { rowDigest } from './commitment';
import { matrixARow, matrixBColumns } from './matrices';
import { multiplyRow } from './product';
import { HEADER_BYTES, type Proof, type ProofHeader, parseProof, parseProofHeader } from './proof';
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

// Rows and paths that are looked at: a proof that opens thousands would cost as much as the task itself.
const MOST_ROWS = 256;

/** Columns of B generated at a time: bounds memory to some 4 MiB at the largest size. */
const COLUMN_BLOCK_BYTES = 4 * 1024 * 1024;

/**
 * An audit of one result: what its own words tell is checked at once; what must be recomputed is told, and judged once
 * it was. Who recomputes is the caller's choice. Nothing throws for what the result says.
 */
export class ResultAudit {
  readonly #opening: Opening;
  readonly #result: ComputeResult;

  constructor(subject: AuditSubject) {
    this.#opening = open(subject);
    this.#result = subject.result;
  }

  get seed(): Uint8Array {
    return this.#opening.seed;
  }

  /** What the proof says of itself; null where it cannot be read, or the verdict is settled without recomputing. */
  get header(): ProofHeader | null {
    const { checks, proof } = this.#opening;
    return proof !== undefined && checks.every(({ ok }) => ok) ? proof : null;
  }

  /** The rows of C that a sampled audit recomputes, each once. */
  get rows(): readonly number[] {
    if (this.header === null) return [];
    return [...new Set(this.#opening.proof?.rows.map(({ row }) => row))].slice(0, MOST_ROWS);
  }

  /**
   * The opened rows, followed up their paths to `result_hash`: O(k·N²). A cheat that skips a fraction of the rows can
   * retry until the sample misses it.
   * @param digests of `rows` in their order, recomputed, 32 bytes each
   */
  sampled(digests: readonly Uint8Array[]): AuditVerdict {
    const { proof } = this.#opening;
    if (proof === undefined || this.header === null) return this.#verdict('sampled', [], 0);
    // A proof that opens nothing says nothing about any row.
    const opened = {
      name: 'opened_rows',
      ok: proof.opened > 0,
      detail: `${proof.opened} rows opened`,
    } as const;
    if (!opened.ok) return this.#verdict('sampled', [opened], 0);
    const { rows } = this;
    const recomputed = new Map(rows.map((row, index) => [row, digests[index]]));
    const root = hexToBytes(this.#result.resultHash);
    // A row drawn twice is followed twice: its path is in the proof twice.
    const wrong = proof.rows.find(({ row, path }) => {
      const digest = recomputed.get(row);
      if (digest === undefined) return rows.includes(row);
      return !sameBytes(rfc6962RootFromPath(digest, row, proof.matrixSize, path), root);
    });
    const detail = wrong === undefined ? `rows ${rows.join(', ')}` : `row ${wrong.row} is wrong`;
    return this.#verdict('sampled', [opened, { name: 'rows', ok: wrong === undefined, detail }], rows.length);
  }

  /**
   * The whole task done again: as much work as the task itself, and no room for luck.
   * @param recomputed the root, and a proof of `rowsToOpen` rows, both hex
   */
  full(recomputed: { readonly resultHash: string; readonly proof: string }): AuditVerdict {
    const { header } = this;
    if (header === null) return this.#verdict('full', [], 0);
    const { resultHash, proof } = this.#result;
    const root = {
      name: 'root',
      ok: recomputed.resultHash === resultHash,
      detail: recomputed.resultHash,
    } as const;
    // Another root opens other rows: their paths have nothing to be compared with.
    if (!root.ok || header.opened === 0) return this.#verdict('full', [root], header.matrixSize);
    // Paths that nobody recomputed would be found in any proof.
    const isThere = recomputed.proof.length >= 2 * HEADER_BYTES;
    const ok = isThere && pathsIn(proof).startsWith(pathsIn(recomputed.proof));
    const compared = Math.min(header.opened, MOST_ROWS);
    const detail = `${ok ? 'the same paths' : 'another path'} in ${compared} of ${header.opened}`;
    return this.#verdict('full', [root, { name: 'rows', ok, detail }], header.matrixSize);
  }

  /** How many rows the task that is done again opens: those of the proof, or as many of them as are looked at. */
  get rowsToOpen(): number {
    return Math.min(Math.max(this.header?.opened ?? 1, 1), MOST_ROWS);
  }

  #verdict(kind: AuditVerdict['kind'], more: readonly AuditCheck[], rowsRecomputed: number): AuditVerdict {
    const checks = [...this.#opening.checks, ...more];
    const { proof } = this.#opening;
    const ok = checks.every((check) => check.ok);
    return { kind, ok, checks, matrixSize: proof?.matrixSize ?? null, rowsRecomputed };
  }
}

/** A sampled audit by the reference product: slow at large sizes, and exact everywhere. */
export function auditSampled(subject: AuditSubject): AuditVerdict {
  const audit = new ResultAudit(subject);
  return audit.sampled(recomputeRows(audit.seed, audit.header?.matrixSize ?? 0, audit.rows));
}

type Opening = {
  readonly checks: AuditCheck[];
  readonly seed: Uint8Array;
  readonly proof: Proof | undefined;
};

/** What both kinds begin with: the proof reads, names this block, and the id is that of this work. */
function open({ result, blockHash, blockHeight }: AuditSubject): Opening {
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
function recomputeRows(seed: Uint8Array, n: number, numbers: readonly number[]): Uint8Array[] {
  const rows = numbers.map((row) => ({ row, a: matrixARow(seed, n, row), c: new Int32Array(n) }));
  const width = Math.max(1, Math.floor(COLUMN_BLOCK_BYTES / n));
  for (let first = 0; rows.length > 0 && first < n; first += width) {
    const count = Math.min(width, n - first);
    const columns = matrixBColumns(seed, n, first, count);
    for (const { a, c } of rows) c.set(multiplyRow(a, columns, count), first);
  }
  return rows.map(({ row, c }) => rowDigest(c, n, row, seed));
}

/** The paths of a proof, without its header. */
function pathsIn(proof: string): string {
  return proof.slice(2 * HEADER_BYTES).toLowerCase();
}
