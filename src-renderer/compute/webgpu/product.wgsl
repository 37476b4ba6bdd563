// One value of C a thread, rows FIRST_ROW… of one slice. Operands are int8, four consecutive k in a word; a row of A
// and a column of B take `words` words each, padded with zeros. All sums stay within 2^31 (N · 2^14), so i32 is exact.
struct Shape {
  n : u32,
  words : u32,
  firstRow : u32,
  rows : u32,
}

@group(0) @binding(0) var<uniform> shape : Shape;
@group(0) @binding(1) var<storage, read> a : array<u32>;
@group(0) @binding(2) var<storage, read> bTransposed : array<u32>;
@group(0) @binding(3) var<storage, read_write> c : array<i32>;

fn dot4(x : u32, y : u32) -> i32 {
  let p = vec4<i32>(extractBits(bitcast<i32>(x), 0u, 8u), extractBits(bitcast<i32>(x), 8u, 8u),
                    extractBits(bitcast<i32>(x), 16u, 8u), extractBits(bitcast<i32>(x), 24u, 8u));
  let q = vec4<i32>(extractBits(bitcast<i32>(y), 0u, 8u), extractBits(bitcast<i32>(y), 8u, 8u),
                    extractBits(bitcast<i32>(y), 16u, 8u), extractBits(bitcast<i32>(y), 24u, 8u));
  return dot(p, q);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id : vec3<u32>) {
  let column = id.x;
  let row = id.y;
  if (column >= shape.n || row >= shape.rows) {
    return;
  }
  let aStart = (shape.firstRow + row) * shape.words;
  let bStart = column * shape.words;
  var sum = 0i;
  for (var k = 0u; k < shape.words; k++) {
    sum += dot4(a[aStart + k], bTransposed[bStart + k]);
  }
  c[row * shape.n + column] = sum;
}
