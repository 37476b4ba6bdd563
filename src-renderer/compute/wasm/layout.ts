import type { Shape } from '../../../src-shared/matrix-mult/shape';
import { CONTROL_BYTES } from './control';
import type { Address } from './kernels';

/** Bytes of scratch of one thread: the packed operands of `multiplyBlock` and one tile. */
const SCRATCH_BYTES = 640 * 1024;
/** Below are the module's own constants. */
const FIRST_ADDRESS = 64 * 1024;
const DIGEST_BYTES = 32;
const ALIGNMENT = 256;
/** Elements of a SIMD vector of int8. */
const VECTOR = 16;

/** Where everything of a task is; addresses in bytes. */
export type Layout = {
  /** Of the product computed here: an audit's has only the rows that it recomputes. */
  readonly shape: Shape;
  /** How many share the work out. */
  readonly threads: number;
  readonly control: Address;
  readonly seed: Address;
  /** Two keys of 32 bytes, one for each round of the self-check. */
  readonly roundKeys: Address;
  /** The self-check's vectors, and how many elements each has. */
  readonly vectors: Address;
  readonly vectorLength: number;
  /** Each row's number in C, u32. */
  readonly rowNumbers: Address;
  /** Row digests, and after them the levels of the tree above. */
  readonly digests: Address;
  /** The first thread's scratch; the next threads' follow. */
  readonly scratch: Address;
  /** rows × inner int8. */
  readonly a: Address;
  /** columns × inner int8, B by columns. */
  readonly bTransposed: Address;
  /** rows × columns int32. */
  readonly c: Address;
  /** Bytes of memory all this needs. */
  readonly bytes: number;
};

/** The addresses of a product on so many threads. */
export function layOut(shape: Shape, threads: number): Layout {
  const { rows, inner, columns } = shape;
  let end = FIRST_ADDRESS;
  const take = (bytes: number): Address => {
    const address = end;
    end += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return address;
  };
  // Whole SIMD vectors, and one more to read ahead into.
  const vectorLength = Math.ceil(Math.max(inner, columns) / VECTOR) * VECTOR + VECTOR;
  return {
    shape,
    threads,
    control: take(CONTROL_BYTES),
    seed: take(DIGEST_BYTES),
    roundKeys: take(2 * DIGEST_BYTES),
    vectors: take(24 * vectorLength),
    vectorLength,
    rowNumbers: take(4 * rows),
    digests: take((2 * rows + 64) * DIGEST_BYTES),
    scratch: take(threads * SCRATCH_BYTES),
    // The key stream comes in steps of 256 bytes, and the self-check reads on past the end, a column of B at most.
    a: take(rows * inner + 2 * ALIGNMENT),
    bTransposed: take(columns * inner + inner + 2 * ALIGNMENT),
    c: take(4 * rows * columns),
    bytes: end,
  };
}

/** A thread's own scratch. */
export function scratchOf(layout: Layout, thread: number): Address {
  return layout.scratch + thread * SCRATCH_BYTES;
}
