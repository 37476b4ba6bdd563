// Digests of the chunks of C's rows (matrix-mult-v1.md, "Commitment"): SHA-256 of a header of 64 bytes and up to 256
// values. A thread hashes a chunk.
struct Chunks {
  seed : array<vec4<u32>, 2>,
  columns : u32,
  // Row of C that the band begins with, first row of the band to hash, how many, words of a row of the band.
  bandRow : u32,
  firstRow : u32,
  rows : u32,
  stride : u32,
  // Chunks of a row, and the node that the first row's first digest goes to.
  chunks : u32,
  out : u32,
}

@group(0) @binding(0) var<uniform> params : Chunks;
@group(0) @binding(1) var<storage, read> c : array<i32>;
@group(0) @binding(2) var<storage, read_write> nodes : array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id : vec3<u32>) {
  if (id.x >= params.rows * params.chunks) {
    return;
  }
  let row = id.x / params.chunks;
  let chunk = id.x % params.chunks;
  let values = min(256u, params.columns - chunk * 256u);
  let start = (params.firstRow + row) * params.stride + chunk * 256u;
  // 0x00 ‖ "CPC matrix_mult_v1", then columns, row, chunk, seed.
  var block = array<u32, 16>(
    0x00435043u, 0x206d6174u, 0x7269785fu, 0x6d756c74u, 0x5f763100u, swapBytes(params.columns),
    swapBytes(params.bandRow + params.firstRow + row), swapBytes(chunk),
    params.seed[0].x, params.seed[0].y, params.seed[0].z, params.seed[0].w,
    params.seed[1].x, params.seed[1].y, params.seed[1].z, params.seed[1].w,
  );
  var state = initialState();
  // The header's block, the values' blocks, and what the end mark and the length of the message need beyond.
  let blocks = 1u + (values + 3u + 15u) / 16u;
  for (var b = 0u; b < blocks; b++) {
    if (b > 0u) {
      let first = (b - 1u) * 16u;
//#unroll i SCHEDULE_WORDS
      block[{i}] = wordAt(start, first + {i}u, values);
//#end
      if (b + 1u == blocks) {
        block[15] = (64u + values * 4u) * 8u;
      }
    }
    state = compress(state, block);
  }
  let at = (params.out + id.x) * 8u;
//#unroll i DIGEST_WORDS
  nodes[at + {i}u] = state[{i}];
//#end
}

fn wordAt(start : u32, index : u32, values : u32) -> u32 {
  if (index < values) {
    return swapBytes(bitcast<u32>(c[start + index]));
  }
  return select(0u, 0x80000000u, index == values);
}
