import { MATRIX_SIZE_LIMIT } from '../../../src-shared/ipc/limits';

/** The matrix size a person typed, or null where it is not a whole number within the limits. */
export function parseMatrixSize(typed: string): number | null {
  const text = typed.trim();
  if (!/^\d{1,6}$/.test(text)) return null;
  const size = Number(text);
  return size >= 1 && size <= MATRIX_SIZE_LIMIT ? size : null;
}
