import { AppError } from '../errors';

/** N of a task unless the settings say otherwise. */
export const DEFAULT_MATRIX_SIZE = 1024;
export const MAX_MATRIX_SIZE = 16384;

/** @throws AppError `invalid_matrix_size` unless 1 ≤ n ≤ 16384 and whole. */
export function assertMatrixSize(n: number): void {
  if (Number.isInteger(n) && n >= 1 && n <= MAX_MATRIX_SIZE) return;
  throw new AppError(
    'invalid_matrix_size',
    `A matrix size is a whole number from 1 to ${MAX_MATRIX_SIZE}, not ${n}.`,
    { remedy: 'fix_input', params: { maximum: MAX_MATRIX_SIZE } },
  );
}
