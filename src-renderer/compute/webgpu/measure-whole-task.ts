import type { WholeTaskMeasurement } from '../../../src-shared/ipc/kernel-choice';
import { sameBytes } from '../../../src-shared/matrix-mult/bytes';
import { unlessLost } from './unless-lost';

const ROUNDS = 3;

/** Does a whole task, self-checked, one way or the other. @returns its root */
export type Way = () => Promise<Uint8Array>;

/**
 * Times the two ways of doing a whole task, in turn, after a first round that compiles. Of the two roots that of the
 * product alone counts, as the processor hashed it: a card that finds another one is wrong.
 * @param isLost tells that the adapter itself is gone, and no way to blame
 * @throws what a way throws once the adapter is lost
 */
export async function measureWholeTask(
  { onCard, productOnly }: { readonly onCard: Way; readonly productOnly: Way },
  isLost: () => boolean,
): Promise<WholeTaskMeasurement> {
  const root = await unlessLost(productOnly, isLost);
  const cardRoot = await unlessLost(onCard, isLost);
  const agrees = cardRoot !== null && (root === null || sameBytes(cardRoot, root));
  const times: { card: (number | null)[]; product: (number | null)[] } = { card: [], product: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    if (root !== null) times.product.push(await unlessLost(() => timed(productOnly), isLost));
    if (agrees) times.card.push(await unlessLost(() => timed(onCard), isLost));
  }
  return { onCardMs: median(times.card), productOnlyMs: median(times.product) };
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
