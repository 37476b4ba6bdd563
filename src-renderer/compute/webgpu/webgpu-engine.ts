import { AppError } from '../../../src-shared/errors';
import type { AdapterInfo } from '../../../src-shared/ipc/snapshot';
import type { ProductEngine, ProductOptions, ProductRequest } from '../engine';
import { openDevice } from './adapter';
import { packVectors, wordsFor } from './pack';
import source from './product.wgsl?raw';

const WORKGROUP = 8;
const SHAPE_BYTES = 16;
// How long one dispatch should take: desktops stutter, and watchdogs fire, when one takes longer.
const SLICE_MS = 8;
const FIRST_SLICE_ROWS = 32;

/** The product on a graphics adapter, a band of rows a dispatch, one dispatch in flight. */
export class WebGpuEngine implements ProductEngine {
  readonly name = 'webgpu';
  readonly adapter: AdapterInfo;
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;
  #lost: string | null = null;

  private constructor(adapter: AdapterInfo, device: GPUDevice, pipeline: GPUComputePipeline) {
    this.adapter = adapter;
    this.#device = device;
    this.#pipeline = pipeline;
  }

  /**
   * Opens the adapter and compiles the kernel.
   * @param onLost told once when the device goes away by itself
   * @returns null where there is no adapter @throws AppError `gpu_failed`
   */
  static async open(onLost: (why: string) => void): Promise<WebGpuEngine | null> {
    const opened = await openDevice();
    if (opened === null) return null;
    const { device, info } = opened;
    const module = device.createShaderModule({ code: source });
    try {
      const pipeline = await device.createComputePipelineAsync({
        layout: 'auto',
        compute: { module, entryPoint: 'main' },
      });
      const engine = new WebGpuEngine(info, device, pipeline);
      void device.lost.then(({ reason, message }) => {
        engine.#lost = message || reason;
        if (reason !== 'destroyed') onLost(engine.#lost);
      });
      return engine;
    } catch (error) {
      device.destroy();
      throw failed(`the kernel does not compile: ${String(error)}`, error);
    }
  }

  async multiply(request: ProductRequest, options: ProductOptions): Promise<Int32Array> {
    if (this.#lost !== null) throw failed(`the device was lost: ${this.#lost}`, null);
    this.#requireRoom(request.n);
    const buffers: GPUBuffer[] = [];
    this.#device.pushErrorScope('out-of-memory');
    this.#device.pushErrorScope('validation');
    const [outcome] = await Promise.allSettled([this.#multiply(request, options, buffers)]);
    for (const buffer of buffers) buffer.destroy();
    const reported = await this.#popErrors();
    if (outcome.status === 'fulfilled' && reported === null) return outcome.value;
    options.signal.throwIfAborted();
    const reason = reported ?? (outcome.status === 'rejected' ? outcome.reason : null);
    throw failed(
      reason instanceof Error || reason instanceof GPUError ? reason.message : String(reason),
      reason,
    );
  }

  /** What the device reported of this product, or null. */
  async #popErrors(): Promise<GPUError | null> {
    const scopes = [this.#device.popErrorScope(), this.#device.popErrorScope()];
    const errors = await Promise.all(scopes.map((scope) => scope.catch(() => null)));
    return errors.find((error) => error !== null) ?? null;
  }

  async #multiply(
    { n, a, bTransposed }: ProductRequest,
    { signal, onProgress }: ProductOptions,
    buffers: GPUBuffer[],
  ): Promise<Int32Array> {
    const make = (size: number, usage: number) => {
      const buffer = this.#device.createBuffer({ size, usage });
      buffers.push(buffer);
      return buffer;
    };
    const upload = (data: Uint8Array<ArrayBuffer>) => {
      const buffer = make(data.byteLength, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST);
      this.#device.queue.writeBuffer(buffer, 0, data);
      return buffer;
    };
    const bandBytes = n * n * 4;
    const shape = make(SHAPE_BYTES, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
    const band = make(bandBytes, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
    const readBack = make(bandBytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
    const bindGroup = this.#device.createBindGroup({
      layout: this.#pipeline.getBindGroupLayout(0),
      entries: [shape, upload(packVectors(a, n)), upload(packVectors(bTransposed, n)), band].map(
        (buffer, binding) => ({
          binding,
          resource: { buffer },
        }),
      ),
    });
    const c = new Int32Array(n * n);
    let sliceRows = FIRST_SLICE_ROWS;
    for (let first = 0; first < n; ) {
      const rows = Math.min(sliceRows, n - first);
      const started = performance.now();
      this.#device.queue.writeBuffer(shape, 0, Uint32Array.of(n, wordsFor(n), first, rows));
      this.#dispatch(bindGroup, band, readBack, n, rows);
      await readBack.mapAsync(GPUMapMode.READ, 0, rows * n * 4);
      c.set(new Int32Array(readBack.getMappedRange(0, rows * n * 4)), first * n);
      readBack.unmap();
      first += rows;
      sliceRows = Math.max(1, Math.round((rows * SLICE_MS) / Math.max(performance.now() - started, 0.1)));
      onProgress(first / n);
      signal.throwIfAborted();
    }
    return c;
  }

  #dispatch(bindGroup: GPUBindGroup, band: GPUBuffer, readBack: GPUBuffer, n: number, rows: number): void {
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(Math.ceil(n / WORKGROUP), Math.ceil(rows / WORKGROUP));
    pass.end();
    encoder.copyBufferToBuffer(band, 0, readBack, 0, rows * n * 4);
    this.#device.queue.submit([encoder.finish()]);
  }

  #requireRoom(n: number): void {
    const needed = n * n * 4;
    const { maxStorageBufferBindingSize: limit } = this.#device.limits;
    if (needed <= limit) return;
    throw new AppError(
      'invalid_matrix_size',
      `Size ${n} needs a buffer of ${needed} bytes; this adapter allows ${limit}.`,
      { remedy: 'open_settings', params: { value: n, needed, limit } },
    );
  }
}

function failed(detail: string, cause: unknown): AppError {
  return new AppError('gpu_failed', `The graphics adapter failed: ${detail}`, {
    remedy: 'wait',
    retryable: true,
    params: { detail },
    cause,
  });
}
