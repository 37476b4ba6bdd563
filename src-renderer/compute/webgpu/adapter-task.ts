import type { KernelName } from '../../../src-shared/ipc/kernel-choice';
import { rfc6962RootFromPath } from '../../../src-shared/matrix-mult/rfc6962';
import { assertShape, type Shape } from '../../../src-shared/matrix-mult/shape';
import type { CpuEngine } from '../cpu-engine';
import type { Pacer } from '../pacer';
import { checkFailed } from '../self-check-failed';
import { stopwatch } from '../stopwatch';
import type { Task, TaskEngine, TaskOptions, TaskResult } from '../task-engine';
import { transpose } from '../transpose';
import { AdapterCommitment } from './adapter-commitment';
import { AdapterSelfCheck } from './adapter-self-check';
import { KeyStream } from './key-stream';
import type { OpenAdapter } from './open-adapter';
import { PreparedProduct } from './prepared-product';
import { runSlices } from './slices';

type Passes = {
  readonly keyStream: KeyStream;
  readonly commitment: AdapterCommitment;
  readonly selfCheck: AdapterSelfCheck;
};

/** A product whose C stays on the adapter, all of it, in bands. */
type Kept = { readonly product: PreparedProduct; readonly bands: readonly GPUBuffer[] };

/** Where each part begins and ends in the share done. */
const SHARES = {
  a: [0, 0.02],
  b: [0.02, 0.04],
  product: [0.04, 0.9],
  hash: [0.9, 0.97],
  check: [0.97, 1],
} as const;

/**
 * Whole tasks on the graphics adapter: it generates, multiplies, hashes and checks, and only digests come back, so that
 * a large C (1 GiB at N = 16384) never has to. The check covers the product; what it can't see, the generated matrices
 * and the hashes, is covered by one row, drawn anew for each task, that the processor computes meanwhile from the seed
 * on: its digest must lead to the adapter's root.
 */
export class AdapterTask {
  readonly #adapter: OpenAdapter;
  readonly #processor: CpuEngine;
  readonly #pacer: Pacer;
  #passes: Promise<Passes> | null = null;
  #kept: Kept | null = null;

  constructor(adapter: OpenAdapter, processor: CpuEngine, pacer: Pacer) {
    this.#adapter = adapter;
    this.#processor = processor;
    this.#pacer = pacer;
  }

  /** This adapter with one of its kernels, as an engine. @throws also AppError `invalid_matrix_size` where it has no room */
  with(kernel: KernelName): TaskEngine {
    return { name: 'webgpu', compute: (task, options) => this.#compute(kernel, task, options) };
  }

  /** Lets the buffers go. */
  forget(): void {
    if (this.#kept === null) return;
    const { product, bands } = this.#kept;
    this.#kept = null;
    product.destroy();
    for (const band of bands) band.destroy();
  }

  async #compute(kernel: KernelName, task: Task, options: TaskOptions): Promise<TaskResult> {
    const { shape } = task;
    assertShape(shape);
    const row = randomBelow(shape.rows);
    const witness = this.#processor.rowDigests(task, [row], { ...options, onProgress: () => undefined });
    const work = async () => this.#run(await this.#prepare(kernel, shape), task, options);
    const [done, digests] = await Promise.allSettled([this.#adapter.run(work, options.signal), witness]);
    if (done.status === 'rejected' && !options.signal.aborted) this.forget();
    if (done.status === 'rejected') throw done.reason;
    if (digests.status === 'rejected') throw digests.reason;
    const { commitment } = done.value;
    const [digest] = digests.value;
    const root = digest && rfc6962RootFromPath(digest, row, shape.rows, commitment.path(row));
    if (!sameBytes(root, commitment.root)) throw checkFailed('webgpu', 'digest');
    return done.value;
  }

  async #run({ product, bands }: Kept, { seed, shape, given }: Task, { signal, onProgress }: TaskOptions) {
    const { keyStream, commitment: commits, selfCheck } = await this.#compiled();
    const pacer = this.#pacer;
    const part = (name: keyof typeof SHARES): TaskOptions => {
      const [from, to] = SHARES[name];
      return { signal, onProgress: (done) => onProgress(from + (to - from) * done) };
    };
    const watch = stopwatch();
    if (given === null) {
      await keyStream.fill(product, 'a', seed, pacer, part('a'));
      await keyStream.fill(product, 'bTransposed', seed, pacer, part('b'));
    } else {
      const bTransposed = new Int8Array(given.b.length);
      transpose(given.b, shape.inner, shape.columns, bTransposed);
      product.upload(given.a, bTransposed);
    }
    const generateMs = watch();
    await this.#multiply(product, bands, part('product'));
    const multiplyMs = watch();
    const commitment = await commits.commit(product, bands, seed, pacer, part('hash'));
    const commitMs = watch();
    const { root } = commitment;
    const verdict = await selfCheck.check(product, bands, { seed, root }, pacer, part('check'));
    if (!verdict.ok) throw checkFailed('webgpu', verdict.why);
    return { commitment, product: null, timings: { generateMs, multiplyMs, commitMs, selfCheckMs: watch() } };
  }

  async #multiply(
    product: PreparedProduct,
    bands: readonly GPUBuffer[],
    options: TaskOptions,
  ): Promise<void> {
    const bound = bands.map((band) => product.bind(band));
    const submit = (first: number, count: number) => {
      const group = bound[Math.floor(first / product.bandTiles)];
      if (group === undefined) throw new Error('no such band');
      return product.submit(group, first, count);
    };
    const { tiles: total, mostTiles: most, bandTiles: boundary } = product;
    await runSlices({ total, most, boundary, submit }, product.tuning.product, this.#pacer, options);
  }

  /** The kernel and buffers for a shape; those of the last are used again. */
  async #prepare(name: KernelName, shape: Shape): Promise<Kept> {
    if (this.#kept?.product.isOf(name, shape)) return this.#kept;
    this.forget();
    const product = await PreparedProduct.create(this.#adapter, name, shape);
    const bands = Array.from({ length: product.bands }, () =>
      this.#adapter.device.createBuffer({ size: product.bandBytes, usage: GPUBufferUsage.STORAGE }),
    );
    this.#kept = { product, bands };
    return this.#kept;
  }

  #compiled(): Promise<Passes> {
    this.#passes ??= this.#compile().catch((error) => {
      this.#passes = null;
      throw error;
    });
    return this.#passes;
  }

  async #compile(): Promise<Passes> {
    const { device } = this.#adapter;
    const [keyStream, commitment, selfCheck] = await Promise.all([
      KeyStream.create(device),
      AdapterCommitment.create(device),
      AdapterSelfCheck.create(device),
    ]);
    return { keyStream, commitment, selfCheck };
  }
}

function randomBelow(n: number): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % n;
}

function sameBytes(a: Uint8Array | null | undefined, b: Uint8Array): boolean {
  return a != null && a.length === b.length && a.every((byte, index) => byte === b[index]);
}
