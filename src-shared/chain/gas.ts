import { toUnits, type Units } from './amount';

/** Every type the node knows. */
export const TRANSACTION_TYPES = [
  'TRANSFER',
  'STAKE',
  'UNSTAKE',
  'POC_REWARD',
  'SUBMIT_RESULT',
  'UPDATE_VALIDATOR',
  'DELEGATE',
  'UNDELEGATE',
  'UNJAIL',
] as const;

export type TransactionType = (typeof TRANSACTION_TYPES)[number];

/** `POC_REWARD` exists as a type and costs no gas: a mempool rejects it. */
export type GasType = Exclude<TransactionType, 'POC_REWARD'>;

/** Gas a transaction uses, by type (l1-protocol.md, "Units, networks"). */
export const BASE_GAS: Readonly<Record<GasType, bigint>> = {
  TRANSFER: 21_000n,
  STAKE: 40_000n,
  UNSTAKE: 40_000n,
  SUBMIT_RESULT: 80_000n,
  UPDATE_VALIDATOR: 30_000n,
  DELEGATE: 35_000n,
  UNDELEGATE: 35_000n,
  UNJAIL: 50_000n,
};

/** Gas of a type, or undefined where it has none. */
export function baseGas(type: TransactionType): bigint | undefined {
  return type === 'POC_REWARD' ? undefined : BASE_GAS[type];
}

/**
 * What a node charges, whatever was declared: base gas × price, in minimal units. Declare exactly this: a
 * mempool wants the balance to cover the declared fee.
 */
export function exactFee(type: GasType, gasPrice: bigint): Units {
  return toUnits(BASE_GAS[type] * gasPrice);
}
