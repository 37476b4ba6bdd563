// f32 multiply-adds on registers alone: {CHAINS} sums of four that do not wait for each other, nothing read, and one
// word written so that nothing is left out.
@group(0) @binding(0) var<uniform> work : vec4<u32>;
@group(0) @binding(1) var<storage, read_write> out : array<u32>;

@compute @workgroup_size({THREADS})
fn main(@builtin(global_invocation_id) id : vec3<u32>) {
  // Known only here: a compiler cannot work the sums out beforehand.
  let factor = vec4<f32>(f32(work.y) * 1e-9);
  let term = vec4<f32>(f32(work.z) * 1e-9);
//#unroll i CHAINS
  var sum{i} = vec4<f32>(f32(id.x + {i}u));
//#end
  for (var round = 0u; round < work.x; round++) {
//#unroll step STEPS
//#unroll i CHAINS
    sum{i} = fma(sum{i}, factor, term);
//#end
//#end
  }
  var all = vec4<f32>();
//#unroll i CHAINS
  all += sum{i};
//#end
  out[id.x] = bitcast<u32>(all.x + all.y + all.z + all.w);
}
