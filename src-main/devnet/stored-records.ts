import { z } from 'zod';
import { parseJson } from '../../src-shared/chain/json';
import { JsonNumber } from '../../src-shared/chain/json-value';
import type { Account, ValidatorRecord } from './records';

/*
 * Accounts and validators as the store holds them, in the node's own JSON. Numbers arrive as tokens, since
 * balances outgrow doubles.
 */

const token = z.instanceof(JsonNumber);
const units = token.transform((number) => number.toBigInt());
const count = token.transform((number) => Number(number.token));
const text = z.string().nullable();

const accountSchema = z.object({
  address: z.string(),
  balance: units,
  nonce: units,
  reward_history: z.record(z.string(), units),
  unbonding_delegations: z.array(
    z.object({ amount: units, completion_height: count, validator: z.string() }),
  ),
});

const validatorSchema = z.object({
  address: z.string(),
  pq_pub_key: z.string(),
  power: units,
  is_active: z.boolean(),
  reward_address: text,
  name: text,
  website: text,
  description: text,
  blocks_proposed: count,
  blocks_expected: count,
  missed_blocks: count,
  last_block_height: count,
  uptime_score: count,
  performance_score: count,
  total_penalties: units,
  jailed_until_height: count,
  jail_count: count,
  joined_height: count,
  last_seen_height: count,
  commission_rate: count,
  self_stake: units,
  total_delegated: units,
  delegations: z.array(
    z.object({ delegator: z.string(), validator: z.string(), amount: units, created_height: count }),
  ),
});

/** Reads back what `accountWire` wrote. */
export function readAccount(json: string): Account {
  const stored = accountSchema.parse(parseJson(json));
  return {
    address: stored.address,
    balance: stored.balance,
    nonce: stored.nonce,
    rewardHistory: Object.entries(stored.reward_history).map(([epoch, amount]) => [Number(epoch), amount]),
    unbonding: stored.unbonding_delegations.map((entry) => ({
      amount: entry.amount,
      completionHeight: entry.completion_height,
      validator: entry.validator,
    })),
  };
}

/** Reads back what `validatorWire` wrote. */
export function readValidator(json: string): ValidatorRecord {
  const stored = validatorSchema.parse(parseJson(json));
  return {
    address: stored.address,
    publicKey: stored.pq_pub_key,
    power: stored.power,
    isActive: stored.is_active,
    rewardAddress: stored.reward_address,
    name: stored.name,
    website: stored.website,
    description: stored.description,
    blocksProposed: stored.blocks_proposed,
    blocksExpected: stored.blocks_expected,
    missedBlocks: stored.missed_blocks,
    lastBlockHeight: stored.last_block_height,
    uptimeScore: stored.uptime_score,
    performanceScore: stored.performance_score,
    totalPenalties: stored.total_penalties,
    jailedUntilHeight: stored.jailed_until_height,
    jailCount: stored.jail_count,
    joinedHeight: stored.joined_height,
    lastSeenHeight: stored.last_seen_height,
    commissionRate: stored.commission_rate,
    selfStake: stored.self_stake,
    totalDelegated: stored.total_delegated,
    delegations: stored.delegations.map((delegation) => ({
      delegator: delegation.delegator,
      validator: delegation.validator,
      amount: delegation.amount,
      createdHeight: delegation.created_height,
    })),
  };
}
