import type { ProductOptions } from '../engine';
import type { Pacer } from '../pacer';
import { DigestTree, levelsOf, nodesOf } from '../wasm/digest-tree';
import hashChunks from './hash-chunks.wgsl?raw';
import hashPairs from './hash-pairs.wgsl?raw';
import { Pass, workgroupsFor } from './pass';
import type { PreparedProduct } from './prepared-product';
import { readBack } from './read-back';
import sha256 from './sha256.wgsl?raw';
import { runSlices } from './slices';

const DIGEST_BYTES = 32;
const CHUNK_VALUES = 256;
// Rows hashed at a time: with them the room for their chunks' digests is bounded.
const MOST_ROWS = 256;

/** Commits to a C that is on the adapter (matrix-mult-v1.md, "Commitment"); only digests come back. */
export class AdapterCommitment {
  readonly #device: GPUDevice;
  readonly #chunks: Pass;
  readonly #pairs: Pass;

  private constructor(device: GPUDevice, chunks: Pass, pairs: Pass) {
    this.#device = device;
    this.#chunks = chunks;
    this.#pairs = pairs;
  }

  static async create(device: GPUDevice): Promise<AdapterCommitment> {
    const [chunks, pairs] = await Promise.all([
      Pass.create(device, sha256, hashChunks),
      Pass.create(device, sha256, hashPairs),
    ]);
    return new AdapterCommitment(device, chunks, pairs);
  }

  /** The tree over the rows of C. @param bands C, in the product's bands */
  async commit(
    product: PreparedProduct,
    bands: readonly GPUBuffer[],
    seed: Uint8Array,
    pacer: Pacer,
    options: ProductOptions,
  ): Promise<DigestTree> {
    const { shape, bandRows } = product.kernel;
    const { rows } = shape;
    const chunks = Math.ceil(shape.columns / CHUNK_VALUES);
    const treeNodes = nodesOf(rows);
    // The rows' tree, and after it the digests of some rows' chunks and those of the level above.
    const nodes = this.#device.createBuffer({
      size: (treeNodes + MOST_ROWS * (chunks + Math.ceil(chunks / 2))) * DIGEST_BYTES,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    });
    try {
      const key = wordsOf(seed);
      const submit = (first: number, count: number) => {
        const c = bands[Math.floor(first / bandRows)];
        if (c === undefined) throw new Error('no such band');
        this.#hashRows(product, c, nodes, key, { first, count, chunks, scratch: treeNodes });
        return this.#device.queue.onSubmittedWorkDone();
      };
      const work = { total: rows, most: MOST_ROWS, boundary: bandRows, submit };
      await runSlices(work, product.tuning.hash, pacer, options);
      this.#hashTree(nodes, rows);
      return new DigestTree(await this.#digests(nodes, treeNodes), rows);
    } finally {
      nodes.destroy();
    }
  }

  /** Digests of rows of one band: their chunks' first, then the levels above, the last into the rows' tree. */
  #hashRows(
    { kernel: { shape, paddedColumns, bandRows } }: PreparedProduct,
    c: GPUBuffer,
    nodes: GPUBuffer,
    seed: readonly number[],
    { first, count, chunks, scratch }: { first: number; count: number; chunks: number; scratch: number },
  ): void {
    const bandRow = first - (first % bandRows);
    const { columns } = shape;
    const chunkParams = [...seed, columns, bandRow, first - bandRow, count, paddedColumns, chunks, scratch];
    this.#chunks.submit(chunkParams, [c, nodes], workgroupsFor(count * chunks));
    let from = { at: scratch, stride: chunks };
    let other = { at: scratch + MOST_ROWS * chunks, stride: Math.ceil(chunks / 2) };
    for (let left = chunks; left > 0; ) {
      const parents = Math.ceil(left / 2);
      const to = parents === 1 ? { at: first, stride: 1 } : other;
      this.#hashLevel(nodes, left, count, from, to);
      [from, other] = [to, from];
      left = parents === 1 ? 0 : parents;
    }
  }

  #hashTree(nodes: GPUBuffer, rows: number): void {
    const levels = levelsOf(rows);
    for (const [height, { first, count }] of levels.entries()) {
      const above = levels[height + 1];
      if (above === undefined) continue;
      this.#hashLevel(nodes, count, 1, { at: first, stride: 0 }, { at: above.first, stride: 0 });
    }
  }

  #hashLevel(
    nodes: GPUBuffer,
    count: number,
    trees: number,
    from: { at: number; stride: number },
    to: { at: number; stride: number },
  ): void {
    const params = [count, trees, from.at, from.stride, to.at, to.stride];
    this.#pairs.submit(params, [nodes], workgroupsFor(Math.ceil(count / 2) * trees));
  }

  /** Digests as bytes: on the adapter they are words, their first byte the highest. */
  async #digests(nodes: GPUBuffer, count: number): Promise<Uint8Array> {
    const words = await readBack(this.#device, nodes, count * DIGEST_BYTES);
    const bytes = new Uint8Array(words.length * 4);
    const view = new DataView(bytes.buffer);
    for (const [index, word] of words.entries()) view.setUint32(index * 4, word);
    return bytes;
  }
}

/** Eight words, their first byte the highest. */
function wordsOf(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 4 }, (_, index) => view.getUint32(index * 4));
}
