import { SETTINGS } from '../../../src-shared/settings/settings';
import { parseWholeNumber } from './whole-numbers';

/** The matrix size a person typed, or null where it is not a whole number within the limits. */
export function parseMatrixSize(typed: string): number | null {
  return parseWholeNumber(typed, SETTINGS.matrixSize.limits);
}
