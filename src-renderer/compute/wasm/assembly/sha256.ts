/**
 * SHA-256 (FIPS 180-4) of four messages of one length at once, a message in each 32-bit lane. A state is eight vectors
 * (128 bytes), a schedule 16 (256 bytes): the block to hash.
 */
const ROUND_CONSTANTS = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
]);

/** Bytes of a block. */
export const BLOCK_BYTES: usize = 64;
/** Bytes of four digests, lane by lane. */
export const STATE_BYTES: usize = 128;

/** Sets the initial hash value (section 5.3.3). */
export function resetState(state: usize): void {
  v128.store(state, i32x4.splat(0x6a09e667), 0);
  v128.store(state, i32x4.splat(0xbb67ae85), 16);
  v128.store(state, i32x4.splat(0x3c6ef372), 32);
  v128.store(state, i32x4.splat(0xa54ff53a), 48);
  v128.store(state, i32x4.splat(0x510e527f), 64);
  v128.store(state, i32x4.splat(0x9b05688c), 80);
  v128.store(state, i32x4.splat(0x1f83d9ab), 96);
  v128.store(state, i32x4.splat(0x5be0cd19), 112);
}

/**
 * Takes four blocks, the schedule's 16 vectors, into the state (section 6.2.2). Each word gives way to the one 16 rounds
 * later as soon as it is used: the processor does both at once.
 */
