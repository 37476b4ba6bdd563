// What is written first: a thread per element of C, a plain loop over k, i32 operands row by row.
@group(0) @binding(0) var<uniform> n : u32;
@group(0) @binding(1) var<storage, read> a : array<i32>;
@group(0) @binding(2) var<storage, read> b : array<i32>;
@group(0) @binding(3) var<storage, read_write> c : array<i32>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id : vec3<u32>) {
  if (id.x >= n || id.y >= n) {
    return;
  }
  var sum = 0i;
  for (var k = 0u; k < n; k++) {
    sum += a[id.y * n + k] * b[k * n + id.x];
  }
  c[id.y * n + id.x] = sum;
}
