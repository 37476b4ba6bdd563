/** `MATRIX_SIZE_LIMIT` of the IPC contract; a test holds them equal. Importing it would bundle the schemas. */
export const LARGEST_MATRIX_SIZE = 2048;

/** The matrix size a person typed, or null where it is not a whole number within the limits. */
export function parseMatrixSize(typed: string): number | null {
  const text = typed.trim();
  if (!/^\d{1,6}$/.test(text)) return null;
  const size = Number(text);
  return size >= 1 && size <= LARGEST_MATRIX_SIZE ? size : null;
}
