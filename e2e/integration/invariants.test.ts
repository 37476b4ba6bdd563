import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIVE_STATES } from '../../src-main/submissions/task-states';
import { exactFee } from '../../src-shared/chain/gas';
import { NETWORKS } from '../../src-shared/chain/network';
import { type RunOutcome, ScheduleRun, type Step } from '../driver/miner/schedule-run';
import { type FaultName, NAMED_FAULTS } from '../driver/world/named-faults';

const FEE = exactFee('SUBMIT_RESULT', NETWORKS.devnet.minGasPrice);

const work = (count: number): Step[] => Array.from({ length: count }, () => ({ kind: 'work' }));
const fault = (name: FaultName, after: number, times: number): Step => ({
  kind: 'fault',
  name,
  fault: NAMED_FAULTS[name],
  after,
  times,
});

/** A little of everything that can go wrong. */
const EVENTFUL: Step[] = [
  ...work(2),
  fault('lose the answer', 4, 1),
  ...work(2),
  { kind: 'crash' },
  fault('a nonce too high', 2, 3),
  ...work(3),
  { kind: 'restart' },
  ...work(1),
  { kind: 'keep' },
  fault('nonce_too_low for what was taken', 4, 2),
  ...work(3),
  { kind: 'go_back' },
  ...work(3),
  { kind: 'replica' },
  ...work(2),
  { kind: 'own' },
  fault('pending for what is confirmed', 0, 6),
  ...work(2),
  { kind: 'other_chain' },
  ...work(2),
  { kind: 'crash' },
  { kind: 'own' },
  fault('refuse', 3, 12),
  ...work(5),
];

describe('after everything that can go wrong has gone wrong', () => {
  let run: ScheduleRun;
  let outcome: RunOutcome;
  beforeAll(async () => {
    run = await ScheduleRun.open();
    for (const step of EVENTFUL) await run.step(step);
    outcome = await run.settle();
  });
  afterAll(() => run.close());

  it('there was at most one live transaction per nonce and per task', () => {
    expect(outcome.doubled).toEqual([]);
    expect(outcome.tally.duplicated).toEqual([]);
  });

  it('no task is final without a reason', () => {
    const ended = outcome.tasks.filter(({ state }) => !LIVE_STATES.includes(state) && state !== 'proved');
    expect(ended.length).toBeGreaterThan(0);
    expect(ended.filter(({ reason }) => reason === null)).toEqual([]);
  });

  it('spent fees are the fees of confirmed transactions, to the unit', () => {
    const { tally, held, tasks } = outcome;
    expect(tally.feesPaidUnits).toBe(tally.feesExpectedUnits);
    expect(tally.feesPaidUnits).toBe(FEE * BigInt(held.results.length));
    const proved = tasks.filter(({ state }) => state === 'proved');
    expect(proved.reduce((sum, { feeUnits }) => sum + (feeUnits ?? 0n), 0n)).toBe(tally.feesPaidUnits);
  });

  it('the set of proved results equals what the chain holds', () => {
    expect(outcome.tally).toMatchObject({ lost: [], unfinished: [] });
    expect(outcome.tally.proved).toBeGreaterThan(10);
  });

  it('no gap is left behind', () => {
    const { held, tasks } = outcome;
    const chapter = tasks.find(({ state }) => state === 'proved')?.chapter;
    const nonces = tasks
      .filter((task) => task.state === 'proved' && task.chapter === chapter)
      .map(({ accountNonce }) => Number(accountNonce))
      .sort((a, b) => a - b);
    expect(nonces).toEqual(Array.from({ length: held.nonce }, (_, nonce) => nonce));
  });

  it('no stale work was submitted: what was sent first went while its block was fresh', () => {
    const stale = outcome.tasks.filter(
      ({ state, txHash, reason }) =>
        state === 'abandoned' && reason?.code === 'compute_cancelled' && txHash !== null,
    );
    expect(stale).toEqual([]);
  });
});