export function compress(state: usize, schedule: usize): void {
  let a = v128.load(state, 0);
  let b = v128.load(state, 16);
  let c = v128.load(state, 32);
  let d = v128.load(state, 48);
  let e = v128.load(state, 64);
  let f = v128.load(state, 80);
  let g = v128.load(state, 96);
  let h = v128.load(state, 112);
  let sum: v128;
  let sigma: v128;
  let constant = ROUND_CONSTANTS;
  for (let round = 0; round < 48; round += 16) {
    sum = roundSum(v128.load(schedule, 0), v128.load32_splat(constant, 0), e, f, g, h);
    sigma = bigSigma1(e);
    d = i32x4.add(i32x4.add(d, sum), sigma);
    h = i32x4.add(bigSigma0(a), i32x4.add(majority(a, b, c), i32x4.add(sum, sigma)));
    extendWord(schedule + 0, schedule + 16, schedule + 144, schedule + 224);
    sum = roundSum(v128.load(schedule, 16), v128.load32_splat(constant, 4), d, e, f, g);
    sigma = bigSigma1(d);
    c = i32x4.add(i32x4.add(c, sum), sigma);
    g = i32x4.add(bigSigma0(h), i32x4.add(majority(h, a, b), i32x4.add(sum, sigma)));
    extendWord(schedule + 16, schedule + 32, schedule + 160, schedule + 240);
    sum = roundSum(v128.load(schedule, 32), v128.load32_splat(constant, 8), c, d, e, f);
    sigma = bigSigma1(c);
    b = i32x4.add(i32x4.add(b, sum), sigma);
    f = i32x4.add(bigSigma0(g), i32x4.add(majority(g, h, a), i32x4.add(sum, sigma)));
    extendWord(schedule + 32, schedule + 48, schedule + 176, schedule + 0);
    sum = roundSum(v128.load(schedule, 48), v128.load32_splat(constant, 12), b, c, d, e);
    sigma = bigSigma1(b);
    a = i32x4.add(i32x4.add(a, sum), sigma);
    e = i32x4.add(bigSigma0(f), i32x4.add(majority(f, g, h), i32x4.add(sum, sigma)));
    extendWord(schedule + 48, schedule + 64, schedule + 192, schedule + 16);
    sum = roundSum(v128.load(schedule, 64), v128.load32_splat(constant, 16), a, b, c, d);
    sigma = bigSigma1(a);
    h = i32x4.add(i32x4.add(h, sum), sigma);
    d = i32x4.add(bigSigma0(e), i32x4.add(majority(e, f, g), i32x4.add(sum, sigma)));
    extendWord(schedule + 64, schedule + 80, schedule + 208, schedule + 32);
    sum = roundSum(v128.load(schedule, 80), v128.load32_splat(constant, 20), h, a, b, c);
    sigma = bigSigma1(h);
    g = i32x4.add(i32x4.add(g, sum), sigma);
    c = i32x4.add(bigSigma0(d), i32x4.add(majority(d, e, f), i32x4.add(sum, sigma)));
    extendWord(schedule + 80, schedule + 96, schedule + 224, schedule + 48);
    sum = roundSum(v128.load(schedule, 96), v128.load32_splat(constant, 24), g, h, a, b);
    sigma = bigSigma1(g);
    f = i32x4.add(i32x4.add(f, sum), sigma);
    b = i32x4.add(bigSigma0(c), i32x4.add(majority(c, d, e), i32x4.add(sum, sigma)));
    extendWord(schedule + 96, schedule + 112, schedule + 240, schedule + 64);
    sum = roundSum(v128.load(schedule, 112), v128.load32_splat(constant, 28), f, g, h, a);
    sigma = bigSigma1(f);
    e = i32x4.add(i32x4.add(e, sum), sigma);
    a = i32x4.add(bigSigma0(b), i32x4.add(majority(b, c, d), i32x4.add(sum, sigma)));
    extendWord(schedule + 112, schedule + 128, schedule + 0, schedule + 80);
    sum = roundSum(v128.load(schedule, 128), v128.load32_splat(constant, 32), e, f, g, h);
    sigma = bigSigma1(e);
    d = i32x4.add(i32x4.add(d, sum), sigma);
    h = i32x4.add(bigSigma0(a), i32x4.add(majority(a, b, c), i32x4.add(sum, sigma)));
    extendWord(schedule + 128, schedule + 144, schedule + 16, schedule + 96);
    sum = roundSum(v128.load(schedule, 144), v128.load32_splat(constant, 36), d, e, f, g);
    sigma = bigSigma1(d);
    c = i32x4.add(i32x4.add(c, sum), sigma);
    g = i32x4.add(bigSigma0(h), i32x4.add(majority(h, a, b), i32x4.add(sum, sigma)));
    extendWord(schedule + 144, schedule + 160, schedule + 32, schedule + 112);
    sum = roundSum(v128.load(schedule, 160), v128.load32_splat(constant, 40), c, d, e, f);
    sigma = bigSigma1(c);
    b = i32x4.add(i32x4.add(b, sum), sigma);
    f = i32x4.add(bigSigma0(g), i32x4.add(majority(g, h, a), i32x4.add(sum, sigma)));
    extendWord(schedule + 160, schedule + 176, schedule + 48, schedule + 128);
    sum = roundSum(v128.load(schedule, 176), v128.load32_splat(constant, 44), b, c, d, e);
    sigma = bigSigma1(b);
    a = i32x4.add(i32x4.add(a, sum), sigma);
    e = i32x4.add(bigSigma0(f), i32x4.add(majority(f, g, h), i32x4.add(sum, sigma)));
    extendWord(schedule + 176, schedule + 192, schedule + 64, schedule + 144);
    sum = roundSum(v128.load(schedule, 192), v128.load32_splat(constant, 48), a, b, c, d);
    sigma = bigSigma1(a);
    h = i32x4.add(i32x4.add(h, sum), sigma);
    d = i32x4.add(bigSigma0(e), i32x4.add(majority(e, f, g), i32x4.add(sum, sigma)));
    extendWord(schedule + 192, schedule + 208, schedule + 80, schedule + 160);
    sum = roundSum(v128.load(schedule, 208), v128.load32_splat(constant, 52), h, a, b, c);
    sigma = bigSigma1(h);
    g = i32x4.add(i32x4.add(g, sum), sigma);
    c = i32x4.add(bigSigma0(d), i32x4.add(majority(d, e, f), i32x4.add(sum, sigma)));
    extendWord(schedule + 208, schedule + 224, schedule + 96, schedule + 176);
    sum = roundSum(v128.load(schedule, 224), v128.load32_splat(constant, 56), g, h, a, b);
    sigma = bigSigma1(g);
    f = i32x4.add(i32x4.add(f, sum), sigma);
    b = i32x4.add(bigSigma0(c), i32x4.add(majority(c, d, e), i32x4.add(sum, sigma)));
    extendWord(schedule + 224, schedule + 240, schedule + 112, schedule + 192);
    sum = roundSum(v128.load(schedule, 240), v128.load32_splat(constant, 60), f, g, h, a);
    sigma = bigSigma1(f);
    e = i32x4.add(i32x4.add(e, sum), sigma);
    a = i32x4.add(bigSigma0(b), i32x4.add(majority(b, c, d), i32x4.add(sum, sigma)));
    extendWord(schedule + 240, schedule + 0, schedule + 128, schedule + 208);
    constant += 64;
  }
  sum = roundSum(v128.load(schedule, 0), v128.load32_splat(constant, 0), e, f, g, h);
  sigma = bigSigma1(e);
  d = i32x4.add(i32x4.add(d, sum), sigma);
  h = i32x4.add(bigSigma0(a), i32x4.add(majority(a, b, c), i32x4.add(sum, sigma)));
  sum = roundSum(v128.load(schedule, 16), v128.load32_splat(constant, 4), d, e, f, g);
  sigma = bigSigma1(d);
  c = i32x4.add(i32x4.add(c, sum), sigma);
  g = i32x4.add(bigSigma0(h), i32x4.add(majority(h, a, b), i32x4.add(sum, sigma)));
  sum = roundSum(v128.load(schedule, 32), v128.load32_splat(constant, 8), c, d, e, f);
  sigma = bigSigma1(c);
  b = i32x4.add(i32x4.add(b, sum), sigma);
  f = i32x4.add(bigSigma0(g), i32x4.add(majority(g, h, a), i32x4.add(sum, sigma)));
  sum = roundSum(v128.load(schedule, 48), v128.load32_splat(constant, 12), b, c, d, e);
  sigma = bigSigma1(b);
  a = i32x4.add(i32x4.add(a, sum), sigma);
  e = i32x4.add(bigSigma0(f), i32x4.add(majority(f, g, h), i32x4.add(sum, sigma)));
  sum = roundSum(v128.load(schedule, 64), v128.load32_splat(constant, 16), a, b, c, d);
  sigma = bigSigma1(a);
  h = i32x4.add(i32x4.add(h, sum), sigma);
  d = i32x4.add(bigSigma0(e), i32x4.add(majority(e, f, g), i32x4.add(sum, sigma)));
  sum = roundSum(v128.load(schedule, 80), v128.load32_splat(constant, 20), h, a, b, c);
  sigma = bigSigma1(h);
  g = i32x4.add(i32x4.add(g, sum), sigma);
  c = i32x4.add(bigSigma0(d), i32x4.add(majority(d, e, f), i32x4.add(sum, sigma)));
  sum = roundSum(v128.load(schedule, 96), v128.load32_splat(constant, 24), g, h, a, b);
  sigma = bigSigma1(g);
  f = i32x4.add(i32x4.add(f, sum), sigma);
  b = i32x4.add(bigSigma0(c), i32x4.add(majority(c, d, e), i32x4.add(sum, sigma)));
  sum = roundSum(v128.load(schedule, 112), v128.load32_splat(constant, 28), f, g, h, a);
  sigma = bigSigma1(f);
  e = i32x4.add(i32x4.add(e, sum), sigma);
  a = i32x4.add(bigSigma0(b), i32x4.add(majority(b, c, d), i32x4.add(sum, sigma)));
  sum = roundSum(v128.load(schedule, 128), v128.load32_splat(constant, 32), e, f, g, h);
  sigma = bigSigma1(e);
  d = i32x4.add(i32x4.add(d, sum), sigma);
  h = i32x4.add(bigSigma0(a), i32x4.add(majority(a, b, c), i32x4.add(sum, sigma)));
  sum = roundSum(v128.load(schedule, 144), v128.load32_splat(constant, 36), d, e, f, g);
  sigma = bigSigma1(d);
  c = i32x4.add(i32x4.add(c, sum), sigma);
  g = i32x4.add(bigSigma0(h), i32x4.add(majority(h, a, b), i32x4.add(sum, sigma)));
  sum = roundSum(v128.load(schedule, 160), v128.load32_splat(constant, 40), c, d, e, f);
  sigma = bigSigma1(c);
  b = i32x4.add(i32x4.add(b, sum), sigma);
  f = i32x4.add(bigSigma0(g), i32x4.add(majority(g, h, a), i32x4.add(sum, sigma)));
  sum = roundSum(v128.load(schedule, 176), v128.load32_splat(constant, 44), b, c, d, e);
  sigma = bigSigma1(b);
  a = i32x4.add(i32x4.add(a, sum), sigma);
  e = i32x4.add(bigSigma0(f), i32x4.add(majority(f, g, h), i32x4.add(sum, sigma)));
  sum = roundSum(v128.load(schedule, 192), v128.load32_splat(constant, 48), a, b, c, d);
  sigma = bigSigma1(a);
  h = i32x4.add(i32x4.add(h, sum), sigma);
  d = i32x4.add(bigSigma0(e), i32x4.add(majority(e, f, g), i32x4.add(sum, sigma)));
  sum = roundSum(v128.load(schedule, 208), v128.load32_splat(constant, 52), h, a, b, c);
  sigma = bigSigma1(h);
  g = i32x4.add(i32x4.add(g, sum), sigma);
  c = i32x4.add(bigSigma0(d), i32x4.add(majority(d, e, f), i32x4.add(sum, sigma)));
  sum = roundSum(v128.load(schedule, 224), v128.load32_splat(constant, 56), g, h, a, b);
  sigma = bigSigma1(g);
  f = i32x4.add(i32x4.add(f, sum), sigma);
  b = i32x4.add(bigSigma0(c), i32x4.add(majority(c, d, e), i32x4.add(sum, sigma)));
  sum = roundSum(v128.load(schedule, 240), v128.load32_splat(constant, 60), f, g, h, a);
  sigma = bigSigma1(f);
  e = i32x4.add(i32x4.add(e, sum), sigma);
  a = i32x4.add(bigSigma0(b), i32x4.add(majority(b, c, d), i32x4.add(sum, sigma)));
  v128.store(state, i32x4.add(v128.load(state, 0), a), 0);
  v128.store(state, i32x4.add(v128.load(state, 16), b), 16);
  v128.store(state, i32x4.add(v128.load(state, 32), c), 32);
  v128.store(state, i32x4.add(v128.load(state, 48), d), 48);
  v128.store(state, i32x4.add(v128.load(state, 64), e), 64);
  v128.store(state, i32x4.add(v128.load(state, 80), f), 80);
  v128.store(state, i32x4.add(v128.load(state, 96), g), 96);
  v128.store(state, i32x4.add(v128.load(state, 112), h), 112);
}

