import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScheduleRun, type Step } from '../driver/miner/schedule-run';
import { FAULT_NAMES, NAMED_FAULTS } from '../driver/world/named-faults';

const plain = (kind: Exclude<Step['kind'], 'fault'>) => fc.constant<Step>({ kind });
const fault = fc
  .record({
    name: fc.constantFrom(...FAULT_NAMES),
    after: fc.nat({ max: 6 }),
    times: fc.integer({ min: 1, max: 4 }),
  })
  .map<Step>(({ name, after, times }) => ({
    kind: 'fault',
    name,
    fault: NAMED_FAULTS[name],
    after,
    times,
  }));
const step = fc.oneof(
  { weight: 8, arbitrary: plain('work') },
  { weight: 6, arbitrary: fault },
  { weight: 2, arbitrary: plain('crash') },
  { weight: 1, arbitrary: plain('restart') },
  { weight: 1, arbitrary: plain('keep') },
  { weight: 1, arbitrary: plain('go_back') },
  { weight: 1, arbitrary: plain('replica') },
  { weight: 1, arbitrary: plain('other_chain') },
  { weight: 2, arbitrary: plain('own') },
);

const endsWell = fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 24 }), async (steps) => {
  const run = await ScheduleRun.open();
  try {
    for (const one of steps) await run.step(one);
    const { tally, held, doubled } = await run.settle();
    expect(tally).toMatchObject({ lost: [], duplicated: [], unfinished: [] });
    expect(tally.feesPaidUnits).toBe(tally.feesExpectedUnits);
    expect(held.nonce).toBe(held.results.length);
    expect(doubled).toEqual([]);
  } finally {
    await run.close();
  }
});

describe('whatever befalls the node and the miner, in whatever order', () => {
  it('nothing is lost, nothing is paid for twice, and everything comes to an end with its reason', async () => {
    await fc.assert(endsWell, { numRuns: 12 });
  }, 120_000);

  // Each left an account's queue at the node behind a copy of a transaction that was sent twice.
  it.each([
    { seed: 533967530, path: '11:1:0:0:0:1:4:6:5:5:8' },
    { seed: -451848122, path: '8:5:12:1:3:5:5:10:8:8:8' },
    { seed: 1422770122, path: '11:3:0:3:10:13:19:13:13' },
  ])(
    'also where it once was not so: %j',
    async (found) => {
      await fc.assert(endsWell, { ...found, endOnFailure: true });
    },
    120_000,
  );
});
