import { NETWORKS } from '../../src-shared/chain/network';

/** The chain the development network is: the reference's devnet, number by number. */
export const DEVNET = NETWORKS.devnet;

export const EPOCH_LENGTH_BLOCKS = 100;
export const MAX_ROUNDS_PER_HEIGHT = 10;
export const PROTOCOL_CPC = 10n ** 18n;

export const GENESIS_PREMINE = 1_000_000_000n * PROTOCOL_CPC;
export const GENESIS_STAKE = 2000n * PROTOCOL_CPC;

export const MIN_VALIDATOR_STAKE = 1000n;
export const MAX_VALIDATORS = 5;
export const MAX_MISSED_BLOCKS = 20 * 5;
export const JAIL_DURATION_BLOCKS = 100;
export const SLASHING_RATE = 0.05;
export const EJECTION_JAILS = 3;
export const UNJAIL_FEE = 1000n * PROTOCOL_CPC;

export const UNDELEGATION_PERIOD_BLOCKS = 100;
export const MIN_DELEGATION = 100n * PROTOCOL_CPC;
export const MAX_VALIDATORS_PER_DELEGATOR = 10;

/** Where a tenth of the fees goes. Not a real address: nobody has its key. */
export const TREASURY_ADDRESS = 'cpc1treasury000000000000000000000000000000000000000000';

const INITIAL_BLOCK_REWARD = 10n * PROTOCOL_CPC;
const HALVING_PERIOD_BLOCKS = 1_000_000;

/** Minted at a height, in minimal units. */
export function blockReward(height: number): bigint {
  return INITIAL_BLOCK_REWARD >> BigInt(Math.floor(height / HALVING_PERIOD_BLOCKS));
}

/** `int(amount * rate)` as Python computes it, through a double: its rounding is part of the chain. */
export function share(amount: bigint, rate: number): bigint {
  return BigInt(Math.trunc(Number(amount) * rate));
}
