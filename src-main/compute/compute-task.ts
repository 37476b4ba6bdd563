import type { TaskJob } from '../../src-shared/ipc/compute';
import { isShort, isSmall, type Shape } from '../../src-shared/matrix-mult/shape';

/** A product without how it is computed. */
export type ComputeTask = Omit<TaskJob, 'kind' | 'method'>;

/** Products one after the other, each from the seed that follows (matrix-mult-v1.md, "Commitment"); mostly one. */
export type ComputeWork = ComputeTask & { readonly iterations: number };

const SMALL_AT_ONCE = 16;
const SHORT_AT_ONCE = 2;

/** How many products of a shape a lane takes at once, so that it has the next one while an answer travels. */
export function productsAtOnce(shape: Shape): number {
  if (isSmall(shape)) return SMALL_AT_ONCE;
  return isShort(shape) ? SHORT_AT_ONCE : 1;
}
