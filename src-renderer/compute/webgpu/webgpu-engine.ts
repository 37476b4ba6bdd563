import { AppError } from '../../../src-shared/errors';
import type { AdapterInfo } from '../../../src-shared/ipc/snapshot';
import type { ProductEngine, ProductOptions, ProductRequest } from '../engine';
import { openDevice } from './adapter';
import { chooseKernel } from './choose-kernel';
import { generateKernel, type KernelName, kernelsFor } from './kernel';
import { ProductBuffers } from './product-buffers';
import { type PreparedProduct, runProduct } from './product-run';

// Rows of C that a slice may have at most: bounds the buffers that come back.
const LARGEST_SLICE_ROWS = 1024;

/** The exact product on a graphics adapter, by the variant that is fastest there. */
export class WebGpuEngine implements ProductEngine {
  readonly name = 'webgpu';
  readonly #device: GPUDevice;
  #adapter: AdapterInfo;
  #prepared: PreparedProduct | null = null;
  #kernel: KernelName | null = null;
  #lost: string | null = null;

  private constructor(adapter: Omit<AdapterInfo, 'kernel'>, device: GPUDevice) {
    this.#adapter = { ...adapter, kernel: null };
    this.#device = device;
  }

  /**
   * Opens the adapter and chooses the kernel.
   * @param onLost told once when the device goes away by itself
   * @returns null where there is no adapter @throws AppError `gpu_failed`
   */
  static async open(onLost: (why: string) => void): Promise<WebGpuEngine | null> {
    const opened = await openDevice();
    if (opened === null) return null;
    const { device, info } = opened;
    const engine = new WebGpuEngine(info, device);
    void device.lost.then(({ reason, message }) => {
      engine.#lost = message || reason;
      if (reason !== 'destroyed') onLost(engine.#lost);
    });
    try {
      return await engine.#withBestKernel();
    } catch (error) {
      device.destroy();
      throw error instanceof AppError ? error : failed(String(error), error);
    }
  }

  /** The adapter, and the kernel chosen for it. */
  get adapter(): AdapterInfo {
    return this.#adapter;
  }

  async multiply(request: ProductRequest, options: ProductOptions): Promise<Int32Array> {
    if (this.#kernel === null) throw new Error('no kernel was chosen');
    return this.#multiply(this.#kernel, request, options);
  }

  async #withBestKernel(): Promise<WebGpuEngine> {
    const options = { signal: new AbortController().signal, onProgress: () => undefined };
    const { best, measured } = await chooseKernel(
      kernelsFor(this.#adapter.software, navigator.gpu.wgslLanguageFeatures),
      async (name, a, bTransposed, n) => {
        const started = performance.now();
        const c = await this.#multiply(name, { n, a, bTransposed }, options);
        return { c, ms: performance.now() - started };
      },
    );
    this.#kernel = best;
    this.#adapter = { ...this.#adapter, kernel: { name: best, measured } };
    return this;
  }

  async #multiply(name: KernelName, request: ProductRequest, options: ProductOptions): Promise<Int32Array> {
    if (this.#lost !== null) throw failed(`the device was lost: ${this.#lost}`, null);
    this.#device.pushErrorScope('out-of-memory');
    this.#device.pushErrorScope('validation');
    const [outcome] = await Promise.allSettled([
      this.#prepare(name, request.n).then((prepared) => runProduct(this.#device, prepared, request, options)),
    ]);
    const reported = await this.#popErrors();
    if (outcome.status === 'fulfilled' && reported === null) return outcome.value;
    options.signal.throwIfAborted();
    this.#forget();
    const reason = reported ?? (outcome.status === 'rejected' ? outcome.reason : null);
    if (reason instanceof AppError) throw reason;
    throw failed(
      reason instanceof Error || reason instanceof GPUError ? reason.message : String(reason),
      reason,
    );
  }

  /** The kernel and buffers for a size; those of the last size are used again. */
  async #prepare(name: KernelName, n: number): Promise<PreparedProduct> {
    const kernel = generateKernel(name, n);
    if (this.#prepared?.kernel.code === kernel.code) return this.#prepared;
    this.#forget();
    const sliceRows = Math.min(kernel.padded, Math.floor(LARGEST_SLICE_ROWS / kernel.tile) * kernel.tile);
    this.#requireRoom(n, ProductBuffers.largest(kernel, sliceRows));
    const pipeline = await this.#device.createComputePipelineAsync({
      layout: 'auto',
      compute: { module: this.#device.createShaderModule({ code: kernel.code }), entryPoint: 'main' },
    });
    this.#prepared = {
      kernel,
      pipeline,
      buffers: new ProductBuffers(this.#device, kernel, pipeline, sliceRows),
    };
    return this.#prepared;
  }

  #forget(): void {
    this.#prepared?.buffers.destroy();
    this.#prepared = null;
  }

  /** What the device reported of this product, or null. */
  async #popErrors(): Promise<GPUError | null> {
    const scopes = [this.#device.popErrorScope(), this.#device.popErrorScope()];
    const errors = await Promise.all(scopes.map((scope) => scope.catch(() => null)));
    return errors.find((error) => error !== null) ?? null;
  }

  #requireRoom(n: number, needed: number): void {
    const { maxStorageBufferBindingSize, maxBufferSize } = this.#device.limits;
    const limit = Math.min(maxStorageBufferBindingSize, maxBufferSize);
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
