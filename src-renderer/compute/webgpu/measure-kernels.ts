import type { KernelMeasurement, KernelName, SizeClass } from '../../../src-shared/ipc/kernel-choice';
import { operations, type Shape } from '../../../src-shared/matrix-mult/shape';
import { unlessLost } from './unless-lost';

const ROUNDS = 5;
// A size of the class, no multiple of a tile: large enough to tell the variants apart.
const TRIAL_SIZES: Readonly<Record<SizeClass, number>> = { small: 500, medium: 1500, large: 3000 };
const SOFTWARE_TRIAL_SIZE = 250;

/** The size at which kernels are tried for a class; a software adapter has one variant, which needs no comparing. */
export function trialSize(sizeClass: SizeClass, software: boolean): number {
  return software ? SOFTWARE_TRIAL_SIZE : TRIAL_SIZES[sizeClass];
}

/** One variant, compiled and with its buffers once it has made its product. */
export type Candidate = {
  readonly name: KernelName;
  /** C of the trial's operands. @throws where the variant does not run */
  product(): Promise<Int32Array>;
  /** How long the dispatches of that product take on the adapter, ms; nothing is brought there or back. */
  time(): Promise<number>;
};

/**
 * Checks variants on this adapter against the processor's product, and times those that are exact, in turn. DP4a is
 * listed even where it is emulated, so only the clock can tell (matrix-mult-v1.md, "Engines").
 * @param shape of the operands
 * @param expected C, by the processor
 * @param isLost tells that the adapter itself is gone, and no variant to blame
 * @throws what a variant throws once the adapter is lost
 */
export async function measureKernels(
  candidates: readonly Candidate[],
  shape: Shape,
  expected: Int32Array,
  isLost: () => boolean,
): Promise<KernelMeasurement[]> {
  const verdicts = new Map<KernelName, { ran: boolean; exact: boolean; times: number[] }>();
  for (const { name, product } of candidates) {
    const c = await unlessLost(product, isLost);
    const exact = c?.every((value, index) => value === expected[index]) ?? false;
    verdicts.set(name, { ran: c !== null, exact, times: [] });
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { name, time } of candidates) {
      const verdict = verdicts.get(name);
      if (!verdict?.exact) continue;
      const ms = await unlessLost(time, isLost);
      if (ms === null) verdict.ran = false;
      else verdict.times.push(ms);
    }
  }
  return candidates.map(({ name }) => {
    const { ran = false, exact = false, times = [] } = verdicts.get(name) ?? {};
    const good = ran && exact;
    return { name, ran, exact: good, gops: good ? operations(shape) / (median(times) * 1e6) : 0 };
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY;
}
