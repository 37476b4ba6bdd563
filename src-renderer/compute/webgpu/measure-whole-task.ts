import type { WholeTaskMeasurement } from '../../../src-shared/ipc/kernel-choice';
import { sameBytes } from '../../../src-shared/matrix-mult/bytes';
import { unlessLost } from './unless-lost';

const ROUNDS = 3;

/** Does a whole task, self-checked, one way or the other. @returns its root */
export type Way = () => Promise<Uint8Array>;

/**
 * Times the two ways of doing a whole task, in turn, after a first round that compiles. Of the two roots that of the
 * product alone counts, as the processor hashed it: a adapter that finds another one is wrong.
 * @param isLost tells that the adapter itself is gone, and no way to blame
 * @throws what a way throws once the adapter is lost
 */
export async function measureWholeTask(
  { onAdapter, productOnly }: { readonly onAdapter: Way; readonly productOnly: Way },
  isLost: () => boolean,
): Promise<WholeTaskMeasurement> {
  const root = await unlessLost(productOnly, isLost);
  const adapterRoot = await unlessLost(onAdapter, isLost);
  const agrees = adapterRoot !== null && (root === null || sameBytes(adapterRoot, root));
  const times: { adapter: (number | null)[]; product: (number | null)[] } = { adapter: [], product: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    if (root !== null) times.product.push(await unlessLost(() => timed(productOnly), isLost));
    if (agrees) times.adapter.push(await unlessLost(() => timed(onAdapter), isLost));
  }
  return { onAdapterMs: median(times.adapter), productOnlyMs: median(times.product) };
}

async function timed(way: Way): Promise<number> {
  const started = performance.now();
  await way();
  return performance.now() - started;
}

/** Null of none, and where one of them failed. */
function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((one, other) => one - other);
  return known.length < values.length ? null : (known[known.length >> 1] ?? null);
}
