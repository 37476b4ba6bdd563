import { sha256 } from '@noble/hashes/sha2.js';
import { int32Bytes } from '../matrix-mult/bytes';
import { type CommitmentKind, iteratedRoot, MerkleCommitment, rowDigest } from '../matrix-mult/commitment';
import { multiplyRow, rowMultiplier } from '../matrix-mult/product';
import type { Shape } from '../matrix-mult/shape';
import type { JobOperands } from './job-operands';

/** B is made and passed by in blocks of so many bytes: some milliseconds each. */
const COLUMN_BLOCK_BYTES = 256 * 1024;

/** Elements of B up to which packing it, in one go, takes some milliseconds. */
const PACKED_ELEMENTS = 2 ** 22;

/** Some of the rows of C by their digests, in steps of a few milliseconds; B is never in memory as a whole. */
export function* recomputeRows(
  { shape, seed, rowOfA, columnsOfB }: JobOperands,
  numbers: readonly number[],
): Generator<void, Uint8Array[]> {
  const { columns } = shape;
  const rows = numbers.map((row) => ({ row, a: rowOfA(row), c: new Int32Array(columns) }));
  for (const [first, count] of rows.length === 0 ? [] : columnBlocks(shape)) {
    const block = columnsOfB(first, count);
    for (const { a, c } of rows) {
      c.set(multiplyRow(a, block, count), first);
      yield;
    }
  }
  return rows.map(({ row, c }) => rowDigest(c, columns, row, seed));
}

/**
 * A whole job done again, in steps of a few milliseconds.
 * @param iterations how many the job has @param operandsOf those of each
 * @returns its result hash, 32 bytes
 */
export function* recomputeJob(
  commitment: CommitmentKind,
  iterations: number,
  operandsOf: (iteration: number) => JobOperands,
): Generator<void, Uint8Array> {
  const results: Uint8Array[] = [];
  for (let iteration = 0; iteration < iterations; iteration += 1)
    results.push(yield* recomputeProduct(commitment, operandsOf(iteration)));
  const [only] = results;
  return results.length === 1 && only !== undefined ? only : iteratedRoot(results);
}

/** What doing a job again costs, in multiplications: those of the product, of drawing operands and of hashing C. */
export function recomputeCost({ rows, inner, columns }: Shape, iterations: number): number {
  const DRAW = 8;
  const HASH = 20;
  return iterations * (rows * inner * columns + DRAW * (rows + columns) * inner + HASH * rows * columns);
}

function* recomputeProduct(commitment: CommitmentKind, operands: JobOperands): Generator<void, Uint8Array> {
  const { shape, seed, rowOfA } = operands;
  const { rows, columns } = shape;
  const multiply = yield* multiplierOf(operands);
  const tree = new MerkleCommitment(columns, seed, rows);
  const flat = sha256.create();
  for (let row = 0; row < rows; row += 1) {
    const product = multiply(rowOfA(row));
    if (commitment === 'merkle') tree.addRow(product);
    else flat.update(int32Bytes(product));
    yield;
  }
  return commitment === 'merkle' ? tree.root : flat.digest();
}

function* multiplierOf({
  shape,
  columnsOfB,
}: JobOperands): Generator<void, (rowOfA: Int8Array) => Int32Array> {
  const { inner, columns } = shape;
  const b = new Int8Array(inner * columns);
  for (const [first, count] of columnBlocks(shape)) {
    b.set(columnsOfB(first, count), first * inner);
    yield;
  }
  return b.length <= PACKED_ELEMENTS ? rowMultiplier(b, columns) : (row) => multiplyRow(row, b, columns);
}

function* columnBlocks({ inner, columns }: Shape): Generator<readonly [first: number, count: number]> {
  const width = Math.max(1, Math.floor(COLUMN_BLOCK_BYTES / inner));
  for (let first = 0; first < columns; first += width) yield [first, Math.min(width, columns - first)];
}
