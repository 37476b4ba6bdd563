/** Terms of two packed columns that may be summed before they would run into each other. */
const PACKED_TERMS = 1024;
const PACKED_SHIFT = 2 ** 26;

/** Above this many elements of B the packed copy, four times as large, is not worth its memory. */
const PACKED_LIMIT = 2 ** 24;

/**
 * One row of C = A·B, exact in int32.
 * @param aRow the row of A; its length is the inner dimension.
 * @param bTransposed Bᵀ row-major: `columns` × inner int8.
 */
export function multiplyRow(aRow: Int8Array, bTransposed: Int8Array, columns: number): Int32Array {
  const inner = aRow.length;
  const row = new Int32Array(columns);
  let column = 0;
  // Four sums at once hide the latency of each and load the row of A only once.
  for (; column + 3 < columns; column += 4) {
    const start0 = column * inner;
    const start1 = start0 + inner;
    const start2 = start1 + inner;
    const start3 = start2 + inner;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let k = 0; k < inner; k += 1) {
      const a = at(aRow, k);
      sum0 += a * at(bTransposed, start0 + k);
      sum1 += a * at(bTransposed, start1 + k);
      sum2 += a * at(bTransposed, start2 + k);
      sum3 += a * at(bTransposed, start3 + k);
    }
    row[column] = sum0;
    row[column + 1] = sum1;
    row[column + 2] = sum2;
    row[column + 3] = sum3;
  }
  for (; column < columns; column += 1) {
    let sum = 0;
    for (let k = 0; k < inner; k += 1) sum += at(aRow, k) * at(bTransposed, column * inner + k);
    row[column] = sum;
  }
  return row;
}

/** A function that multiplies rows by the same B: faster than `multiplyRow` when there are many rows. */
export function rowMultiplier(bTransposed: Int8Array, columns: number): (aRow: Int8Array) => Int32Array {
  const inner = bTransposed.length / columns;
  if (bTransposed.length > PACKED_LIMIT) return (aRow) => multiplyRow(aRow, bTransposed, columns);
  const pairs = packPairs(bTransposed, inner, columns);
  return (aRow) => multiplyRowPacked(Float64Array.from(aRow), pairs, columns);
}

/**
 * Two columns in one double, b₀ + b₁·2²⁶: one multiplication then does two, and stays exact below 2⁵³ for
 * `PACKED_TERMS` terms of at most 2¹⁴.
 */
function packPairs(bTransposed: Int8Array, inner: number, columns: number): Float64Array {
  const pairs = new Float64Array(Math.ceil(columns / 2) * inner);
  for (let column = 0; column < columns; column += 1) {
    const weight = column % 2 === 0 ? 1 : PACKED_SHIFT;
    const target = (column >> 1) * inner;
    for (let k = 0; k < inner; k += 1) {
      pairs[target + k] = at(pairs, target + k) + at(bTransposed, column * inner + k) * weight;
    }
  }
  return pairs;
}

function multiplyRowPacked(aRow: Float64Array, pairs: Float64Array, columns: number): Int32Array {
  const inner = aRow.length;
  const pairCount = Math.ceil(columns / 2);
  // Room for the padding of an odd last pair.
  const row = new Int32Array(pairCount * 2);
  for (let from = 0; from < inner; from += PACKED_TERMS) {
    const to = Math.min(inner, from + PACKED_TERMS);
    let pair = 0;
    for (; pair + 3 < pairCount; pair += 4) {
      const start0 = pair * inner;
      const start1 = start0 + inner;
      const start2 = start1 + inner;
      const start3 = start2 + inner;
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      for (let k = from; k < to; k += 1) {
        const a = at(aRow, k);
        sum0 += a * at(pairs, start0 + k);
        sum1 += a * at(pairs, start1 + k);
        sum2 += a * at(pairs, start2 + k);
        sum3 += a * at(pairs, start3 + k);
      }
      addPair(row, pair, sum0);
      addPair(row, pair + 1, sum1);
      addPair(row, pair + 2, sum2);
      addPair(row, pair + 3, sum3);
    }
    for (; pair < pairCount; pair += 1) {
      let sum = 0;
      for (let k = from; k < to; k += 1) sum += at(aRow, k) * at(pairs, pair * inner + k);
      addPair(row, pair, sum);
    }
  }
  return row.subarray(0, columns);
}

function addPair(row: Int32Array, pair: number, sum: number): void {
  const high = Math.round(sum / PACKED_SHIFT);
  const column = pair * 2;
  row[column] = at(row, column) + (sum - high * PACKED_SHIFT);
  row[column + 1] = at(row, column + 1) + high;
}

/** An element known to be inside; the cast is free, where `?? 0` would cost in the inner loops. */
function at(array: Int8Array | Int32Array | Float64Array, index: number): number {
  return array[index] as number;
}
