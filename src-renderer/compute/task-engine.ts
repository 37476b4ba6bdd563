import type { Engine } from '../../src-shared/compute/engine';
import { AppError } from '../../src-shared/errors';
import type { ComputeOutcome } from '../../src-shared/ipc/compute';
import { assertShape, type Shape } from '../../src-shared/matrix-mult/shape';

/** The matrices of a job that gives its own, as it gives them: both row-major. */
export type GivenOperands = {
  /** rows × inner. */
  readonly a: Int8Array;
  /** inner × columns. */
  readonly b: Int8Array;
};

/** A product to compute and commit to (matrix-mult-v1.md, "Task"; poc-protocol.md for given matrices). */
export type Task = {
  readonly shape: Shape;
  /** 32 bytes: what the matrices are drawn from, unless they are given, and what the commitment is bound to. */
  readonly seed: Uint8Array;
  readonly given: GivenOperands | null;
  /** Whether C itself is wanted. */
  readonly wantsProduct: boolean;
};

/** A task of the chain, or any whose matrices are drawn from its seed. */
export function drawnTask(seed: Uint8Array, shape: Shape): Task {
  return { shape, seed, given: null, wantsProduct: false };
}

/** A task with matrices of its own. @throws AppError `invalid_matrix_size` where they are not of that shape */
export function givenTask(
  shape: Shape,
  { seed, a, b }: GivenOperands & { readonly seed: Uint8Array },
  wantsProduct: boolean,
): Task {
  assertShape(shape);
  assertLength('A', a, shape.rows * shape.inner);
  assertLength('B', b, shape.inner * shape.columns);
  return { shape, seed, given: { a, b }, wantsProduct };
}

function assertLength(name: string, { length }: Int8Array, values: number): void {
  if (length === values) return;
  throw new AppError('invalid_matrix_size', `${name} has ${length} values where its shape needs ${values}.`, {
    remedy: 'fix_input',
    params: { value: length },
  });
}

export type TaskOptions = {
  readonly signal: AbortSignal;
  /** Told the share done, 0…1, now and then. */
  readonly onProgress: (done: number) => void;
};

/** What a proof is made of; all 32 bytes. */
export type Commitment = {
  readonly root: Uint8Array;
  /** Audit path of a row, leaf to root. */
  path(row: number): Uint8Array[];
};

/** A task done, and self-checked. */
export type TaskResult = {
  readonly commitment: Commitment;
  /** C, row-major, where it was wanted. */
  readonly product: Int32Array | null;
  /** How long each part took, ms of wall clock. */
  readonly timings: ComputeOutcome['timings'];
};

/** Does a whole task: generates the matrices, multiplies, commits, and checks the product. */
export type TaskEngine = {
  readonly name: Engine;
  /**
   * @throws AppError `self_check_failed`, `gpu_failed`, `compute_failed`; `invalid_matrix_size` where the task needs more
   *   memory than there is; the signal's reason where it fires
   */
  compute(task: Task, options: TaskOptions): Promise<TaskResult>;
};
