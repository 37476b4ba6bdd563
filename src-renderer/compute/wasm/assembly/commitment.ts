import { BLOCK_BYTES, compress, loadBlock, resetState, STATE_BYTES, storeDigests } from './sha256';

/** Bytes of a chunk, 256 int32 values; the last of a row may be shorter (matrix-mult-v1.md, "Commitment"). */
const CHUNK_BYTES: usize = 1024;
const HEADER_BYTES: usize = 64;
/** Where the chunk's index stands in a header. */
const HEADER_CHUNK: usize = 28;
const DIGEST_BYTES: usize = 32;
/** 0x01 and two digests. */
const INNER_NODE_BITS = 520;
const LANES: usize = 4;
/** ASCII `CPC matrix_mult_v1` after the 0x00 that marks a leaf, padded with a zero to offset 20. */
const DOMAIN = memory.data<u8>([
  0x00, 0x43, 0x50, 0x43, 0x20, 0x6d, 0x61, 0x74, 0x72, 0x69, 0x78, 0x5f, 0x6d, 0x75, 0x6c, 0x74, 0x5f, 0x76,
  0x31, 0x00,
]);
const DOMAIN_BYTES: usize = 20;

// A thread's scratch: the schedule, headers and last blocks of four messages, then the nodes of four rows' trees.
const HEADERS: usize = 256;
const LAST_BLOCKS = HEADERS + LANES * HEADER_BYTES;
const TEMPORARY = LAST_BLOCKS + LANES * 2 * BLOCK_BYTES;
const NODES = TEMPORARY + STATE_BYTES;

/**
 * Digests of rows of C: for each the RFC 6962 tree over the hashes of its chunks. Four rows at once.
 * @param c the first row; rows of `columns` int32 follow each other
 * @param rowNumbers address of each row's number in C, u32
 * @param seed address of 32 bytes
 * @param digests 32 bytes a row
 * @param scratch 10 KiB of this thread's own
 */
export function hashRows(
  c: usize,
  columns: usize,
  rows: usize,
  rowNumbers: usize,
  seed: usize,
  digests: usize,
  scratch: usize,
): void {
  const rowBytes = columns * 4;
  for (let row: usize = 0; row < rows; row += LANES) {
    const wanted = min(rows - row, LANES);
    const chunks = hashFourRows(c + row * rowBytes, rowBytes, wanted, rowNumbers + row * 4, seed, scratch);
    foldTree(scratch + NODES, chunks, scratch);
    // All four digests go through the headers, which are done with: only the wanted ones have room at `digests`.
    storeDigests(scratch + NODES, scratch + HEADERS, DIGEST_BYTES, scratch + TEMPORARY);
    memory.copy(digests + row * DIGEST_BYTES, scratch + HEADERS, wanted * DIGEST_BYTES);
  }
}

/** Hashes the chunks of up to four rows into the nodes. @returns how many chunks a row has */
function hashFourRows(
  c: usize,
  rowBytes: usize,
  rows: usize,
  rowNumbers: usize,
  seed: usize,
  scratch: usize,
): usize {
  const headers = scratch + HEADERS;
  for (let lane: usize = 0; lane < LANES; lane++) {
    const number = load<u32>(rowNumbers + min(lane, rows - 1) * 4);
    writeHeader(headers + lane * HEADER_BYTES, <u32>(rowBytes >> 2), number, seed);
  }
  let chunk: usize = 0;
  for (let offset: usize = 0; offset < rowBytes; offset += CHUNK_BYTES) {
    for (let lane: usize = 0; lane < LANES; lane++) {
      store<u32>(headers + lane * HEADER_BYTES, <u32>chunk, HEADER_CHUNK);
    }
    const state = scratch + NODES + chunk * STATE_BYTES;
    hashChunks(state, c + offset, rowBytes, rows, min(rowBytes - offset, CHUNK_BYTES), scratch);
    chunk++;
  }
  return chunk;
}

/** The 64 bytes before a chunk, but for its index. */
function writeHeader(header: usize, columns: u32, row: u32, seed: usize): void {
  memory.copy(header, DOMAIN, DOMAIN_BYTES);
  store<u32>(header, columns, 20);
  store<u32>(header, row, 24);
  v128.store(header, v128.load(seed), 32);
  v128.store(header, v128.load(seed, 16), 48);
}

