// Tiled, with the packed integer dot product (DP4a where the adapter has it): a workgroup computes a tile of
// {TILE}×{TILE}, {K_WORDS} words of k at a time through workgroup memory, a thread {ROWS}×{COLUMNS} of it. Sums are
// exact in i32.
requires packed_4x8_integer_dot_product;

struct Slice { firstTile : u32, tileRows : u32, firstRow : u32 }

@group(0) @binding(0) var<uniform> slice : Slice;
@group(0) @binding(1) var<storage, read> a : array<u32, {A_WORDS}>;
@group(0) @binding(2) var<storage, read> bTransposed : array<u32, {B_WORDS}>;
@group(0) @binding(3) var<storage, read_write> c : array<i32, {C_WORDS}>;

// Word k of the tile's rows (columns) side by side, so that neighbouring threads read neighbouring words.
var<workgroup> aTile : array<u32, {TILE_WORDS}>;
var<workgroup> bTile : array<u32, {TILE_WORDS}>;

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
  var sum{i}_{j} = 0i;
//#end
//#end
  for (var k = 0u; k < {WORDS}u; k += {K_WORDS}u) {
//#unroll l LOADS
    aTile[loadK * {TILE}u + loadLine + {l}u * {LOAD_LINES}u] =
        a[(slice.firstRow + tileRow + loadLine + {l}u * {LOAD_LINES}u) * {WORDS}u + k + loadK];
    bTile[loadK * {TILE}u + loadLine + {l}u * {LOAD_LINES}u] =
        bTransposed[(tileColumn + loadLine + {l}u * {LOAD_LINES}u) * {WORDS}u + k + loadK];
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
      sum{i}_{j} += dot4I8Packed(a{i}, b{j});
//#end
//#end
    }
    workgroupBarrier();
  }
//#unroll i ROWS
//#unroll j COLUMNS
  c[(tileRow + row + {i}u) * {STRIDE}u + tileColumn + column + {j}u] = sum{i}_{j};
//#end
//#end
}
