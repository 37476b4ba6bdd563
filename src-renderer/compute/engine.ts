import type { Engine } from '../../src-shared/compute/engine';
import type { Shape } from '../../src-shared/matrix-mult/shape';

/** A product to compute, of int8. */
export type ProductRequest = {
  readonly shape: Shape;
  /** rows × inner, row-major. */
  readonly a: Int8Array;
  /** columns × inner, row-major: B by columns. */
  readonly bTransposed: Int8Array;
};

export type ProductOptions = {
  readonly signal: AbortSignal;
  /** Told the share done, 0…1, after each slice. */
  readonly onProgress: (done: number) => void;
};

/** Whatever multiplies exactly: a graphics card or this machine's processor. */
export type ProductEngine = {
  readonly name: Engine;
  /** C = A·B, row-major int32, exact. @throws AppError `gpu_failed`; the signal's reason where it fires */
  multiply(request: ProductRequest, options: ProductOptions): Promise<Int32Array>;
};
