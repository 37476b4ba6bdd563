/** What a node's mempool takes (l1-protocol.md, "Limits"). */
export const MEMPOOL = {
  maxTransactions: 100_000,
  maxPerSender: 1000,
  /** Transactions of one sender whose nonce is yet to come. */
  maxQueuedPerSender: 64,
  /** How long a transaction is kept that no block takes. */
  timeToLiveMs: 60 * 60_000,
} as const;

/** What a block holds at most (l1-protocol.md, "Limits"). */
export const BLOCK = { maxTransactions: 500, gasLimit: 50_000_000n } as const;