/** SHA-256 of header ‖ chunk in four lanes; lanes beyond `rows` repeat the last row. */
function hashChunks(
  state: usize,
  chunk: usize,
  rowBytes: usize,
  rows: usize,
  bytes: usize,
  scratch: usize,
): void {
  const headers = scratch + HEADERS;
  const row1 = chunk + rowBytes * min<usize>(1, rows - 1);
  const row2 = chunk + rowBytes * min<usize>(2, rows - 1);
  const row3 = chunk + rowBytes * min<usize>(3, rows - 1);
  resetState(state);
  loadBlock(scratch, headers, headers + HEADER_BYTES, headers + 2 * HEADER_BYTES, headers + 3 * HEADER_BYTES);
  compress(state, scratch);
  let offset: usize = 0;
  for (; offset + BLOCK_BYTES <= bytes; offset += BLOCK_BYTES) {
    loadBlock(scratch, chunk + offset, row1 + offset, row2 + offset, row3 + offset);
    compress(state, scratch);
  }
  const rest = bytes - offset;
  const totalBits = <u32>((HEADER_BYTES + bytes) * 8);
  if (rest === 0) {
    padSchedule(scratch, i32x4.splat(0x80000000), totalBits);
    compress(state, scratch);
    return;
  }
  const last = scratch + LAST_BLOCKS;
  const lastBytes: usize = rest + 9 > BLOCK_BYTES ? 2 * BLOCK_BYTES : BLOCK_BYTES;
  writeLastBlocks(last, chunk + offset, rest, lastBytes, totalBits);
  writeLastBlocks(last + 2 * BLOCK_BYTES, row1 + offset, rest, lastBytes, totalBits);
  writeLastBlocks(last + 4 * BLOCK_BYTES, row2 + offset, rest, lastBytes, totalBits);
  writeLastBlocks(last + 6 * BLOCK_BYTES, row3 + offset, rest, lastBytes, totalBits);
  for (let block: usize = 0; block < lastBytes; block += BLOCK_BYTES) {
    const from = last + block;
    loadBlock(scratch, from, from + 2 * BLOCK_BYTES, from + 4 * BLOCK_BYTES, from + 6 * BLOCK_BYTES);
    compress(state, scratch);
  }
}

/** A last block that holds only padding (FIPS 180-4, section 5.1.1), or a word and padding. */
function padSchedule(schedule: usize, first: v128, totalBits: u32): void {
  v128.store(schedule, first);
  for (let word = schedule + 16; word < schedule + 240; word += 16) v128.store(word, i32x4.splat(0));
  v128.store(schedule, i32x4.splat(totalBits), 240);
}

/** What is left of a message, with its padding (FIPS 180-4, section 5.1.1). */
function writeLastBlocks(out: usize, from: usize, rest: usize, bytes: usize, totalBits: u32): void {
  memory.fill(out, 0, bytes);
  memory.copy(out, from, rest);
  store<u8>(out + rest, 0x80);
  store<u32>(out + bytes - 4, bswap<u32>(totalBits));
}

/**
 * The root of the tree over `count` nodes, in the first of them. Splitting at the largest power of two below the count
 * is the same as pairing from the left, level by level, an odd last node moving up as it is.
 */
function foldTree(nodes: usize, count: usize, schedule: usize): void {
  for (let level = count; level > 1; level = (level + 1) >> 1) {
    for (let index: usize = 0; index < level >> 1; index++) {
      const children = nodes + 2 * index * STATE_BYTES;
      // The 16 words of both children become the schedule's first before the parent overwrites any of them.
      for (let word: usize = 0; word < 2 * STATE_BYTES; word += 16) {
        v128.store(schedule + word, v128.load(children + word));
      }
      hashInnerNode(nodes + index * STATE_BYTES, schedule);
    }
    if (level & 1)
      memory.copy(nodes + (level >> 1) * STATE_BYTES, nodes + (level - 1) * STATE_BYTES, STATE_BYTES);
  }
}

/** SHA-256(0x01 ‖ left ‖ right), the children's 16 words being the schedule's first 16. */
function hashInnerNode(state: usize, schedule: usize): void {
  resetState(state);
  const last = v128.load(schedule, 240);
  // One byte in front moves all others by one: from the end, so that each word is read before it is overwritten.
  for (let word = schedule + 240; word > schedule; word -= 16) {
    const moved = v128.or(i32x4.shr_u(v128.load(word), 8), i32x4.shl(v128.load(word - 16), 24));
    v128.store(word, moved);
  }
  v128.store(schedule, v128.or(i32x4.shr_u(v128.load(schedule), 8), i32x4.splat(0x01000000)));
  compress(state, schedule);
  padSchedule(schedule, v128.or(i32x4.shl(last, 24), i32x4.splat(0x00800000)), INNER_NODE_BITS);
  compress(state, schedule);
}

/**
 * The level above in a tree (RFC 6962, section 2.1): four parents at once.
 * @param count of nodes, 32 bytes each, at `nodes`; up to three more must be readable
 * @param parents room for half as many, rounded up to four
 */
export function hashLevel(nodes: usize, count: usize, parents: usize, scratch: usize): void {
  const state = scratch + NODES;
  const pairs = count >> 1;
  for (let pair: usize = 0; pair < pairs; pair += LANES) {
    const from = nodes + pair * 2 * DIGEST_BYTES;
    const left = pairs - pair - 1;
    loadBlock(
      scratch,
      from,
      from + min<usize>(1, left) * 64,
      from + min<usize>(2, left) * 64,
      from + min<usize>(3, left) * 64,
    );
    hashInnerNode(state, scratch);
    storeDigests(state, parents + pair * DIGEST_BYTES, DIGEST_BYTES, scratch + TEMPORARY);
  }
  if (count & 1)
    memory.copy(parents + pairs * DIGEST_BYTES, nodes + (count - 1) * DIGEST_BYTES, DIGEST_BYTES);
}
