// ChaCha20's key stream (RFC 8439, section 2.3), a block of 64 bytes a thread. The nonce is one byte and eleven zeros.
struct Stream {
  key : array<vec4<u32>, 2>,
  nonce : u32,
  firstBlock : u32,
  blocks : u32,
}

@group(0) @binding(0) var<uniform> params : Stream;
@group(0) @binding(1) var<storage, read_write> stream : array<vec4<u32>>;

fn rotateLeft(value : vec4<u32>, by : u32) -> vec4<u32> {
  return (value << vec4<u32>(by)) | (value >> vec4<u32>(32u - by));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id : vec3<u32>) {
  if (id.x >= params.blocks) {
    return;
  }
  let first = vec4<u32>(0x61707865u, 0x3320646eu, 0x79622d32u, 0x6b206574u);
  let last = vec4<u32>(params.firstBlock + id.x, params.nonce, 0u, 0u);
  var a = first;
  var b = params.key[0];
  var c = params.key[1];
  var d = last;
  // Each round works on the four columns, or the four diagonals, at once.
  for (var round = 0u; round < 10u; round++) {
//#unroll diagonal BOTH
    a += b; d = rotateLeft(d ^ a, 16u);
    c += d; b = rotateLeft(b ^ c, 12u);
    a += b; d = rotateLeft(d ^ a, 8u);
    c += d; b = rotateLeft(b ^ c, 7u);
    if ({diagonal} == 0) {
      b = b.yzwx; c = c.zwxy; d = d.wxyz;
    } else {
      b = b.wxyz; c = c.zwxy; d = d.yzwx;
    }
//#end
  }
  stream[id.x * 4u] = a + first;
  stream[id.x * 4u + 1u] = b + params.key[0];
  stream[id.x * 4u + 2u] = c + params.key[1];
  stream[id.x * 4u + 3u] = d + last;
}
