// SHA-256 (FIPS 180-4), words as the standard counts them: the first byte is the highest. Rounds are written out, so
// that the schedule stays in registers.
const K = array<u32, 64>(
  0x428a2f98u, 0x71374491u, 0xb5c0fbcfu, 0xe9b5dba5u, 0x3956c25bu, 0x59f111f1u, 0x923f82a4u, 0xab1c5ed5u,
  0xd807aa98u, 0x12835b01u, 0x243185beu, 0x550c7dc3u, 0x72be5d74u, 0x80deb1feu, 0x9bdc06a7u, 0xc19bf174u,
  0xe49b69c1u, 0xefbe4786u, 0x0fc19dc6u, 0x240ca1ccu, 0x2de92c6fu, 0x4a7484aau, 0x5cb0a9dcu, 0x76f988dau,
  0x983e5152u, 0xa831c66du, 0xb00327c8u, 0xbf597fc7u, 0xc6e00bf3u, 0xd5a79147u, 0x06ca6351u, 0x14292967u,
  0x27b70a85u, 0x2e1b2138u, 0x4d2c6dfcu, 0x53380d13u, 0x650a7354u, 0x766a0abbu, 0x81c2c92eu, 0x92722c85u,
  0xa2bfe8a1u, 0xa81a664bu, 0xc24b8b70u, 0xc76c51a3u, 0xd192e819u, 0xd6990624u, 0xf40e3585u, 0x106aa070u,
  0x19a4c116u, 0x1e376c08u, 0x2748774cu, 0x34b0bcb5u, 0x391c0cb3u, 0x4ed8aa4au, 0x5b9cca4fu, 0x682e6ff3u,
  0x748f82eeu, 0x78a5636fu, 0x84c87814u, 0x8cc70208u, 0x90befffau, 0xa4506cebu, 0xbef9a3f7u, 0xc67178f2u,
);

fn initialState() -> array<u32, 8> {
  return array<u32, 8>(
    0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au, 0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u,
  );
}

fn rotateRight(value : u32, by : u32) -> u32 {
  return (value >> by) | (value << (32u - by));
}

fn swapBytes(value : u32) -> u32 {
  return (value << 24u) | ((value & 0xff00u) << 8u) | ((value >> 8u) & 0xff00u) | (value >> 24u);
}

/* The state after one block of 16 words. */
fn compress(before : array<u32, 8>, block : array<u32, 16>) -> array<u32, 8> {
  var w = block;
  var a = before[0];
  var b = before[1];
  var c = before[2];
  var d = before[3];
  var e = before[4];
  var f = before[5];
  var g = before[6];
  var h = before[7];
  var t1 = 0u;
  var t2 = 0u;
//#unroll group ROUND_GROUPS
//#unroll i SCHEDULE_WORDS
  if ({group}u > 0u) {
    let w15 = w[({i}u + 1u) & 15u];
    let w2 = w[({i}u + 14u) & 15u];
    w[{i}u] += (rotateRight(w15, 7u) ^ rotateRight(w15, 18u) ^ (w15 >> 3u)) + w[({i}u + 9u) & 15u]
        + (rotateRight(w2, 17u) ^ rotateRight(w2, 19u) ^ (w2 >> 10u));
  }
  t1 = h + (rotateRight(e, 6u) ^ rotateRight(e, 11u) ^ rotateRight(e, 25u)) + ((e & f) ^ (~e & g))
      + K[{group}u * 16u + {i}u] + w[{i}u];
  t2 = (rotateRight(a, 2u) ^ rotateRight(a, 13u) ^ rotateRight(a, 22u)) + ((a & b) ^ (a & c) ^ (b & c));
  h = g;
  g = f;
  f = e;
  e = d + t1;
  d = c;
  c = b;
  b = a;
  a = t1 + t2;
//#end
//#end
  return array<u32, 8>(before[0] + a, before[1] + b, before[2] + c, before[3] + d, before[4] + e, before[5] + f,
                       before[6] + g, before[7] + h);
}
