import type { ProductOptions } from '../engine';
import type { Pacer } from '../pacer';
import keyStream from './key-stream.wgsl?raw';
import packRows from './pack-rows.wgsl?raw';
import { Pass, workgroupsFor } from './pass';
import type { PreparedProduct } from './prepared-product';
import { runSlices } from './slices';

const BLOCK_BYTES = 64;
// Key stream that is in memory at a time, bytes: rows are cut from it slab by slab.
const SLAB_BYTES = 4 * 1024 * 1024;
// First byte of the nonce (matrix-mult-v1.md, "Matrices").
const NONCES = { a: 0x41, bTransposed: 0x42 };

/** Generates operands on the adapter (matrix-mult-v1.md, "Matrices"). */
export class KeyStream {
  readonly #device: GPUDevice;
  readonly #generate: Pass;
  readonly #pack: Pass;
  readonly #slab: GPUBuffer;

  private constructor(device: GPUDevice, generate: Pass, pack: Pass) {
    this.#device = device;
    this.#generate = generate;
    this.#pack = pack;
    // A slab begins within a block and ends within one, and packing reads a word ahead.
    this.#slab = device.createBuffer({ size: SLAB_BYTES + 3 * BLOCK_BYTES, usage: GPUBufferUsage.STORAGE });
  }

  static async create(device: GPUDevice): Promise<KeyStream> {
    const [generate, pack] = await Promise.all([
      Pass.create(device, keyStream),
      Pass.create(device, packRows),
    ]);
    return new KeyStream(device, generate, pack);
  }

  /** Fills one operand of a product from its seed's key stream; the padding is zeros. */
  async fill(
    product: PreparedProduct,
    operand: keyof typeof NONCES,
    seed: Uint8Array,
    pacer: Pacer,
    options: ProductOptions,
  ): Promise<void> {
    const { shape } = product.kernel;
    const { inner } = shape;
    const vectors = operand === 'a' ? shape.rows : shape.columns;
    const key = wordsOf(seed);
    const submit = (first: number, count: number) => {
      this.#submit(product, operand, key, first, count);
      return this.#device.queue.onSubmittedWorkDone();
    };
    const work = {
      total: vectors,
      most: Math.max(1, Math.floor(SLAB_BYTES / inner)),
      boundary: vectors,
      submit,
    };
    await runSlices(work, product.tuning.generate, pacer, options);
  }

  /** The rows `first` to `first + count − 1`. */
  #submit(
    product: PreparedProduct,
    operand: keyof typeof NONCES,
    key: readonly number[],
    first: number,
    count: number,
  ): void {
    const { words } = product.kernel;
    const { inner } = product.kernel.shape;
    const firstBlock = Math.floor((first * inner) / BLOCK_BYTES);
    const blocks = Math.ceil(((first + count) * inner) / BLOCK_BYTES) - firstBlock;
    this.#generate.submit([...key, NONCES[operand], firstBlock, blocks], [this.#slab], workgroupsFor(blocks));
    const start = first * inner - firstBlock * BLOCK_BYTES;
    const buffers = [this.#slab, product[operand]];
    this.#pack.submit([start, inner, words, count, first], buffers, workgroupsFor(count * words));
  }
}

/** Eight words, their first byte the lowest. */
function wordsOf(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 4 }, (_, index) => view.getUint32(index * 4, true));
}
