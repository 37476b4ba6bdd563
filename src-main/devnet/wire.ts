import type { JsonValue } from '../../src-shared/chain/json';
import { asObject, JsonNumber } from '../../src-shared/chain/json-value';
import { pythonFloatRepr } from '../../src-shared/chain/python-float';
import type { Account, Delegation, Unbonding, ValidatorRecord } from './records';

/** What answers are written in: numbers here are integers; floats go through `float`. */
export type Wire = null | boolean | string | number | bigint | JsonNumber | readonly Wire[] | WireObject;
export type WireObject = { readonly [key: string]: Wire };

/** A value as JSON with the node's number tokens. */
export function toJson(value: Wire): JsonValue {
  if (typeof value === 'number' || typeof value === 'bigint') return JsonNumber.ofInteger(value);
  if (value === null || typeof value !== 'object' || value instanceof JsonNumber) return value;
  if (Array.isArray(value)) return value.map(toJson);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toJson(member)]));
}

/** A float as Python writes it: `1.0`, `1e-07`. */
export function float(value: number): JsonNumber {
  return new JsonNumber(pythonFloatRepr(value));
}

/** A payload as it is after Python has read it: floats in Python's own writing, no minus zero. */
export function normalizeNumbers(value: JsonValue): JsonValue {
  if (value instanceof JsonNumber) {
    if (value.isInteger) return value.token === '-0' ? new JsonNumber('0') : value;
    return float(value.toDouble());
  }
  if (Array.isArray(value)) return value.map(normalizeNumbers);
  const object = asObject(value);
  if (object === undefined) return value;
  const entries = Object.entries(object).map(([key, member]) => [key, normalizeNumbers(member)] as const);
  return Object.fromEntries(entries);
}

/** An account as the node stores it. */
export function accountWire(account: Account): WireObject {
  return {
    address: account.address,
    balance: account.balance,
    nonce: account.nonce,
    reward_history: Object.fromEntries(account.rewardHistory),
    unbonding_delegations: account.unbonding.map(unbondingWire),
  };
}

export function unbondingWire(entry: Unbonding): WireObject {
  return { amount: entry.amount, completion_height: entry.completionHeight, validator: entry.validator };
}

export function delegationWire(delegation: Delegation): WireObject {
  return {
    delegator: delegation.delegator,
    validator: delegation.validator,
    amount: delegation.amount,
    created_height: delegation.createdHeight,
  };
}

/** A validator as `/validators` shows it. */
export function validatorWire(validator: ValidatorRecord): WireObject {
  return {
    address: validator.address,
    pq_pub_key: validator.publicKey,
    power: validator.power,
    is_active: validator.isActive,
    reward_address: validator.rewardAddress,
    name: validator.name,
    website: validator.website,
    description: validator.description,
    blocks_proposed: validator.blocksProposed,
    blocks_expected: validator.blocksExpected,
    missed_blocks: validator.missedBlocks,
    last_block_height: validator.lastBlockHeight,
    uptime_score: float(validator.uptimeScore),
    performance_score: float(validator.performanceScore),
    total_penalties: validator.totalPenalties,
    jailed_until_height: validator.jailedUntilHeight,
    jail_count: validator.jailCount,
    joined_height: validator.joinedHeight,
    last_seen_height: validator.lastSeenHeight,
    unstaking_queue: [],
    commission_rate: float(validator.commissionRate),
    self_stake: validator.selfStake,
    total_delegated: validator.totalDelegated,
    delegations: validator.delegations.map(delegationWire),
  };
}
