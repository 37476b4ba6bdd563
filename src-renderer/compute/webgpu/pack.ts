const BYTES_PER_WORD = 4;

/** Words of a row or column of length n, padded so that each starts on a word. */
export function wordsFor(n: number): number {
  return Math.ceil(n / BYTES_PER_WORD);
}

/** n vectors of n int8 as 32-bit words, four consecutive k a word, each vector padded with zeros. */
export function packVectors(vectors: Int8Array, n: number): Uint8Array<ArrayBuffer> {
  const stride = wordsFor(n) * BYTES_PER_WORD;
  const packed = new Uint8Array(n * stride);
  const bytes = new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength);
  for (let vector = 0; vector < n; vector++)
    packed.set(bytes.subarray(vector * n, (vector + 1) * n), vector * stride);
  return packed;
}
