/** Tokens on their way back from a validator. */
export type Unbonding = {
  readonly amount: bigint;
  readonly completionHeight: number;
  readonly validator: string;
};

/** An account of the state. Records are never changed, only replaced, so states may share them. */
export type Account = {
  readonly address: string;
  readonly balance: bigint;
  readonly nonce: bigint;
  /** Rewards as a delegator, by epoch, in epoch order. */
  readonly rewardHistory: readonly (readonly [epoch: number, amount: bigint])[];
  readonly unbonding: readonly Unbonding[];
};

export type Delegation = {
  readonly delegator: string;
  readonly validator: string;
  readonly amount: bigint;
  readonly createdHeight: number;
};

/** A validator of the state, with everything `/validators` shows of it. */
export type ValidatorRecord = {
  readonly address: string;
  readonly publicKey: string;
  readonly power: bigint;
  readonly isActive: boolean;
  readonly rewardAddress: string | null;
  readonly name: string | null;
  readonly website: string | null;
  readonly description: string | null;
  readonly blocksProposed: number;
  readonly blocksExpected: number;
  readonly missedBlocks: number;
  readonly lastBlockHeight: number;
  readonly uptimeScore: number;
  readonly performanceScore: number;
  readonly totalPenalties: bigint;
  readonly jailedUntilHeight: number;
  readonly jailCount: number;
  readonly joinedHeight: number;
  readonly lastSeenHeight: number;
  readonly commissionRate: number;
  readonly selfStake: bigint;
  readonly totalDelegated: bigint;
  readonly delegations: readonly Delegation[];
};

/** An account nobody has touched yet. */
export function newAccount(address: string): Account {
  return { address, balance: 0n, nonce: 0n, rewardHistory: [], unbonding: [] };
}

/** A validator as it joins. */
export function newValidator(
  address: string,
  publicKey: string,
  power: bigint,
  others: Partial<ValidatorRecord> = {},
): ValidatorRecord {
  return {
    address,
    publicKey,
    power,
    isActive: true,
    rewardAddress: null,
    name: null,
    website: null,
    description: null,
    blocksProposed: 0,
    blocksExpected: 0,
    missedBlocks: 0,
    lastBlockHeight: 0,
    uptimeScore: 1,
    performanceScore: 1,
    totalPenalties: 0n,
    jailedUntilHeight: 0,
    jailCount: 0,
    joinedHeight: 0,
    lastSeenHeight: 0,
    commissionRate: 0.1,
    selfStake: 0n,
    totalDelegated: 0n,
    delegations: [],
    ...others,
  };
}
