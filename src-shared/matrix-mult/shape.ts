import { AppError } from '../errors';
import { MAX_MATRIX_SIZE } from './matrix-size';

/** The sizes of a product C = A·B: A is rows × inner, B inner × columns, C rows × columns. */
export type Shape = {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
};

/** The chain's tasks are square. */
export function squareShape(n: number): Shape {
  return { rows: n, inner: n, columns: n };
}

const SMALL = 128;
const SHORT = 512;

/** Integer operations of a product, two a multiply-add. */
export function operations({ rows, inner, columns }: Shape): number {
  return 2 * rows * inner * columns;
}

/** Whether a product takes well under a millisecond on any processor: handing it out takes longer than computing it. */
export function isSmall(shape: Shape): boolean {
  return fitsInto(shape, SMALL);
}

/** Whether a product takes some ten milliseconds on a common processor: bringing its matrices takes nearly as long. */
export function isShort(shape: Shape): boolean {
  return fitsInto(shape, SHORT);
}

/** Whether it is no more work than a square of that size, and none of its matrices is larger. */
function fitsInto(shape: Shape, size: number): boolean {
  const { rows, inner, columns } = shape;
  return (
    operations(shape) <= 2 * size ** 3 &&
    rows * columns <= size ** 2 &&
    Math.max(rows, columns) * inner <= size ** 2
  );
}

/** N of the square product of as many operations. */
export function equivalentSize({ rows, inner, columns }: Shape): number {
  return Math.round(Math.cbrt(rows * inner * columns));
}

export function sameShape(one: Shape, other: Shape): boolean {
  return one.rows === other.rows && one.inner === other.inner && one.columns === other.columns;
}

/** What a shape is called: N where it is square. */
export function shapeName({ rows, inner, columns }: Shape): number | string {
  return rows === inner && inner === columns ? rows : `${rows} × ${inner} × ${columns}`;
}

/** @throws AppError `invalid_matrix_size` unless each size is whole and 1…16384 */
export function assertShape(shape: Shape): void {
  const { rows, inner, columns } = shape;
  if ([rows, inner, columns].every((size) => Number.isInteger(size) && size >= 1 && size <= MAX_MATRIX_SIZE))
    return;
  throw new AppError(
    'invalid_matrix_size',
    `A matrix size is a whole number from 1 to ${MAX_MATRIX_SIZE}, not ${shapeName(shape)}.`,
    { remedy: 'fix_input', params: { maximum: MAX_MATRIX_SIZE } },
  );
}
