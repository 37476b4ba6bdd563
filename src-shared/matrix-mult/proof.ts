import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { AppError } from '../errors';
import { readU32le, u32le } from './bytes';
import type { MerkleCommitment } from './commitment';
import { MAX_MATRIX_SIZE } from './matrix-size';
import { rfc6962PathLength } from './rfc6962';

/** Rows a proof opens unless told. */
export const DEFAULT_OPENED_ROWS = 8;

const VERSION = 1;
const MERKLE = 0;
/** Bytes before the paths. */
export const HEADER_BYTES = 16;
const HASH_BYTES = 32;
const MAX_OPENED_ROWS = 0xffff;

/** What stands at the front of a proof (matrix-mult-v1.md, "Proof"). */
export type ProofHeader = {
  /** How many rows are opened, k. */
  readonly opened: number;
  readonly matrixSize: number;
  /** Height of the block the seed is of; 0 in a job's proof. */
  readonly blockHeight: number;
};

type OpenedRow = { readonly row: number; readonly path: readonly Uint8Array[] };
export type Proof = ProofHeader & { readonly rows: readonly OpenedRow[] };

/** The rows a root opens, drawn by hashing: the same row may come more than once. */
export function openedRows(root: Uint8Array, seed: Uint8Array, k: number, n: number): number[] {
  const draw = (j: number): number =>
    readU32le(sha256(concatBytes(Uint8Array.of(0x02), root, seed, u32le(j))), 0) % n;
  return Array.from({ length: k }, (_, j) => draw(j));
}

/**
 * The proof for a finished commitment, hex.
 */
export function encodeProof(
  commitment: Pick<MerkleCommitment, 'root' | 'path'>,
  seed: Uint8Array,
  header: ProofHeader,
): string {
  const { opened, matrixSize, blockHeight } = header;
  if (!Number.isInteger(opened) || opened < 0 || opened > MAX_OPENED_ROWS) {
    throw new AppError('invalid_argument', `A proof opens 0 to ${MAX_OPENED_ROWS} rows, not ${opened}.`);
  }
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, MERKLE);
  view.setUint16(2, opened, true);
  view.setUint32(4, matrixSize, true);
  view.setBigUint64(8, BigInt(blockHeight), true);
  const rows = openedRows(commitment.root, seed, opened, matrixSize);
  return bytesToHex(concatBytes(bytes, ...rows.flatMap((row) => commitment.path(row))));
}

/**
 * The front of a proof, which tells the block whose hash the rest needs.
 * @throws AppError `invalid_proof`.
 */
export function parseProofHeader(proofHex: string): ProofHeader {
  const bytes = proofBytes(proofHex);
  if (bytes.length < HEADER_BYTES) throw invalid('it is shorter than its header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== VERSION) throw invalid(`its version is ${view.getUint8(0)}, not ${VERSION}`);
  if (view.getUint8(1) !== MERKLE) throw invalid(`its commitment kind is ${view.getUint8(1)}, not ${MERKLE}`);
  const matrixSize = view.getUint32(4, true);
  if (matrixSize < 1 || matrixSize > MAX_MATRIX_SIZE) throw invalid(`its matrix size is ${matrixSize}`);
  const height = view.getBigUint64(8, true);
  if (height > BigInt(Number.MAX_SAFE_INTEGER)) throw invalid(`its block height is ${height}`);
  return { opened: view.getUint16(2, true), matrixSize, blockHeight: Number(height) };
}

/** What must hold of a proof beyond its own bytes; what is left out is not asked of it. */
export type ProofExpectations = {
  readonly opened?: number;
  readonly matrixSize?: number;
  readonly blockHeight?: number;
};

/**
 * A whole proof, strictly: not one byte more or less than the rows its root opens need.
 * @param resultHash the root, 64 hex characters.
 * @throws AppError `invalid_proof`, saying what is wrong.
 */
export function parseProof(
  proofHex: string,
  resultHash: string,
  seed: Uint8Array,
  expected: ProofExpectations = {},
): Proof {
  const header = parseProofHeader(proofHex);
  const { opened, matrixSize, blockHeight } = header;
  if (expected.opened !== undefined && expected.opened !== opened) {
    throw invalid(`it opens ${opened} rows, not ${expected.opened}`);
  }
  if (expected.matrixSize !== undefined && expected.matrixSize !== matrixSize) {
    throw invalid(`it is for matrices of ${matrixSize}, not ${expected.matrixSize}`);
  }
  if (expected.blockHeight !== undefined && expected.blockHeight !== blockHeight) {
    throw invalid(`it names block ${blockHeight}, not ${expected.blockHeight}`);
  }
  if (!/^[0-9a-f]{64}$/.test(resultHash))
    throw invalid('the result hash is not 64 lower-case hex characters');
  const bytes = proofBytes(proofHex);
  let offset = HEADER_BYTES;
  const rows = openedRows(hexToBytes(resultHash), seed, opened, matrixSize).map((row) => {
    const path = Array.from({ length: rfc6962PathLength(row, matrixSize) }, () => {
      offset += HASH_BYTES;
      return bytes.subarray(offset - HASH_BYTES, offset);
    });
    return { row, path };
  });
  if (offset > bytes.length) throw invalid(`it has ${bytes.length} bytes where ${offset} are needed`);
  if (offset < bytes.length) throw invalid(`${bytes.length - offset} bytes follow its end`);
  return { ...header, rows };
}

function proofBytes(proofHex: string): Uint8Array {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(proofHex)) throw invalid('it is not hex');
  return hexToBytes(proofHex);
}

function invalid(why: string): AppError {
  return new AppError('invalid_proof', `The proof is not valid: ${why}.`);
}
