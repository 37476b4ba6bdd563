import type { KernelName } from '../../../src-shared/ipc/kernel-choice';
import { type Shape, sameShape } from '../../../src-shared/matrix-mult/shape';
import { generateKernel, type Kernel } from './kernel';
import type { OpenAdapter } from './open-adapter';
import { packVectors } from './pack';
import { SliceTuning } from './slices';

const WORD_BYTES = 4;
const UNIFORM_BYTES = 16;
// The least that every adapter allows of workgroups in one dispatch (WebGPU, "maxComputeWorkgroupsPerDimension").
const MOST_TILES = 65_535;

/** A kernel compiled for one shape, its operands on the device, and how long its tiles take there. */
export class PreparedProduct {
  readonly kernel: Kernel;
  /** A, padded rows of `words` words, four int8 a word. */
  readonly a: GPUBuffer;
  /** B, padded columns of `words` words. */
  readonly bTransposed: GPUBuffer;
  /** How long the units of each part take at this shape on this adapter. */
  readonly tuning = {
    generate: new SliceTuning(),
    product: new SliceTuning(),
    hash: new SliceTuning(),
    check: new SliceTuning(),
  };
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;
  readonly #slice: GPUBuffer;

  private constructor(device: GPUDevice, kernel: Kernel, pipeline: GPUComputePipeline) {
    this.kernel = kernel;
    this.#device = device;
    this.#pipeline = pipeline;
    const { STORAGE, UNIFORM, COPY_DST } = GPUBufferUsage;
    const operand = (vectors: number) =>
      device.createBuffer({ size: vectors * kernel.words * WORD_BYTES, usage: STORAGE | COPY_DST });
    this.a = operand(kernel.paddedRows);
    this.bTransposed = operand(kernel.paddedColumns);
    this.#slice = device.createBuffer({ size: UNIFORM_BYTES, usage: UNIFORM | COPY_DST });
  }

  /** @throws AppError `invalid_matrix_size` where the adapter has no room for the operands or a band of C */
  static async create(adapter: OpenAdapter, name: KernelName, shape: Shape): Promise<PreparedProduct> {
    const kernel = generateKernel(name, shape);
    const { paddedRows, paddedColumns, words, bandRows } = kernel;
    adapter.requireRoom(
      shape,
      WORD_BYTES * Math.max(paddedRows * words, paddedColumns * Math.max(words, bandRows)),
    );
    const pipeline = await adapter.device.createComputePipelineAsync({
      layout: 'auto',
      compute: { module: adapter.device.createShaderModule({ code: kernel.code }), entryPoint: 'main' },
    });
    return new PreparedProduct(adapter.device, kernel, pipeline);
  }

  isOf(name: KernelName, shape: Shape): boolean {
    return this.kernel.name === name && sameShape(this.kernel.shape, shape);
  }

  /** Brings both operands to the device. @param a row-major @param bTransposed B by columns */
  upload(a: Int8Array, bTransposed: Int8Array): void {
    const { queue } = this.#device;
    const { paddedRows, paddedColumns, words, shape } = this.kernel;
    queue.writeBuffer(this.a, 0, packVectors(a, shape.inner, paddedRows, words));
    queue.writeBuffer(this.bTransposed, 0, packVectors(bTransposed, shape.inner, paddedColumns, words));
  }

  /** Tiles of all of C. They are counted band by band, and within a band column by column. */
  get tiles(): number {
    const { paddedRows, paddedColumns, tile } = this.kernel;
    return (paddedRows / tile) * (paddedColumns / tile);
  }

  /** Tiles of a band that has all its rows. */
  get bandTiles(): number {
    const { paddedColumns, tile, bandRows } = this.kernel;
    return (paddedColumns / tile) * (bandRows / tile);
  }

  get bands(): number {
    return Math.ceil(this.kernel.paddedRows / this.kernel.bandRows);
  }

  get bandBytes(): number {
    return this.kernel.bandRows * this.kernel.paddedColumns * WORD_BYTES;
  }

  /** Most tiles of one dispatch. */
  get mostTiles(): number {
    return Math.min(this.bandTiles, MOST_TILES);
  }

  /** Rows of C, padding included, that a band has. */
  rowsOf(band: number): number {
    const { paddedRows, bandRows } = this.kernel;
    return Math.min(bandRows, paddedRows - band * bandRows);
  }

  /** Binds the operands and the band of C that the tiles go to. */
  bind(band: GPUBuffer): GPUBindGroup {
    return this.#device.createBindGroup({
      layout: this.#pipeline.getBindGroupLayout(0),
      entries: [this.#slice, this.a, this.bTransposed, band].map((buffer, binding) => ({
        binding,
        resource: { buffer },
      })),
    });
  }

  /** Adds the tiles `first` to `first + count − 1`, all of one band, to an encoder that is submitted at once. */
  encode(encoder: GPUCommandEncoder, bound: GPUBindGroup, first: number, count: number): void {
    const { tile, bandRows } = this.kernel;
    const band = Math.floor(first / this.bandTiles);
    const slice = [first % this.bandTiles, this.rowsOf(band) / tile, band * bandRows];
    this.#device.queue.writeBuffer(this.#slice, 0, Uint32Array.from(slice));
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, bound);
    pass.dispatchWorkgroups(count);
    pass.end();
  }

  /** Submits tiles as `encode` adds them; settled once they are done. */
  submit(bound: GPUBindGroup, first: number, count: number): Promise<undefined> {
    const { queue } = this.#device;
    const encoder = this.#device.createCommandEncoder();
    this.encode(encoder, bound, first, count);
    queue.submit([encoder.finish()]);
    return queue.onSubmittedWorkDone();
  }

  destroy(): void {
    for (const buffer of [this.a, this.bTransposed, this.#slice]) buffer.destroy();
  }
}
