import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import { AppError, type ErrorCode, type Remedy, toErrorReport } from '../../src-shared/errors';
import { changesInMs, judge, type MinerFacts, withSince } from './miner-state';

const NOW = 1_000_000;
const report = (code: ErrorCode, remedy: Remedy = 'wait') =>
  toErrorReport(new AppError(code, code, { remedy }));
const GOOD: MinerFacts = {
  running: true,
  finishing: false,
  pauses: [],
  account: {
    state: 'ready',
    address: parseAddress('cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp'),
    error: null,
  },
  needsBackup: false,
  headError: null,
  retryAtMs: null,
  storageError: null,
  submissionError: null,
  computeError: null,
  balance: 10n ** 18n,
  resultFee: 80_000_000n,
  ceiling: null,
  lastAcceptedAtMs: NOW - 1000,
  sinceAcceptedMs: 1000,
  recentMs: 30_000,
};
const state = (change: Partial<MinerFacts>) => judge({ ...GOOD, ...change });

describe("the miner's state", () => {
  it('is finishing until what is in hand is done, whatever else is wrong', () => {
    const pauses = [{ reason: 'battery' as const, untilMs: null }];
    expect(state({ running: false, finishing: true, pauses })).toEqual({ kind: 'finishing' });
  });

  it('is mining only while the last accepted result is recent', () => {
    expect(state({})).toEqual({ kind: 'mining', lastAcceptedAtMs: NOW - 1000 });
    expect(state({ lastAcceptedAtMs: null })).toEqual({ kind: 'starting' });
    expect(state({ sinceAcceptedMs: 30_001 })).toEqual({ kind: 'starting' });
  });

  it('is not blocked by what became of one result, where nobody has anything to do', () => {
    const submissionError = report('tx_nonce_too_low', 'none');
    expect(state({ submissionError, lastAcceptedAtMs: null })).toEqual({ kind: 'starting' });
  });

  it('is idle when it was not started, whatever else holds', () => {
    expect(state({ running: false, headError: report('node_unreachable') })).toEqual({ kind: 'idle' });
  });

  it('says why it is paused and until when', () => {
    const pauses = [{ reason: 'manual' as const, untilMs: NOW + 5 }];
    expect(state({ pauses })).toEqual({ kind: 'paused', reasons: pauses });
  });

  it.each([
    [
      'keychain',
      { account: { state: 'unavailable' as const, address: null, error: report('keychain_locked') } },
    ],
    ['key', { account: { state: 'none' as const, address: null, error: null } }],
    ['key', { needsBackup: true }],
    ['node', { headError: report('node_unreachable') }],
    ['node', { submissionError: report('node_timeout'), lastAcceptedAtMs: null }],
    ['gpu', { submissionError: report('compute_cancelled'), lastAcceptedAtMs: null }],
    ['keychain', { submissionError: report('keychain_locked') }],
    ['chain', { headError: report('chain_mismatch') }],
    ['chain', { headError: report('block_invalid') }],
    ['balance', { balance: 79_999_999n }],
    ['gpu', { computeError: report('gpu_unavailable') }],
    ['storage', { storageError: report('disk_full') }],
  ] as const)('is blocked at the stage %s by what goes wrong there (case %#)', (stage, change) => {
    expect(state(change as Partial<MinerFacts>)).toMatchObject({ kind: 'blocked', stage });
  });

  it('starts while the key is still being looked for, and is blocked by what is wrong besides', () => {
    const account = { state: 'loading' as const, address: null, error: null };
    expect(state({ account, lastAcceptedAtMs: null })).toEqual({ kind: 'starting' });
    expect(state({ account, needsBackup: true, lastAcceptedAtMs: null })).toEqual({ kind: 'starting' });
    expect(state({ account, headError: report('node_unreachable') })).toMatchObject({
      kind: 'blocked',
      stage: 'node',
    });
  });

  it('is not blocked by one send that went wrong while others get through', () => {
    expect(state({ submissionError: report('node_timeout') }).kind).toBe('mining');
  });

  it('is not blocked by a balance that pays for exactly one result', () => {
    expect(state({ balance: 80_000_000n }).kind).toBe('mining');
  });

  it('is blocked at the balance by a ceiling of fees, and says when it goes on', () => {
    const error = new AppError('fee_ceiling_reached', 'enough');
    expect(state({ ceiling: { error, freeAtMs: NOW + 5 } })).toMatchObject({
      kind: 'blocked',
      stage: 'balance',
      error: { code: 'fee_ceiling_reached' },
      retryAtMs: NOW + 5,
    });
  });

  it('goes on since the same moment while only details change', () => {
    const down = withSince(
      { kind: 'idle', sinceMs: 1 },
      state({ headError: report('node_unreachable') }),
      10,
    );
    expect(down.sinceMs).toBe(10);
    expect(withSince(down, state({ headError: report('node_unreachable'), retryAtMs: 5 }), 20).sinceMs).toBe(
      10,
    );
    expect(withSince(down, state({ headError: report('node_timeout') }), 20).sinceMs).toBe(20);
  });

  it('knows when it changes by time alone', () => {
    const facts = { sinceAcceptedMs: 30, recentMs: 50 };
    expect(changesInMs({ kind: 'mining', sinceMs: 0, lastAcceptedAtMs: 100 }, facts, NOW)).toBe(21);
    const reasons = [
      { reason: 'manual' as const, untilMs: NOW + 300 },
      { reason: 'suspended' as const, untilMs: null },
    ];
    expect(changesInMs({ kind: 'paused', sinceMs: 0, reasons }, facts, NOW)).toBe(300);
    expect(changesInMs({ kind: 'starting', sinceMs: 0 }, facts, NOW)).toBeNull();
  });
});
