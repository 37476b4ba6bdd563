import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode, type Remedy, toErrorReport } from '../../../src-shared/errors';
import type { Stage } from '../../../src-shared/mining/miner-state';
import { blockedWords } from './blocked-words';

const words = (stage: Stage, code: ErrorCode, remedy: Remedy, retryAtMs: number | null) =>
  blockedWords({ stage, error: toErrorReport(new AppError(code, 'why', { remedy })), retryAtMs });

describe('the words around a block', () => {
  it('ask for the remedy, and tell when it is tried again', () => {
    expect(words('node', 'node_unreachable', 'restart_node', 5)).toEqual({
      stage: 'stage.node',
      detail: 'miner.blockedHint',
      hint: 'hint.restart_node',
      next: 'miner.nextTry',
    });
  });

  it('of a fee ceiling say that mining goes on by itself', () => {
    expect(words('balance', 'fee_ceiling_reached', 'open_settings', 5)).toEqual({
      stage: 'stage.feeCeiling',
      detail: 'miner.ceilingHint',
      hint: 'miner.ceilingWaits',
      next: 'miner.goesOn',
    });
  });

  it('of a fee ceiling below one fee say that only a higher one helps', () => {
    expect(words('balance', 'fee_ceiling_reached', 'open_settings', null)).toMatchObject({
      detail: 'miner.blockedHint',
      hint: 'miner.ceilingTooLow',
    });
  });
});
