/** What the miner's program is started with, as JSON. */
export type MinerArguments = {
  readonly folder: string;
  readonly nodeUrl: string;
  /** Hex. */
  readonly privateKey: string;
  /** Unix milliseconds. */
  readonly nowMs: number;
};

/** A block was made, or something else is to be done. */
export type ToMiner = {
  readonly nowMs: number;
  readonly mine: boolean;
  /** The person agrees to whatever chain the node shows. */
  readonly acceptChain: boolean;
};

/** How far the miner has come. */
export type FromMiner = {
  /** Height of the newest block it believes, −1 for none. */
  readonly tip: number;
  /** Height of the newest block that it has an unfinished task of. */
  readonly newest: number;
  readonly unsent: number;
  readonly planned: number;
  /** Code of what blocks it, or null. */
  readonly trouble: string | null;
};
