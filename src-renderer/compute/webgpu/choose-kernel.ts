import { AppError } from '../../../src-shared/errors';
import type { KernelMeasurement } from '../../../src-shared/ipc/snapshot';
import { matrixA, matrixBTransposed } from '../../../src-shared/matrix-mult/matrices';
import { rowMultiplier } from '../../../src-shared/matrix-mult/product';
import type { KernelName } from './kernel';

// Large enough to tell the variants apart, small enough for a software adapter.
const TRIAL_SIZE = 320;
const TRIALS = 3;

/** Runs one variant's product of size n; gives C and how long it took, ms. */
export type Trial = (
  name: KernelName,
  a: Int8Array,
  bTransposed: Int8Array,
  n: number,
) => Promise<{ c: Int32Array; ms: number }>;

/**
 * Times the variants on this adapter, in turn, and checks each against the processor's product. DP4a is listed even
 * where it is emulated, so only the clock can tell (matrix-mult-v1.md, "Engines").
 * @returns the fastest exact variant and every measurement
 * @throws AppError `gpu_failed` where none is exact
 */
export async function chooseKernel(
  names: readonly KernelName[],
  trial: Trial,
): Promise<{ best: KernelName; measured: (KernelMeasurement & { name: KernelName })[] }> {
  const seed = new Uint8Array(32).fill(7);
  const a = matrixA(seed, TRIAL_SIZE);
  const bTransposed = matrixBTransposed(seed, TRIAL_SIZE);
  const expected = productOf(a, bTransposed);
  const times = new Map<KernelName, number[]>(names.map((name) => [name, []]));
  const wrong = new Set<KernelName>();
  for (let round = 0; round <= TRIALS; round += 1) {
    for (const name of names.filter((candidate) => !wrong.has(candidate))) {
      const { c, ms } = await trial(name, a, bTransposed, TRIAL_SIZE).catch(() => ({ c: null, ms: 0 }));
      if (c === null || !expected.every((value, index) => c[index] === value)) wrong.add(name);
      // The first round compiles and warms up.
      else if (round > 0) times.get(name)?.push(ms);
    }
  }
  const measured = names.map((name) => ({
    name,
    exact: !wrong.has(name),
    gops: wrong.has(name) ? 0 : (2 * TRIAL_SIZE ** 3) / (median(times.get(name) ?? []) * 1e6),
  }));
  const [best] = measured.filter(({ exact }) => exact).sort((x, y) => y.gops - x.gops);
  if (best !== undefined) return { best: best.name, measured };
  throw new AppError(
    'gpu_failed',
    'No kernel gives the right product on this graphics adapter: it is not used.',
    {
      remedy: 'run_doctor',
      params: { detail: 'no kernel is exact' },
    },
  );
}

function productOf(a: Int8Array, bTransposed: Int8Array): Int32Array {
  const multiplyRow = rowMultiplier(bTransposed, TRIAL_SIZE);
  const c = new Int32Array(TRIAL_SIZE * TRIAL_SIZE);
  for (let row = 0; row < TRIAL_SIZE; row += 1) {
    c.set(multiplyRow(a.subarray(row * TRIAL_SIZE, (row + 1) * TRIAL_SIZE)), row * TRIAL_SIZE);
  }
  return c;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY;
}
