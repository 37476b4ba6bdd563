import { describe, expect, it } from 'vitest';
import { payloadSchema } from '../../../src-shared/jobs/payload';
import { VirtualClock } from '../../clock/virtual-clock';
import { Auditor } from './auditor';
import { SMALL } from './test-customer';
import { solve } from './test-worker';

/** An auditor for whom each look at the clock is a millisecond later. */
function auditor(): Auditor {
  const clock = new VirtualClock();
  let readings = 0;
  const monotonic = () => {
    readings += 1;
    return readings;
  };
  const parts = { random: () => 0.5, fullAuditOneIn: 1, isSuspect: () => false };
  return new Auditor({ ...parts, clock: { now: clock.now, after: clock.after, monotonic } });
}

const payload = { ...SMALL, matrix_size: 200 };
const job = payloadSchema.parse(payload);
const { result_hash: resultHash, proof } = solve(payload);
const answer = { resultHash, proof, output: null, workerAddress: 'cpc1worker' };

describe('an auditor', () => {
  it('gives way to what else is due every few milliseconds', async () => {
    let turns = 0;
    let isOver = false;
    const turn = () => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    expect(await auditor().audit(job, answer)).toEqual({ ok: true, kind: 'full' });
    isOver = true;
    // 200 rows and more, in slices of 8 steps.
    expect(turns).toBeGreaterThan(20);
  });

  it('ends what is under way when it is stopped', async () => {
    const one = auditor();
    const under = one.audit(job, answer);
    one.stop();
    await expect(under).rejects.toThrow();
  });
});
