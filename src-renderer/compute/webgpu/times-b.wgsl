// B·r modulo 2^31 − 1 for both vectors of the self-check (matrix-mult-v1.md, "Self-check"). A thread makes the four
// elements that share a word of B's columns.
struct Projection {
  columns : u32,
  words : u32,
}

@group(0) @binding(0) var<uniform> params : Projection;
@group(0) @binding(1) var<storage, read> bTransposed : array<u32>;
// The two vectors r, an element a column each.
@group(0) @binding(2) var<storage, read> r : array<u32>;
// The two vectors B·r, 4 · words elements each.
@group(0) @binding(3) var<storage, read_write> br : array<u32>;

// So many products of an int8 and 16 bits fit in 32 bits with their sign.
const TERMS = 256u;

fn unpack(word : u32) -> vec4<i32> {
  return vec4<i32>(vec4<u32>(word) << vec4<u32>(24u, 16u, 8u, 0u)) >> vec4<u32>(24u);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id : vec3<u32>) {
  if (id.x >= params.words) {
    return;
  }
//#unroll v VECTORS
  var total{v} = vec4<u32>(0u);
//#end
  for (var start = 0u; start < params.columns; start += TERMS) {
//#unroll v VECTORS
    var high{v} = vec4<i32>(0);
    var low{v} = vec4<i32>(0);
//#end
    let end = min(start + TERMS, params.columns);
    for (var j = start; j < end; j++) {
      let b = unpack(bTransposed[j * params.words + id.x]);
//#unroll v VECTORS
      let r{v} = r[{v}u * params.columns + j];
      high{v} += b * vec4<i32>(i32(r{v} >> 16u));
      low{v} += b * vec4<i32>(i32(r{v} & 0xffffu));
//#end
    }
//#unroll v VECTORS
//#unroll i LANES
    total{v}[{i}] = add(total{v}[{i}], add(times65536(reduceSigned(high{v}[{i}])), reduceSigned(low{v}[{i}])));
//#end
//#end
  }
//#unroll v VECTORS
//#unroll i LANES
  br[{v}u * params.words * 4u + id.x * 4u + {i}u] = total{v}[{i}];
//#end
//#end
}
