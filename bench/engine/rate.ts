import type { Untested } from '../lib/figures';
import type { Samples } from '../lib/samples';

/** The rate of a product of size n from what it took, 10⁹ operations a second, two a multiply-add. */
export function rate(samples: Samples, key: string, n: number): number | Untested {
  const ms = samples.median(key);
  return typeof ms === 'number' ? (2 * n ** 3) / ms / 1e6 : ms;
}
