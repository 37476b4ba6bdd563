// Register-only: each thread keeps {ROWS}×{COLUMNS} sums and reads its operands straight from the buffers. Products of
// int8 summed in f32 are exact below 2^24, that is for 1024 terms; longer sums are moved to i32 in between. The best on
// a software adapter, where workgroup memory is a loss.
struct Slice { firstTile : u32, tileRows : u32, firstRow : u32 }

@group(0) @binding(0) var<uniform> slice : Slice;
@group(0) @binding(1) var<storage, read> a : array<u32, {A_WORDS}>;
@group(0) @binding(2) var<storage, read> bTransposed : array<u32, {B_WORDS}>;
@group(0) @binding(3) var<storage, read_write> c : array<i32, {C_WORDS}>;

fn unpack(word : u32) -> vec4<f32> {
  return vec4<f32>(vec4<i32>(vec4<u32>(word) << vec4<u32>(24u, 16u, 8u, 0u)) >> vec4<u32>(24u));
}

@compute @workgroup_size({THREADS_X}, {THREADS_Y})
fn main(@builtin(local_invocation_id) local : vec3<u32>, @builtin(workgroup_id) group : vec3<u32>) {
  let tile = slice.firstTile + group.x;
  let row = (tile % slice.tileRows) * {TILE}u + local.y * {ROWS}u;
  let column = (tile / slice.tileRows) * {TILE}u + local.x * {COLUMNS}u;
//#unroll i ROWS
  let a{i}Start = (slice.firstRow + row + {i}u) * {WORDS}u;
//#end
//#unroll j COLUMNS
  let b{j}Start = (column + {j}u) * {WORDS}u;
//#end
//#unroll i ROWS
//#unroll j COLUMNS
  var total{i}_{j} = 0i;
//#end
//#end
  for (var chunk = 0u; chunk < {WORDS}u; chunk += {CHUNK_WORDS}u) {
//#unroll i ROWS
//#unroll j COLUMNS
    var sum{i}_{j} = 0.0;
//#end
//#end
    let end = min(chunk + {CHUNK_WORDS}u, {WORDS}u);
    for (var k = chunk; k < end; k++) {
//#unroll i ROWS
      let a{i} = unpack(a[a{i}Start + k]);
//#end
//#unroll j COLUMNS
      let b{j} = unpack(bTransposed[b{j}Start + k]);
//#end
//#unroll i ROWS
//#unroll j COLUMNS
      sum{i}_{j} += dot(a{i}, b{j});
//#end
//#end
    }
//#unroll i ROWS
//#unroll j COLUMNS
    total{i}_{j} += i32(sum{i}_{j});
//#end
//#end
  }
//#unroll i ROWS
//#unroll j COLUMNS
  c[(row + {i}u) * {STRIDE}u + column + {j}u] = total{i}_{j};
//#end
//#end
}
