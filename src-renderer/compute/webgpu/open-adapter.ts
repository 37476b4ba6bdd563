import type { AdapterInfo } from '../../../src-shared/compute/adapter';
import { AppError } from '../../../src-shared/errors';
import { type Shape, shapeName } from '../../../src-shared/matrix-mult/shape';
import { openDevice } from './adapter';

// In the order in which they tell the cause.
const SCOPES = ['out-of-memory', 'internal', 'validation'] as const;

/** A graphics adapter's device, what it is, and whether it is still there. */
export class OpenAdapter {
  readonly info: AdapterInfo;
  readonly device: GPUDevice;
  readonly #losers = new Set<(error: AppError) => void>();
  #lost: AppError | null = null;

  private constructor(info: AdapterInfo, device: GPUDevice) {
    this.info = info;
    this.device = device;
  }

  /**
   * Opens the strongest adapter.
   * @param onLost told once when the device goes away by itself
   * @returns null where there is no adapter @throws AppError `gpu_failed`
   */
  static async open(onLost: (why: string) => void): Promise<OpenAdapter | null> {
    const opened = await openDevice();
    if (opened === null) return null;
    const adapter = new OpenAdapter(opened.info, opened.device);
    void opened.device.lost.then(({ reason, message }) => {
      const why = message || reason;
      adapter.#lost = gpuFailed(`the device was lost: ${why}`, null);
      for (const lose of adapter.#losers) lose(adapter.#lost);
      if (reason !== 'destroyed') onLost(why);
    });
    return adapter;
  }

  /**
   * Runs work on the device; whatever the device reports of it is thrown as one error.
   * @throws AppError `gpu_failed`, and those of `work`; the signal's reason where it fired
   */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#lost !== null) throw this.#lost;
    for (const filter of SCOPES) this.device.pushErrorScope(filter);
    const [outcome] = await Promise.allSettled([this.#unlessLost(work())]);
    const reported = await this.#popErrors();
    if (outcome.status === 'fulfilled' && reported === null) return outcome.value;
    signal.throwIfAborted();
    const reason = reported ?? (outcome.status === 'rejected' ? outcome.reason : null);
    if (reason instanceof AppError) throw reason;
    const text = reason instanceof Error || reason instanceof GPUError ? reason.message : String(reason);
    throw gpuFailed(text, reason, reason instanceof GPUOutOfMemoryError);
  }

  /** @throws AppError `invalid_matrix_size` where a buffer of so many bytes is more than the adapter allows */
  requireRoom(shape: Shape, needed: number): void {
    const { maxStorageBufferBindingSize, maxBufferSize } = this.device.limits;
    const limit = Math.min(maxStorageBufferBindingSize, maxBufferSize);
    if (needed <= limit) return;
    throw new AppError(
      'invalid_matrix_size',
      `Size ${shapeName(shape)} needs a buffer of ${needed} bytes; this adapter allows ${limit}.`,
      { remedy: 'open_settings', params: { value: shapeName(shape), needed, limit } },
    );
  }

  /** Whether the device is gone. */
  get isLost(): boolean {
    return this.#lost !== null;
  }

  /** A device that goes away may leave promises of its own unsettled for ever: then this one is rejected. */
  #unlessLost<T>(work: Promise<T>): Promise<T> {
    let lose: (error: AppError) => void = () => undefined;
    const lost = new Promise<never>((_resolve, reject) => {
      lose = reject;
    });
    this.#losers.add(lose);
    return Promise.race([work, lost]).finally(() => this.#losers.delete(lose));
  }

  /** What the device reported of the work, or null. */
  async #popErrors(): Promise<GPUError | null> {
    const scopes = SCOPES.map(() => this.device.popErrorScope());
    const errors = await Promise.all(scopes.map((scope) => scope.catch(() => null)));
    // What was pushed first comes last, and goes first: a buffer that was not given is invalid too.
    return errors.findLast((error) => error !== null) ?? null;
  }
}

/** @param memory whether there was not enough of it: a smaller task may well succeed */
function gpuFailed(detail: string, cause: unknown, memory = false): AppError {
  return new AppError('gpu_failed', `The graphics adapter failed: ${detail}`, {
    remedy: 'wait',
    retryable: true,
    params: { detail, ...(memory ? { why: 'memory' } : {}) },
    cause,
  });
}
