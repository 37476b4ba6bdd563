// Freivalds' check of rows of C (matrix-mult-v1.md, "Self-check"): |Cᵢⱼ| ≤ inner·2^14, and A(Br) ≡ Cr modulo 2^31 − 1 for
// both vectors. A workgroup checks a row.
struct Check {
  inner : u32,
  columns : u32,
  words : u32,
  stride : u32,
  // Row of C that the band begins with, and the first of the band's rows to check.
  bandRow : u32,
  firstRow : u32,
}

struct Verdict {
  // Rows that were looked at: a device that does nothing must not pass.
  checked : atomic<u32>,
  outOfRange : atomic<u32>,
  unequal : atomic<u32>,
}

@group(0) @binding(0) var<uniform> params : Check;
@group(0) @binding(1) var<storage, read> a : array<u32>;
@group(0) @binding(2) var<storage, read> c : array<i32>;
@group(0) @binding(3) var<storage, read> r : array<u32>;
@group(0) @binding(4) var<storage, read> br : array<u32>;
@group(0) @binding(5) var<storage, read_write> verdict : Verdict;

const THREADS = 64u;

// Cr − A(Br) of each thread's part, for both vectors, and whether a value was out of range.
var<workgroup> partial0 : array<u32, THREADS>;
var<workgroup> partial1 : array<u32, THREADS>;
var<workgroup> outOfRange : atomic<u32>;

fn unpack(word : u32) -> vec4<i32> {
  return vec4<i32>(vec4<u32>(word) << vec4<u32>(24u, 16u, 8u, 0u)) >> vec4<u32>(24u);
}

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) thread : u32, @builtin(workgroup_id) group : vec3<u32>) {
  let row = params.firstRow + group.x;
//#unroll v VECTORS
  var sum{v} = 0u;
//#end
  let bound = i32(params.inner << 14u);
  for (var j = thread; j < params.columns; j += THREADS) {
    let value = c[row * params.stride + j];
    if (value > bound || value < -bound) {
      atomicStore(&outOfRange, 1u);
    }
    let factor = reduceSigned(max(value, -i32(P)));
//#unroll v VECTORS
    sum{v} = add(sum{v}, multiply(factor, r[{v}u * params.columns + j]));
//#end
  }
  for (var k = thread; k < params.words; k += THREADS) {
    let four = unpack(a[(params.bandRow + row) * params.words + k]);
//#unroll v VECTORS
//#unroll i LANES
    sum{v} = add(sum{v}, P - multiply(reduceSigned(four[{i}]), br[{v}u * params.words * 4u + k * 4u + {i}u]));
//#end
//#end
  }
//#unroll v VECTORS
  partial{v}[thread] = sum{v};
//#end
  workgroupBarrier();
  if (thread > 0u) {
    return;
  }
//#unroll v VECTORS
  var difference{v} = 0u;
//#end
  for (var t = 0u; t < THREADS; t++) {
//#unroll v VECTORS
    difference{v} = add(difference{v}, partial{v}[t]);
//#end
  }
  atomicAdd(&verdict.checked, 1u);
  if (atomicLoad(&outOfRange) != 0u) {
    atomicAdd(&verdict.outOfRange, 1u);
  }
  if ((difference0 | difference1) != 0u) {
    atomicAdd(&verdict.unequal, 1u);
  }
}