/** W of 16 rounds on, in place: σ₁ of the word 2 before it + the word 7 before + σ₀ of that 15 before + that 16 before. */
function extendWord(word: usize, fifteenth: usize, seventh: usize, second: usize): void {
  const small = i32x4.add(smallSigma0(v128.load(fifteenth)), smallSigma1(v128.load(second)));
  v128.store(word, i32x4.add(i32x4.add(v128.load(word), v128.load(seventh)), small));
}

/** h + Ch(e, f, g) + K + W. Sums are ordered so that what a round waits for, Σ₁(e) and Σ₀(a), comes last. */
function roundSum(word: v128, constant: v128, e: v128, f: v128, g: v128, h: v128): v128 {
  const choice = v128.xor(g, v128.and(e, v128.xor(f, g)));
  return i32x4.add(i32x4.add(i32x4.add(word, constant), h), choice);
}

function majority(a: v128, b: v128, c: v128): v128 {
  return v128.xor(b, v128.and(v128.xor(a, b), v128.xor(b, c)));
}

function bigSigma0(a: v128): v128 {
  return v128.xor(v128.xor(rotateRight(a, 2), rotateRight(a, 13)), rotateRight(a, 22));
}

function bigSigma1(e: v128): v128 {
  return v128.xor(v128.xor(rotateRight(e, 6), rotateRight(e, 11)), rotateRight(e, 25));
}

