import { MAX_MATRIX_SIZE } from '../matrix-mult/matrix-size';

/** The largest matrix size a person may ask for; an engine without the memory for it says how much it lacks. */
export const MATRIX_SIZE_LIMIT = MAX_MATRIX_SIZE;
