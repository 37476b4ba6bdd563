// Of both matrices a square of this many int8 fits in the first-level cache.
const SQUARE = 64;

/** B by columns: the transpose of `inner` rows of `columns` int8, written to `out`. */
export function transpose(b: Int8Array, inner: number, columns: number, out: Int8Array): void {
  for (let top = 0; top < inner; top += SQUARE) {
    const bottom = Math.min(top + SQUARE, inner);
    for (let left = 0; left < columns; left += SQUARE) {
      const right = Math.min(left + SQUARE, columns);
      for (let column = left; column < right; column += 1) {
        for (let k = top; k < bottom; k += 1) out[column * inner + k] = b[k * columns + column] ?? 0;
      }
    }
  }
}
