import type { Address } from './kernels';

/** Words of the control block, int32, which threads share. */
export const CONTROL = {
  /** The next unit of the phase that nobody has taken. */
  nextUnit: 0,
  /** 1 once the phase is to end early. */
  stop: 1,
  /** What `checkRows` found, all rows together. */
  faults: 2,
  /** Share of the time that threads work, percent. */
  dutyPercent: 3,
} as const;

/** Bytes of scratch of one thread: the packed operands of `multiplyBlock` and one tile. */
const SCRATCH_BYTES = 640 * 1024;
/** Below are the module's own constants. */
const FIRST_ADDRESS = 64 * 1024;
const DIGEST_BYTES = 32;
const ALIGNMENT = 256;

/** Where everything of a task is; addresses in bytes. */
export type Layout = {
  readonly n: number;
  /** Rows of A and C: n, or those an audit recomputes. */
  readonly rows: number;
  readonly control: Address;
  readonly seed: Address;
  /** Two keys of 32 bytes, one for each round of the self-check. */
  readonly roundKeys: Address;
  /** The self-check's vectors. */
  readonly vectors: Address;
  /** Each row's number in C, u32. */
  readonly rowNumbers: Address;
  /** Row digests, and after them the levels of the tree above. */
  readonly digests: Address;
  /** The first thread's scratch; the next threads' follow. */
  readonly scratch: Address;
  /** rows × n int8. */
  readonly a: Address;
  /** n × n int8, B by columns. */
  readonly bTransposed: Address;
  /** rows × n int32. */
  readonly c: Address;
  /** Bytes of memory all this needs. */
  readonly bytes: number;
};

/** The addresses of a task of size n on so many threads. */
export function layOut(n: number, rows: number, threads: number): Layout {
  let end = FIRST_ADDRESS;
  const take = (bytes: number): Address => {
    const address = end;
    end += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return address;
  };
  return {
    n,
    rows,
    control: take(ALIGNMENT),
    seed: take(DIGEST_BYTES),
    roundKeys: take(2 * DIGEST_BYTES),
    vectors: take(24 * (n + 32)),
    rowNumbers: take(4 * rows),
    digests: take((2 * rows + 64) * DIGEST_BYTES),
    scratch: take(threads * SCRATCH_BYTES),
    // The key stream comes in steps of 256 bytes, and the self-check reads on past the end, a column of B at most.
    a: take(rows * n + 2 * ALIGNMENT),
    bTransposed: take(n * n + n + 2 * ALIGNMENT),
    c: take(4 * rows * n),
    bytes: end,
  };
}

/** A thread's own scratch. */
export function scratchOf(layout: Layout, thread: number): Address {
  return layout.scratch + thread * SCRATCH_BYTES;
}
