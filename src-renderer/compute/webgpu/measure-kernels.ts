import type { KernelMeasurement, KernelName, SizeClass } from '../../../src-shared/ipc/kernel-choice';
import type { ProductRequest } from '../engine';

const ROUNDS = 3;
// A size of the class, no multiple of a tile: large enough to tell the variants apart.
const TRIAL_SIZES: Readonly<Record<SizeClass, number>> = { small: 250, medium: 1000, large: 2300 };

/** The size at which kernels are tried for a class; a software adapter has one variant, which needs no comparing. */
export function trialSize(sizeClass: SizeClass, software: boolean): number {
  return TRIAL_SIZES[software ? 'small' : sizeClass];
}

/** Runs one variant's product; gives C and how long it took, ms. @throws where the variant does not run */
export type Trial = (
  name: KernelName,
  request: ProductRequest,
) => Promise<{ readonly c: Int32Array; readonly ms: number }>;

/**
 * Times kernels on this adapter, in turn, and checks each against the processor's product. DP4a is listed even where it
 * is emulated, so only the clock can tell (matrix-mult-v1.md, "Engines").
 * @param expected C, by the processor
 * @param isLost tells that the adapter itself is gone, and no variant to blame
 * @throws what a trial throws once the adapter is lost
 */
export async function measureKernels(
  names: readonly KernelName[],
  request: ProductRequest,
  expected: Int32Array,
  trial: Trial,
  isLost: () => boolean,
): Promise<KernelMeasurement[]> {
  const times = new Map<KernelName, number[]>(names.map((name) => [name, []]));
  const wrong = new Set<KernelName>();
  // The first round compiles and warms up.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const name of names.filter((candidate) => !wrong.has(candidate))) {
      try {
        const { c, ms } = await trial(name, request);
        if (!expected.every((value, index) => c[index] === value)) wrong.add(name);
        else if (round > 0) times.get(name)?.push(ms);
      } catch (error) {
        if (isLost()) throw error;
        wrong.add(name);
      }
    }
  }
  return names.map((name) => ({
    name,
    exact: !wrong.has(name),
    gops: wrong.has(name) ? 0 : (2 * request.n ** 3) / (median(times.get(name) ?? []) * 1e6),
  }));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY;
}
