/** The largest matrix size the engines take today; the protocol's own limit is higher. */
export const MATRIX_SIZE_LIMIT = 2048;
