import type { Transaction } from './transaction';

/** Fields of a header (l1-protocol.md, "Block"); the two zk fields, placeholders, are outside its hash. */
export type BlockHeader = {
  readonly height: number;
  readonly prevHash: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly chainId: string;
  readonly proposerAddress: string;
  /** How many slots later than its own the block came. */
  readonly round: number;
  readonly txRoot: string;
  readonly stateRoot: string;
  /** Hex, or empty where the block has no results. */
  readonly computeRoot: string;
  readonly gasUsed: bigint;
  readonly gasLimit: bigint;
};

export type Block = {
  readonly header: BlockHeader;
  readonly txs: readonly Transaction[];
  /** Despite the name, secp256k1 by the proposer over the header hash, hex. */
  readonly pqSignature: string;
  readonly pqSigSchemeId: number;
};
