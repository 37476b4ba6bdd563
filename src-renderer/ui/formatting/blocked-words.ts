import type { Remedy } from '../../../src-shared/errors';
import type { MinerState } from '../../../src-shared/ipc/snapshot';

type Blocked = Extract<MinerState, { kind: 'blocked' }>;

/** Keys of the texts around the sentence of an error that blocks the miner. */
export type BlockedWords = {
  /** What it means for mining. */
  readonly detail: 'miner.blockedHint' | 'miner.ceilingHint';
  /** What to do about it. */
  readonly hint: `hint.${Remedy}` | 'miner.ceilingWaits' | 'miner.ceilingTooLow';
  /** Says when something happens by itself, where a time is known. */
  readonly next: 'miner.nextTry' | 'miner.goesOn';
};

/**
 * Most blocks last until something is done, and are tried again meanwhile. A fee ceiling that is reached is no fault:
 * time alone ends it, unless it is below a single fee.
 */
export function blockedWords({ error, retryAtMs }: Pick<Blocked, 'error' | 'retryAtMs'>): BlockedWords {
  if (error.code !== 'fee_ceiling_reached')
    return { detail: 'miner.blockedHint', hint: `hint.${error.remedy}`, next: 'miner.nextTry' };
  if (retryAtMs === null)
    return { detail: 'miner.blockedHint', hint: 'miner.ceilingTooLow', next: 'miner.goesOn' };
  return { detail: 'miner.ceilingHint', hint: 'miner.ceilingWaits', next: 'miner.goesOn' };
}
