import { slotTimestamp } from '../../src-shared/chain/block';
import { MAX_ROUNDS_PER_HEIGHT } from './parameters';
import { type ActiveSet, proposerOf } from './validator-set';

/** What decides whose slot it is. */
export type SlotView = {
  readonly genesisTime: number;
  readonly blockTimeSeconds: number;
  /** Of the tip; −1 before the first block. */
  readonly height: number;
  readonly lastTimestamp: number;
  readonly active: ActiveSet;
  readonly proposer: string;
};

/**
 * The round in which the next block is due now, or null where it is not, or not our turn.
 *
 * Up to the reference's limit of rounds a height, rounds are the reference's: a short stop is caught up with, block
 * after block in the same slot. After a longer one the reference clamps the round and works through every height it
 * missed, for hours. We let the round grow instead, one block a slot: `timestamp = genesis_time + (height + round) ×
 * block_time` still holds exactly, and the first block after days off comes at once, with the time it is made.
 */
export function dueRound(view: SlotView, nowSeconds: number): number | null {
  const { genesisTime, blockTimeSeconds } = view;
  const height = view.height + 1;
  const lag = Math.floor(
    (nowSeconds - slotTimestamp(genesisTime, height, 0, blockTimeSeconds)) / blockTimeSeconds,
  );
  if (lag < 0) return null;
  if (lag <= MAX_ROUNDS_PER_HEIGHT) return isOurTurn(view, height, lag) ? lag : null;
  const isLate = slotTimestamp(genesisTime, height, lag, blockTimeSeconds) > view.lastTimestamp;
  return isLate && isOurTurn(view, height, lag) ? lag : null;
}

/** The first round of the next height that is ours, whatever time it is. */
export function firstOwnRound(view: SlotView): number {
  const height = view.height + 1;
  const round = view.active.findIndex((_, offset) => isOurTurn(view, height, offset));
  return Math.max(0, round);
}

/** Milliseconds until the slot after now begins. */
export function untilNextSlotMs(view: SlotView, nowMs: number): number {
  const slotMs = view.blockTimeSeconds * 1000;
  const sinceGenesisMs = nowMs - view.genesisTime * 1000;
  return (Math.floor(sinceGenesisMs / slotMs) + 1) * slotMs - sinceGenesisMs;
}

/** With nobody active, or none but others, the chain would stand still for ever: then every turn is ours. */
function isOurTurn(view: SlotView, height: number, round: number): boolean {
  if (!view.active.includes(view.proposer)) return true;
  return proposerOf(view.active, height, round) === view.proposer;
}