function smallSigma0(x: v128): v128 {
  return v128.xor(v128.xor(rotateRight(x, 7), rotateRight(x, 18)), i32x4.shr_u(x, 3));
}

function smallSigma1(x: v128): v128 {
  return v128.xor(v128.xor(rotateRight(x, 17), rotateRight(x, 19)), i32x4.shr_u(x, 10));
}

function rotateRight(x: v128, by: i32): v128 {
  return v128.or(i32x4.shr_u(x, by), i32x4.shl(x, 32 - by));
}

/** Loads 64 bytes from each of four addresses as a block: big-endian words, an address a lane. */
export function loadBlock(schedule: usize, at0: usize, at1: usize, at2: usize, at3: usize): void {
  for (let offset: usize = 0; offset < BLOCK_BYTES; offset += 16) {
    transposeWords(
      schedule + 4 * offset,
      swapBytes(v128.load(at0 + offset)),
      swapBytes(v128.load(at1 + offset)),
      swapBytes(v128.load(at2 + offset)),
      swapBytes(v128.load(at3 + offset)),
    );
  }
}

/** Stores the state's four digests, 32 bytes each, `stride` bytes apart. `temporary` has room for a state. */
export function storeDigests(state: usize, out: usize, stride: usize, temporary: usize): void {
  for (let half: usize = 0; half < 2; half++) {
    const from = state + 64 * half;
    transposeWords(temporary, v128.load(from), v128.load(from, 16), v128.load(from, 32), v128.load(from, 48));
    for (let lane: usize = 0; lane < 4; lane++) {
      v128.store(out + lane * stride + 16 * half, swapBytes(v128.load(temporary + 16 * lane)));
    }
  }
}

/** Four vectors of four words, transposed, at `out`. */
function transposeWords(out: usize, a: v128, b: v128, c: v128, d: v128): void {
  const abLow = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const cdLow = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const cdHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<i64>(abLow, cdLow, 0, 2));
  v128.store(out, v128.shuffle<i64>(abLow, cdLow, 1, 3), 16);
  v128.store(out, v128.shuffle<i64>(abHigh, cdHigh, 0, 2), 32);
  v128.store(out, v128.shuffle<i64>(abHigh, cdHigh, 1, 3), 48);
}

function swapBytes(x: v128): v128 {
  return v128.shuffle<u8>(x, x, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
}
