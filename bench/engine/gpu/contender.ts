/** The operands of one product, int8: A row by row, B column by column. */
export type Operands = {
  readonly n: number;
  readonly a: Int8Array;
  readonly bTransposed: Int8Array;
};

/**
 * Something that multiplies on the graphics adapter. What is timed is the same for all: from operands in memory, each
 * in the form it takes, to C in memory; so upload, compute and reading back.
 */
export type Contender = {
  /** Brings the operands into its own form and compiles what it can: not timed. */
  prepare(operands: Operands): Promise<Product>;
};

/** A product of one size, to be run any number of times. */
export type Product = {
  /** @returns C, row-major */
  run(): Promise<Int32Array | Float32Array>;
  dispose(): void;
};
