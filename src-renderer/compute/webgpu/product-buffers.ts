import type { Kernel } from './kernel';
import { packVectors } from './pack';

const UNIFORM_BYTES = 16;
const VALUE_BYTES = 4;
/** Slices that may be on their way at once: one computing, one coming back. */
export const SLICES_IN_FLIGHT = 2;

/** One slice's own buffers: where it starts, its rows of C, and the copy that can be read here. */
export type SliceBuffers = {
  readonly bindGroup: GPUBindGroup;
  readonly firstRow: GPUBuffer;
  readonly band: GPUBuffer;
  readonly readBack: GPUBuffer;
};

/** All a product of one size needs on the device; kept and used again for the next product of that size. */
export class ProductBuffers {
  readonly slices: readonly SliceBuffers[];
  /** Rows of C a slice may have. */
  readonly sliceRows: number;
  readonly #device: GPUDevice;
  readonly #kernel: Kernel;
  readonly #a: GPUBuffer;
  readonly #bTransposed: GPUBuffer;

  /** @param sliceRows a multiple of the kernel's tile */
  constructor(device: GPUDevice, kernel: Kernel, pipeline: GPUComputePipeline, sliceRows: number) {
    this.#device = device;
    this.#kernel = kernel;
    this.sliceRows = sliceRows;
    const { padded, words } = kernel;
    const { STORAGE, UNIFORM, COPY_DST, COPY_SRC, MAP_READ } = GPUBufferUsage;
    const operand = () =>
      device.createBuffer({ size: padded * words * VALUE_BYTES, usage: STORAGE | COPY_DST });
    this.#a = operand();
    this.#bTransposed = operand();
    this.slices = Array.from({ length: SLICES_IN_FLIGHT }, () => {
      const firstRow = device.createBuffer({ size: UNIFORM_BYTES, usage: UNIFORM | COPY_DST });
      const bandBytes = sliceRows * padded * VALUE_BYTES;
      const band = device.createBuffer({ size: bandBytes, usage: STORAGE | COPY_SRC });
      const readBack = device.createBuffer({ size: bandBytes, usage: MAP_READ | COPY_DST });
      const bindGroup = device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: [firstRow, this.#a, this.#bTransposed, band].map((buffer, binding) => ({
          binding,
          resource: { buffer },
        })),
      });
      return { bindGroup, firstRow, band, readBack };
    });
  }

  /** The largest buffer, in bytes, that a product of this kernel needs with slices of `sliceRows`. */
  static largest({ padded, words }: Kernel, sliceRows: number): number {
    return Math.max(padded * words * VALUE_BYTES, sliceRows * padded * VALUE_BYTES);
  }

  /** Brings the operands of the next product onto the device; both n × n int8. */
  upload(a: Int8Array, bTransposed: Int8Array, n: number): void {
    const { padded, words } = this.#kernel;
    this.#device.queue.writeBuffer(this.#a, 0, packVectors(a, n, padded, words));
    this.#device.queue.writeBuffer(this.#bTransposed, 0, packVectors(bTransposed, n, padded, words));
  }

  destroy(): void {
    for (const { firstRow, band, readBack } of this.slices)
      for (const buffer of [firstRow, band, readBack]) buffer.destroy();
    this.#a.destroy();
    this.#bTransposed.destroy();
  }
}
