// One level of many trees of RFC 6962's shape, side by side: a thread hashes two nodes into their parent, SHA-256(0x01 ‖
// left ‖ right), and a last node without a neighbour moves up as it is.
struct Level {
  // Nodes of a tree at this level, how many trees there are, where the first tree's nodes are and how far the next's.
  count : u32,
  trees : u32,
  source : u32,
  sourceStride : u32,
  parents : u32,
  parentsStride : u32,
}

@group(0) @binding(0) var<uniform> params : Level;
@group(0) @binding(1) var<storage, read_write> nodes : array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id : vec3<u32>) {
  let count = (params.count + 1u) / 2u;
  if (id.x >= count * params.trees) {
    return;
  }
  let tree = id.x / count;
  let parent = id.x % count;
  let left = (params.source + tree * params.sourceStride + 2u * parent) * 8u;
  let out = (params.parents + tree * params.parentsStride + parent) * 8u;
  if (2u * parent + 1u == params.count) {
//#unroll i DIGEST_WORDS
    nodes[out + {i}u] = nodes[left + {i}u];
//#end
    return;
  }
  // The prefix moves all 64 bytes on by one. Two blocks: one loop, so that the rounds are written out once.
  var state = initialState();
  var previous = 0x01u;
  for (var half = 0u; half < 2u; half++) {
    // Written out: not every compiler clears it in each round of the loop.
    var block = array<u32, 16>();
    if (half == 0u) {
//#unroll i SCHEDULE_WORDS
      let word{i} = nodes[left + {i}u];
      block[{i}] = (previous << 24u) | (word{i} >> 8u);
      previous = word{i} & 0xffu;
//#end
    } else {
      block[0] = (previous << 24u) | 0x800000u;
      block[15] = 65u * 8u;
    }
    state = compress(state, block);
  }
//#unroll i DIGEST_WORDS
  nodes[out + {i}u] = state[{i}];
//#end
}
