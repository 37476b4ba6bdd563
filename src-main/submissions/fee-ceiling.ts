import type { Address } from '../../src-shared/chain/address';
import { AppError } from '../../src-shared/errors';
import { type Clock, wallTimeOf } from '../clock/clock';
import type { WallJumps } from '../clock/wall-jumps';
import type { Journal } from './journal';

const WINDOW_MS = 60 * 60_000;

type Fee = { readonly atMs: number; readonly units: bigint; readonly ageMs: number };

/** Why no further fee may be spent now, and from when on one may; `freeAtMs` is null where none ever fits. */
export type CeilingReached = { readonly error: AppError; readonly freeAtMs: number | null };

/**
 * Bounds the fees of what is signed within any hour to what a person allows. What was sent counts even where a node
 * calls it rejected or expired. Not counted is a transaction whose nonce went to another one: where that is the node's
 * word alone, and wrong, the hour can cost that much more.
 */
export class FeeCeiling {
  readonly #journal: Journal;
  readonly #ceilingUnits: () => bigint | null;
  readonly #jumps: WallJumps;
  readonly #clock: Clock;

  /** @param ceilingUnits most units of fees within an hour, or null for no ceiling */
  constructor(journal: Journal, ceilingUnits: () => bigint | null, clock: Clock, jumps: WallJumps) {
    this.#journal = journal;
    this.#ceilingUnits = ceilingUnits;
    this.#clock = clock;
    this.#jumps = jumps;
  }

  /** Whether one more fee would be too much; null where it fits. */
  reached(account: Address, feeUnits: bigint): CeilingReached | null {
    const ceiling = this.#ceilingUnits();
    if (ceiling === null) return null;
    const fees = this.#feesOfTheHour(account);
    let spent = fees.reduce((sum, fee) => sum + fee.units, 0n);
    if (spent + feeUnits <= ceiling) return null;
    const params = { spent: String(spent), fee: String(feeUnits), ceiling: String(ceiling) };
    // Fees leave the hour one by one, the oldest first.
    const enough = fees.find(({ units }) => {
      spent -= units;
      return spent + feeUnits <= ceiling;
    });
    const error = new AppError(
      'fee_ceiling_reached',
      'The fees of the last hour have reached the ceiling in the settings. Mining goes on once the oldest is an hour old, or with a higher ceiling.',
      { remedy: 'open_settings', params },
    );
    return { error, freeAtMs: enough === undefined ? null : this.#leavesAt(enough) };
  }

  /** Oldest first; each hour is a true one, whatever was done to the wall clock in it. */
  #feesOfTheHour(account: Address): Fee[] {
    return this.#journal
      .feesSince(account, this.#jumps.lowestWithin(WINDOW_MS))
      .map((fee) => ({ ...fee, ageMs: this.#jumps.ageMs(fee.atMs) }))
      .filter(({ ageMs }) => ageMs < WINDOW_MS)
      .toSorted((a, b) => b.ageMs - a.ageMs);
  }

  /** When a fee will be an hour old: by the time it is stored under, unless the clock was set since. */
  #leavesAt({ atMs, ageMs }: Fee): number {
    const leavesMs = this.#clock.monotonic() + WINDOW_MS - ageMs;
    return wallTimeOf(this.#clock, leavesMs, atMs + WINDOW_MS);
  }

  /** @throws AppError `fee_ceiling_reached` where one more fee would be too much */
  require(account: Address, feeUnits: bigint): void {
    const reached = this.reached(account, feeUnits);
    if (reached !== null) throw reached.error;
  }
}
