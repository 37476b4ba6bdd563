// Tiled, in f32: operands are unpacked once, into workgroup memory, and multiplied as vectors of four. Products of int8
// summed in f32 are exact below 2^24, that is for 1024 terms; longer sums are moved to i32 in between.
struct Slice { firstTile : u32, tileRows : u32, firstRow : u32 }

@group(0) @binding(0) var<uniform> slice : Slice;
@group(0) @binding(1) var<storage, read> a : array<u32, {A_WORDS}>;
@group(0) @binding(2) var<storage, read> bTransposed : array<u32, {B_WORDS}>;
@group(0) @binding(3) var<storage, read_write> c : array<i32, {C_WORDS}>;

var<workgroup> aTile : array<vec4<f32>, {TILE_WORDS}>;
var<workgroup> bTile : array<vec4<f32>, {TILE_WORDS}>;

fn unpack(word : u32) -> vec4<f32> {
  return vec4<f32>(vec4<i32>(vec4<u32>(word) << vec4<u32>(24u, 16u, 8u, 0u)) >> vec4<u32>(24u));
}

@compute @workgroup_size({THREADS_X}, {THREADS_Y})
fn main(@builtin(local_invocation_id) local : vec3<u32>, @builtin(local_invocation_index) index : u32,
        @builtin(workgroup_id) group : vec3<u32>) {
  let tile = slice.firstTile + group.x;
  let tileRow = (tile % slice.tileRows) * {TILE}u;
  let tileColumn = (tile / slice.tileRows) * {TILE}u;
  let row = local.y * {ROWS}u;
  let column = local.x * {COLUMNS}u;
  let loadK = index % {K_WORDS}u;
  let loadLine = index / {K_WORDS}u;
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
    for (var k = chunk; k < end; k += {K_WORDS}u) {
//#unroll l LOADS
      aTile[loadK * {TILE}u + loadLine + {l}u * {LOAD_LINES}u] =
          unpack(a[(slice.firstRow + tileRow + loadLine + {l}u * {LOAD_LINES}u) * {WORDS}u + k + loadK]);
      bTile[loadK * {TILE}u + loadLine + {l}u * {LOAD_LINES}u] =
          unpack(bTransposed[(tileColumn + loadLine + {l}u * {LOAD_LINES}u) * {WORDS}u + k + loadK]);
//#end
      workgroupBarrier();
      for (var w = 0u; w < {K_WORDS}u; w++) {
//#unroll i ROWS
        let a{i} = aTile[w * {TILE}u + row + {i}u];
//#end
//#unroll j COLUMNS
        let b{j} = bTile[w * {TILE}u + column + {j}u];
//#end
//#unroll i ROWS
//#unroll j COLUMNS
        sum{i}_{j} += dot(a{i}, b{j});
//#end
//#end
      }
      workgroupBarrier();
    }
//#unroll i ROWS
//#unroll j COLUMNS
    total{i}_{j} += i32(sum{i}_{j});
//#end
//#end
  }
//#unroll i ROWS
//#unroll j COLUMNS
  c[(tileRow + row + {i}u) * {STRIDE}u + tileColumn + column + {j}u] = total{i}_{j};
//#end
//#end
}
