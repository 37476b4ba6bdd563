// Cuts a key stream into rows of `inner` bytes, each padded with zeros to whole words: an operand as the product kernels read
// it. A thread makes a word.
struct Rows {
  // Where the first row begins in the stream, in bytes; bytes of a row; its words with the padding; rows to make; the
  // operand's row that the first of them is.
  start : u32,
  inner : u32,
  words : u32,
  rows : u32,
  firstRow : u32,
}

@group(0) @binding(0) var<uniform> params : Rows;
@group(0) @binding(1) var<storage, read> stream : array<u32>;
@group(0) @binding(2) var<storage, read_write> operand : array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id : vec3<u32>) {
  if (id.x >= params.rows * params.words) {
    return;
  }
  let row = id.x / params.words;
  let at = (id.x % params.words) * 4u;
  let out = (params.firstRow + row) * params.words + id.x % params.words;
  if (at >= params.inner) {
    operand[out] = 0u;
    return;
  }
  let byte = params.start + row * params.inner + at;
  let shift = (byte & 3u) * 8u;
  var word = stream[byte >> 2u] >> shift;
  if (shift > 0u) {
    word |= stream[(byte >> 2u) + 1u] << (32u - shift);
  }
  let left = params.inner - at;
  operand[out] = select(word & ((1u << ((left & 3u) * 8u)) - 1u), word, left >= 4u);
}
