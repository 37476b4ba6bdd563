import type { ComputeOutcome } from '../../src-shared/ipc/compute';
import type { Urgency } from '../compute/compute';
import type { ComputeWork } from '../compute/compute-task';

/**
 * Where work comes from: the chain's blocks, a validator's jobs. A source plans its items and is the only one that ends
 * them: the loop computes what `next` gives and hands each item back exactly once, with `done` or `failed`.
 */
export type WorkSource<Item> = Urgency & {
  /**
   * How many items the loop may hold beyond one for each lane, so that the next is there to be compared with other
   * sources' when a lane is free. None where a later item is worth more than an earlier one.
   */
  readonly ahead: number;
  /** The next item to compute, the caller's from now on; null where there is none now. Never one that is still out. */
  next(): Item | null;
  /** What an item asks of the engines. */
  task(item: Item): ComputeWork;
  /** Whether an item that is out is no longer wanted. */
  isOver(item: Item): boolean;
  /** Takes back an item with its result. */
  done(item: Item, outcome: ComputeOutcome): void;
  /** Takes back an item without one. @param dropped whether it was given up on purpose, and nothing failed */
  failed(item: Item, error: unknown, dropped: boolean): void;
};
