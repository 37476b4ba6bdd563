import type { KernelName } from '../../../src-shared/ipc/kernel-choice';
import type { Shape } from '../../../src-shared/matrix-mult/shape';
import type { ProductEngine, ProductOptions, ProductRequest } from '../engine';
import type { Pacer } from '../pacer';
import type { OpenAdapter } from './open-adapter';
import { PreparedProduct } from './prepared-product';
import { runSlices } from './slices';

const WORD_BYTES = 4;

/** What comes back of C: one band is computed while the one before is read. */
type BandBuffers = { readonly c: GPUBuffer; readonly bound: GPUBindGroup; readonly readBack: GPUBuffer[] };

/** A kernel compiled for one shape, with all it needs. */
type Kept = { readonly product: PreparedProduct; readonly band: BandBuffers };

/** The exact product on a graphics adapter, its operands from here and C back here. */
export class AdapterProduct {
  readonly #adapter: OpenAdapter;
  readonly #pacer: Pacer;
  #kept: Kept | null = null;

  constructor(adapter: OpenAdapter, pacer: Pacer) {
    this.#adapter = adapter;
    this.#pacer = pacer;
  }

  /** This adapter with one of its kernels, as an engine. */
  with(kernel: KernelName): ProductEngine {
    return { name: 'webgpu', multiply: (request, options) => this.multiply(kernel, request, options) };
  }

  /** As `ProductEngine.multiply`. @throws also AppError `invalid_matrix_size` where the adapter has no room */
  multiply(kernel: KernelName, request: ProductRequest, options: ProductOptions): Promise<Int32Array> {
    const work = async () => this.#run(await this.#prepare(kernel, request.shape), request, options);
    return this.#adapter.run(work, options.signal).catch((error) => {
      if (!options.signal.aborted) this.forget();
      throw error;
    });
  }

  /** The dispatches of the last product of this shape alone: its operands are on the adapter still. @returns ms */
  time(kernel: KernelName, shape: Shape, options: ProductOptions): Promise<number> {
    return this.#adapter.run(async () => {
      const { product, band } = await this.#prepare(kernel, shape);
      const started = performance.now();
      const submit = (first: number, count: number) => product.submit(band.bound, first, count);
      const { tiles: total, mostTiles: most, bandTiles: boundary } = product;
      await runSlices({ total, most, boundary, submit }, product.tuning.product, this.#pacer, options);
      return performance.now() - started;
    }, options.signal);
  }

  /** Lets the buffers go. */
  forget(): void {
    if (this.#kept === null) return;
    const { product, band } = this.#kept;
    this.#kept = null;
    product.destroy();
    for (const buffer of [band.c, ...band.readBack]) buffer.destroy();
  }

  /** The kernel and buffers for a shape; those of the last are used again. */
  async #prepare(name: KernelName, shape: Shape): Promise<Kept> {
    if (this.#kept?.product.isOf(name, shape)) return this.#kept;
    this.forget();
    const product = await PreparedProduct.create(this.#adapter, name, shape);
    const { device } = this.#adapter;
    const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
    const size = product.bandBytes;
    const c = device.createBuffer({ size, usage: STORAGE | COPY_SRC });
    const readBack = [0, 1].map(() => device.createBuffer({ size, usage: MAP_READ | COPY_DST }));
    this.#kept = { product, band: { c, bound: product.bind(c), readBack } };
    return this.#kept;
  }

  async #run(
    { product, band }: Kept,
    { shape, a, bTransposed }: ProductRequest,
    options: ProductOptions,
  ): Promise<Int32Array> {
    product.upload(a, bTransposed);
    const c = new Int32Array(shape.rows * shape.columns);
    const submit = (first: number, count: number) => this.#submit(product, band, c, first, count);
    const { tiles: total, mostTiles: most, bandTiles: boundary } = product;
    await runSlices({ total, most, boundary, submit }, product.tuning.product, this.#pacer, options);
    return c;
  }

  /** One slice; the last of a band brings the band back into C. */
  async #submit(product: PreparedProduct, band: BandBuffers, c: Int32Array, first: number, count: number) {
    const { device } = this.#adapter;
    const { bandTiles, tiles } = product;
    const end = first + count;
    if (end % bandTiles !== 0 && end !== tiles) return product.submit(band.bound, first, count);
    const encoder = device.createCommandEncoder();
    product.encode(encoder, band.bound, first, count);
    const index = Math.floor(first / bandTiles);
    // Two slices at most are in flight, so whoever read this buffer before is done with it.
    const readBack = band.readBack[index % 2];
    if (readBack === undefined) throw new Error('no buffer to read back to');
    const bytes = product.rowsOf(index) * product.kernel.paddedColumns * WORD_BYTES;
    encoder.copyBufferToBuffer(band.c, 0, readBack, 0, bytes);
    device.queue.submit([encoder.finish()]);
    await readBack.mapAsync(GPUMapMode.READ, 0, bytes);
    copyRows(product, new Int32Array(readBack.getMappedRange(0, bytes)), index, c);
    readBack.unmap();
  }
}

/** Takes a band's rows over into C, leaving the padding behind. */
function copyRows({ kernel }: PreparedProduct, band: Int32Array, index: number, c: Int32Array): void {
  const { paddedColumns, bandRows } = kernel;
  const { rows, columns } = kernel.shape;
  const count = Math.min(band.length / paddedColumns, rows - index * bandRows);
  for (let row = 0; row < count; row += 1) {
    const from = row * paddedColumns;
    c.set(band.subarray(from, from + columns), (index * bandRows + row) * columns);
  }
}
