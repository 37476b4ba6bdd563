import type { Remedy } from '../../../src-shared/errors';
import type { MinerState, Stage } from '../../../src-shared/mining/miner-state';

type Blocked = Extract<MinerState, { kind: 'blocked' }>;

/** Keys of the texts around the sentence of an error that blocks the miner. */
export type BlockedWords = {
  /** What it is that blocks. */
  readonly stage: `stage.${Stage | 'feeCeiling'}`;
  /** What it means for mining. */
  readonly detail: 'miner.blockedHint' | 'miner.ceilingHint';
  /** What to do about it. */
  readonly hint: `hint.${Remedy}` | 'miner.ceilingWaits' | 'miner.ceilingTooLow';
  /** Says when something happens by itself, where a time is known. */
  readonly next: 'miner.nextTry' | 'miner.goesOn';
};

/**
 * Most blocks last until something is done, and are tried again meanwhile. A fee ceiling that is reached is no fault,
 * and says nothing of the balance: time alone ends it, unless it is below a single fee.
 */
export function blockedWords({
  stage,
  error,
  retryAtMs,
}: Pick<Blocked, 'stage' | 'error' | 'retryAtMs'>): BlockedWords {
  if (error.code !== 'fee_ceiling_reached') {
    return {
      stage: `stage.${stage}`,
      detail: 'miner.blockedHint',
      hint: `hint.${error.remedy}`,
      next: 'miner.nextTry',
    };
  }
  const ceiling = { stage: 'stage.feeCeiling', next: 'miner.goesOn' } as const;
  return retryAtMs === null
    ? { ...ceiling, detail: 'miner.blockedHint', hint: 'miner.ceilingTooLow' }
    : { ...ceiling, detail: 'miner.ceilingHint', hint: 'miner.ceilingWaits' };
}
