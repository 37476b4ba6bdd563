// Arithmetic modulo the Mersenne prime 2^31 − 1; values below it unless said otherwise.
const P = 0x7fffffffu;

/* Any 32 bits, reduced. */
fn reduce(value : u32) -> u32 {
  let folded = (value & P) + (value >> 31u);
  return select(folded, folded - P, folded >= P);
}

fn add(x : u32, y : u32) -> u32 {
  return reduce(x + y);
}

/* x · 2^16: the 31 bits turned by 16. */
fn times65536(x : u32) -> u32 {
  return reduce(((x << 16u) & P) | (x >> 15u));
}

fn multiply(x : u32, y : u32) -> u32 {
  let xHigh = x >> 16u;
  let xLow = x & 0xffffu;
  let yHigh = y >> 16u;
  let yLow = y & 0xffffu;
  // 2^32 is 2, and the high halves' product is below 2^30.
  let high = reduce(2u * xHigh * yHigh);
  let middle = times65536(add(reduce(xHigh * yLow), reduce(xLow * yHigh)));
  return add(add(high, middle), reduce(xLow * yLow));
}

/* A signed value above −2^31, reduced. */
fn reduceSigned(value : i32) -> u32 {
  return reduce(select(u32(value), u32(value + i32(P)), value < 0));
}
