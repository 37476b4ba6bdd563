import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import { VirtualClock } from '../clock/virtual-clock';
import { WallJumps } from '../clock/wall-jumps';
import { FeeCeiling } from './fee-ceiling';
import type { Journal } from './journal';

const ACCOUNT = parseAddress('cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp');
const HOUR = 3_600_000;

type Fee = { atMs: number; units: bigint };

/** A ceiling over fees that were spent at these times; the journal's own reading of them is tested with it. */
function ceilingOver(fees: readonly Fee[], ceiling: bigint | null, clock: VirtualClock): FeeCeiling {
  const feesSince = (_account: unknown, sinceMs: number) => fees.filter(({ atMs }) => atMs > sinceMs);
  return new FeeCeiling(
    { feesSince } as unknown as Journal, // only this of a journal is read
    () => ceiling,
    clock,
    new WallJumps(clock),
  );
}

const spent = fc
  .array(fc.record({ atMs: fc.integer({ min: 0, max: 2 * HOUR }), units: fc.bigInt(1n, 50n) }), {
    maxLength: 20,
  })
  .map((fees) => fees.toSorted((a, b) => a.atMs - b.atMs));

describe('the ceiling of fees', () => {
  it('lets a fee through exactly where the hour holds it', () => {
    fc.assert(
      fc.property(spent, fc.bigInt(1n, 300n), fc.bigInt(1n, 60n), (fees, ceiling, fee) => {
        const now = 2 * HOUR;
        const hour = fees.filter(({ atMs }) => atMs > now - HOUR).reduce((sum, { units }) => sum + units, 0n);
        const reached = ceilingOver(fees, ceiling, new VirtualClock(now)).reached(ACCOUNT, fee);
        expect(reached === null).toBe(hour + fee <= ceiling);
      }),
    );
  });

  it('says when the next fee fits, to the moment, or that none ever does', async () => {
    await fc.assert(
      fc.asyncProperty(spent, fc.bigInt(1n, 300n), fc.bigInt(1n, 60n), async (fees, ceiling, fee) => {
        const clock = new VirtualClock(2 * HOUR);
        const guard = ceilingOver(fees, ceiling, clock);
        const reached = guard.reached(ACCOUNT, fee);
        if (reached === null) return;
        expect(reached.freeAtMs === null).toBe(fee > ceiling);
        if (reached.freeAtMs === null) return;
        await clock.advance(reached.freeAtMs - clock.now() - 1);
        expect(guard.reached(ACCOUNT, fee)).not.toBeNull();
        await clock.advance(1);
        expect(guard.reached(ACCOUNT, fee)).toBeNull();
      }),
    );
  });

  it.each([-HOUR, -24 * HOUR, 30 * 24 * HOUR])(
    'holds for a true hour, whatever the wall clock is set to meanwhile (by %i ms)',
    async (byMs) => {
      const clock = new VirtualClock(2 * HOUR);
      const guard = ceilingOver([{ atMs: 2 * HOUR, units: 10n }], 10n, clock);
      expect(guard.reached(ACCOUNT, 1n)?.freeAtMs).toBe(3 * HOUR);
      await clock.advance(HOUR / 2);
      clock.setWall(byMs);
      expect(guard.reached(ACCOUNT, 1n)?.freeAtMs).toBe(3 * HOUR + byMs);
      await clock.advance(HOUR / 2 - 1);
      expect(guard.reached(ACCOUNT, 1n)).not.toBeNull();
      await clock.advance(1);
      expect(guard.reached(ACCOUNT, 1n)).toBeNull();
    },
  );

  it('is none where a person set none', () => {
    expect(
      ceilingOver([{ atMs: 1, units: 10n ** 30n }], null, new VirtualClock(2)).reached(ACCOUNT, 1n),
    ).toBeNull();
  });

  it('says what was spent, what one more would cost, and what is allowed', () => {
    const guard = ceilingOver([{ atMs: 2 * HOUR, units: 7n }], 10n, new VirtualClock(2 * HOUR));
    expect(() => guard.require(ACCOUNT, 3n)).not.toThrow();
    expect(() => guard.require(ACCOUNT, 4n)).toThrow(
      expect.objectContaining({
        code: 'fee_ceiling_reached',
        remedy: 'open_settings',
        params: { spent: '7', fee: '4', ceiling: '10' },
      }),
    );
  });

  it('lets fees leave the hour by how old they are, in whatever order they are read', () => {
    const clock = new VirtualClock(2 * HOUR);
    const fee = (minutesAgo: number) => ({ atMs: 2 * HOUR - minutesAgo * 60_000, units: 5n });
    for (const fees of [
      [fee(10), fee(40), fee(20)],
      [fee(40), fee(20), fee(10)],
      [fee(20), fee(10), fee(40)],
    ]) {
      const guard = ceilingOver(fees, 15n, clock);
      expect(guard.reached(ACCOUNT, 5n)?.freeAtMs).toBe(2 * HOUR + 20 * 60_000);
      expect(guard.reached(ACCOUNT, 10n)?.freeAtMs).toBe(2 * HOUR + 40 * 60_000);
      expect(guard.reached(ACCOUNT, 15n)?.freeAtMs).toBe(2 * HOUR + 50 * 60_000);
      expect(guard.reached(ACCOUNT, 16n)?.freeAtMs).toBeNull();
    }
  });
});
