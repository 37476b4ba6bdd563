/** Bytes of a block of the key stream (RFC 8439, section 2.3). */
const BLOCK_BYTES = 64;
/** Blocks computed at once, one in each 32-bit lane. */
const LANES = 4;

/**
 * Writes the ChaCha20 key stream (RFC 8439, section 2.4).
 * @param out room for `blocks` blocks of 64 bytes, rounded up to four blocks
 * @param key address of the 32 bytes of the key
 * @param nonce first byte of the nonce, whose other eleven are zero
 * @param firstBlock block counter to begin at
 */
export function keyStream(out: usize, key: usize, nonce: i32, firstBlock: i32, blocks: i32): void {
  const nonces = i32x4.splat(nonce);
  const lanes = i32x4(0, 1, 2, 3);
  for (let block = 0; block < blocks; block += LANES) {
    fourBlocks(
      out + <usize>block * BLOCK_BYTES,
      key,
      nonces,
      i32x4.add(i32x4.splat(firstBlock + block), lanes),
    );
  }
}

function fourBlocks(out: usize, key: usize, nonce: v128, counters: v128): void {
  let x0 = i32x4.splat(0x61707865);
  let x1 = i32x4.splat(0x3320646e);
  let x2 = i32x4.splat(0x79622d32);
  let x3 = i32x4.splat(0x6b206574);
  let x4 = v128.load32_splat(key, 0);
  let x5 = v128.load32_splat(key, 4);
  let x6 = v128.load32_splat(key, 8);
  let x7 = v128.load32_splat(key, 12);
  let x8 = v128.load32_splat(key, 16);
  let x9 = v128.load32_splat(key, 20);
  let x10 = v128.load32_splat(key, 24);
  let x11 = v128.load32_splat(key, 28);
  let x12 = counters;
  let x13 = nonce;
  let x14 = i32x4.splat(0);
  let x15 = i32x4.splat(0);
  for (let round = 0; round < 20; round += 2) {
    x0 = i32x4.add(x0, x4);
    x12 = rotateLeft16(v128.xor(x12, x0));
    x8 = i32x4.add(x8, x12);
    x4 = rotateLeft12(v128.xor(x4, x8));
    x0 = i32x4.add(x0, x4);
    x12 = rotateLeft8(v128.xor(x12, x0));
    x8 = i32x4.add(x8, x12);
    x4 = rotateLeft7(v128.xor(x4, x8));
    x1 = i32x4.add(x1, x5);
    x13 = rotateLeft16(v128.xor(x13, x1));
    x9 = i32x4.add(x9, x13);
    x5 = rotateLeft12(v128.xor(x5, x9));
    x1 = i32x4.add(x1, x5);
    x13 = rotateLeft8(v128.xor(x13, x1));
    x9 = i32x4.add(x9, x13);
    x5 = rotateLeft7(v128.xor(x5, x9));
    x2 = i32x4.add(x2, x6);
    x14 = rotateLeft16(v128.xor(x14, x2));
    x10 = i32x4.add(x10, x14);
    x6 = rotateLeft12(v128.xor(x6, x10));
    x2 = i32x4.add(x2, x6);
    x14 = rotateLeft8(v128.xor(x14, x2));
    x10 = i32x4.add(x10, x14);
    x6 = rotateLeft7(v128.xor(x6, x10));
    x3 = i32x4.add(x3, x7);
    x15 = rotateLeft16(v128.xor(x15, x3));
    x11 = i32x4.add(x11, x15);
    x7 = rotateLeft12(v128.xor(x7, x11));
    x3 = i32x4.add(x3, x7);
    x15 = rotateLeft8(v128.xor(x15, x3));
    x11 = i32x4.add(x11, x15);
    x7 = rotateLeft7(v128.xor(x7, x11));
    x0 = i32x4.add(x0, x5);
    x15 = rotateLeft16(v128.xor(x15, x0));
    x10 = i32x4.add(x10, x15);
    x5 = rotateLeft12(v128.xor(x5, x10));
    x0 = i32x4.add(x0, x5);
    x15 = rotateLeft8(v128.xor(x15, x0));
    x10 = i32x4.add(x10, x15);
    x5 = rotateLeft7(v128.xor(x5, x10));
    x1 = i32x4.add(x1, x6);
    x12 = rotateLeft16(v128.xor(x12, x1));
    x11 = i32x4.add(x11, x12);
    x6 = rotateLeft12(v128.xor(x6, x11));
    x1 = i32x4.add(x1, x6);
    x12 = rotateLeft8(v128.xor(x12, x1));
    x11 = i32x4.add(x11, x12);
    x6 = rotateLeft7(v128.xor(x6, x11));
    x2 = i32x4.add(x2, x7);
    x13 = rotateLeft16(v128.xor(x13, x2));
    x8 = i32x4.add(x8, x13);
    x7 = rotateLeft12(v128.xor(x7, x8));
    x2 = i32x4.add(x2, x7);
    x13 = rotateLeft8(v128.xor(x13, x2));
    x8 = i32x4.add(x8, x13);
    x7 = rotateLeft7(v128.xor(x7, x8));
    x3 = i32x4.add(x3, x4);
    x14 = rotateLeft16(v128.xor(x14, x3));
    x9 = i32x4.add(x9, x14);
    x4 = rotateLeft12(v128.xor(x4, x9));
    x3 = i32x4.add(x3, x4);
    x14 = rotateLeft8(v128.xor(x14, x3));
    x9 = i32x4.add(x9, x14);
    x4 = rotateLeft7(v128.xor(x4, x9));
  }
  storeWords(
    out + 0,
    i32x4.add(x0, i32x4.splat(0x61707865)),
    i32x4.add(x1, i32x4.splat(0x3320646e)),
    i32x4.add(x2, i32x4.splat(0x79622d32)),
    i32x4.add(x3, i32x4.splat(0x6b206574)),
  );
  storeWords(
    out + 16,
    i32x4.add(x4, v128.load32_splat(key, 0)),
    i32x4.add(x5, v128.load32_splat(key, 4)),
    i32x4.add(x6, v128.load32_splat(key, 8)),
    i32x4.add(x7, v128.load32_splat(key, 12)),
  );
  storeWords(
    out + 32,
    i32x4.add(x8, v128.load32_splat(key, 16)),
    i32x4.add(x9, v128.load32_splat(key, 20)),
    i32x4.add(x10, v128.load32_splat(key, 24)),
    i32x4.add(x11, v128.load32_splat(key, 28)),
  );
  storeWords(
    out + 48,
    i32x4.add(x12, counters),
    i32x4.add(x13, nonce),
    i32x4.add(x14, i32x4.splat(0)),
    i32x4.add(x15, i32x4.splat(0)),
  );
}

/** Four words of four blocks, a block a lane, to where they stand in each block. */
function storeWords(out: usize, a: v128, b: v128, c: v128, d: v128): void {
  const abLow = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const cdLow = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const cdHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<i64>(abLow, cdLow, 0, 2));
  v128.store(out, v128.shuffle<i64>(abLow, cdLow, 1, 3), BLOCK_BYTES);
  v128.store(out, v128.shuffle<i64>(abHigh, cdHigh, 0, 2), 2 * BLOCK_BYTES);
  v128.store(out, v128.shuffle<i64>(abHigh, cdHigh, 1, 3), 3 * BLOCK_BYTES);
}

function rotateLeft16(x: v128): v128 {
  return v128.shuffle<u8>(x, x, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
}

function rotateLeft12(x: v128): v128 {
  return v128.or(i32x4.shl(x, 12), i32x4.shr_u(x, 20));
}

function rotateLeft8(x: v128): v128 {
  return v128.shuffle<u8>(x, x, 3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14);
}

function rotateLeft7(x: v128): v128 {
  return v128.or(i32x4.shl(x, 7), i32x4.shr_u(x, 25));
}
