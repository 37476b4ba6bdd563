import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { AppError } from '../errors';
import { int32Bytes } from './bytes';
import { Rfc6962Tree } from './rfc6962';

/** How a job wants C committed to (matrix-mult-v1.md, "Commitment"): a tree that rows can be opened of, or one hash. */
export type CommitmentKind = 'merkle' | 'flat';

/** Bytes of a chunk: 256 int32 values; the last of a row may be shorter. */
export const CHUNK_BYTES = 1024;

const HEADER_BYTES = 64;
const DOMAIN = utf8ToBytes('CPC matrix_mult_v1');

/**
 * The 64 bytes hashed before a chunk (matrix-mult-v1.md, "Commitment"); kernels that hash on the GPU build the
 * same.
 * @param columns N of a task; for a job with its own matrices, the columns of its product.
 */
export function chunkHeader(columns: number, row: number, chunk: number, seed: Uint8Array): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  header.set(DOMAIN, 1); // header[0] stays 0x00: a leaf, as RFC 6962 marks them
  view.setUint32(20, columns, true);
  view.setUint32(24, row, true);
  view.setUint32(28, chunk, true);
  header.set(seed, 32);
  return header;
}

/** Digest of a row of C: the tree over its chunks' hashes. */
export function rowDigest(row: Int32Array, columns: number, rowIndex: number, seed: Uint8Array): Uint8Array {
  const bytes = int32Bytes(row);
  const hashes: Uint8Array[] = [];
  for (let offset = 0; offset < bytes.length; offset += CHUNK_BYTES) {
    const header = chunkHeader(columns, rowIndex, offset / CHUNK_BYTES, seed);
    hashes.push(
      sha256
        .create()
        .update(header)
        .update(bytes.subarray(offset, offset + CHUNK_BYTES))
        .digest(),
    );
  }
  return new Rfc6962Tree(hashes).root;
}

/** The Merkle commitment to C, built row by row, so that C need never be in memory as a whole. */
export class MerkleCommitment {
  readonly #digests: Uint8Array[] = [];
  readonly #columns: number;
  readonly #rows: number;
  readonly #seed: Uint8Array;
  #tree: Rfc6962Tree | undefined;

  /** @param rows as many as columns, unless it is a job with its own matrices. */
  constructor(columns: number, seed: Uint8Array, rows = columns) {
    this.#columns = columns;
    this.#seed = seed;
    this.#rows = rows;
  }

  /** Adds the next row of C. */
  addRow(row: Int32Array): void {
    this.addRowDigest(rowDigest(row, this.#columns, this.#digests.length, this.#seed));
  }

  /** Adds the next row by its digest, where that was computed elsewhere. */
  addRowDigest(digest: Uint8Array): void {
    if (this.#digests.length === this.#rows) throw new AppError('internal', 'All rows are in already.');
    this.#digests.push(digest);
  }

  get rowDigests(): readonly Uint8Array[] {
    return this.#digests;
  }

  /** The root, 32 bytes: the task's `result_hash`. */
  get root(): Uint8Array {
    return this.#completeTree().root;
  }

  /** Audit path of a row, leaf to root. */
  path(row: number): Uint8Array[] {
    return this.#completeTree().path(row);
  }

  #completeTree(): Rfc6962Tree {
    if (this.#digests.length < this.#rows) {
      throw new AppError('internal', `Only ${this.#digests.length} of ${this.#rows} rows are in.`);
    }
    this.#tree ??= new Rfc6962Tree(this.#digests);
    return this.#tree;
  }
}

/** The commitment to a whole C, row-major. */
export function commit(c: Int32Array, columns: number, seed: Uint8Array, rows = columns): MerkleCommitment {
  const commitment = new MerkleCommitment(columns, seed, rows);
  for (let row = 0; row < rows; row += 1) {
    commitment.addRow(c.subarray(row * columns, (row + 1) * columns));
  }
  return commitment;
}

/** SHA-256 of C row-major, little-endian: a job's `"commitment": "flat"`. */
export function flatCommitment(rows: Iterable<Int32Array> | Int32Array): Uint8Array {
  const hash = sha256.create();
  if (rows instanceof Int32Array) return hash.update(int32Bytes(rows)).digest();
  for (const row of rows) hash.update(int32Bytes(row));
  return hash.digest();
}

/** Result of a job of several iterations: the tree over their roots; of one, its own root. */
export function iteratedRoot(roots: readonly Uint8Array[]): Uint8Array {
  return new Rfc6962Tree(roots).root;
}

/** The guide's mock result, which only a devnet takes. */
export function mockResultHash(seed: Uint8Array): string {
  return bytesToHex(sha256(utf8ToBytes(`mock_result_${bytesToHex(seed)}`)));
}
