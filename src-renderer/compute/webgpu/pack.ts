const BYTES_PER_WORD = 4;

/**
 * Vectors of `inner` int8 as 32-bit words, four consecutive k a word, padded with zeros to `padded` vectors of `words`
 * words.
 */
export function packVectors(
  vectors: Int8Array,
  inner: number,
  padded: number,
  words: number,
): Uint8Array<ArrayBuffer> {
  const stride = words * BYTES_PER_WORD;
  const packed = new Uint8Array(padded * stride);
  const bytes = new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength);
  for (let vector = 0; vector * inner < bytes.length; vector += 1) {
    packed.set(bytes.subarray(vector * inner, (vector + 1) * inner), vector * stride);
  }
  return packed;
}
