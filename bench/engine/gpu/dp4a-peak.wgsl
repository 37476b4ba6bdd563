// Packed integer dot products on registers alone: {CHAINS} sums that do not wait for each other, nothing read, and one
// word written so that nothing is left out.
requires packed_4x8_integer_dot_product;

@group(0) @binding(0) var<uniform> work : vec4<u32>;
@group(0) @binding(1) var<storage, read_write> out : array<u32>;

@compute @workgroup_size({THREADS})
fn main(@builtin(global_invocation_id) id : vec3<u32>) {
  // Known only here: a compiler cannot work the sums out beforehand.
  let factors = work.y;
//#unroll i CHAINS
  var sum{i} = id.x + {i}u;
//#end
  for (var round = 0u; round < work.x; round++) {
//#unroll step STEPS
//#unroll i CHAINS
    sum{i} += u32(dot4I8Packed(sum{i}, factors));
//#end
//#end
  }
  var all = 0u;
//#unroll i CHAINS
  all += sum{i};
//#end
  out[id.x] = all;
}
