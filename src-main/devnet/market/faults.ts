import { z } from 'zod';

/**
 * What the validator does wrong when it is told to, for trying out workers. All but the last two befall a task when it is
 * handed out for the first time; every task but a stalled one can still be done.
 */
export const FAULTS = [
  /** The same job frame twice. */
  'duplicate',
  /** A job after the one that was to follow it. */
  'reorder',
  /** A frame in several pieces (RFC 6455, section 5.4). */
  'fragment',
  /** Half of a frame's text. */
  'truncate',
  /** Before a job others with numbers as strings, fields of other types, or without them. */
  'wrong_types',
  /** The connection broken off after a job. */
  'drop',
  /** Workers are welcome and get nothing. */
  'stall',
  /** No pings. */
  'silent',
] as const;
export type Fault = (typeof FAULTS)[number];

export const faultsSchema = z.object({ faults: z.array(z.enum(FAULTS)).max(FAULTS.length) });

/** Which faults are on; may change at any moment. */
export class FaultSwitches {
  #on: ReadonlySet<Fault>;

  constructor(on: readonly Fault[] = []) {
    this.#on = new Set(on);
  }

  has(fault: Fault): boolean {
    return this.#on.has(fault);
  }

  set(on: readonly Fault[]): void {
    this.#on = new Set(on);
  }

  get all(): readonly Fault[] {
    return [...this.#on];
  }
}
