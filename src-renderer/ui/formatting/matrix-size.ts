import { plainNumber } from '../../../src-shared/pasted-text';
import { SETTINGS } from '../../../src-shared/settings/settings';

/** The matrix size a person typed, or null where it is not a whole number within the limits. */
export function parseMatrixSize(typed: string): number | null {
  const text = plainNumber(typed);
  if (!/^\d{1,6}$/.test(text)) return null;
  const size = Number(text);
  const { least, most } = SETTINGS.matrixSize.limits;
  return size >= least && size <= most ? size : null;
}
