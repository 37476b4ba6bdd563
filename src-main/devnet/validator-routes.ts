import { type Answer, detail, ok } from './answer';
import type { DevnetNode } from './node';
import { float, validatorWire } from './wire';

const UNKNOWN = detail(404, 'Validator not found');

export function validators({ chain }: DevnetNode): Answer {
  return ok({ epoch: chain.state.totals.epoch, validators: chain.state.validators().map(validatorWire) });
}

export function validator({ chain }: DevnetNode, address: string): Answer {
  const found = chain.state.validator(address);
  return found === undefined ? UNKNOWN : ok(validatorWire(found));
}

export function performance({ chain }: DevnetNode, address: string): Answer {
  const found = chain.state.validator(address);
  if (found === undefined) return UNKNOWN;
  return ok({
    address: found.address,
    is_active: found.isActive,
    performance_score: float(found.performanceScore),
    uptime_score: float(found.uptimeScore),
    blocks_proposed: found.blocksProposed,
    blocks_expected: found.blocksExpected,
    missed_blocks: found.missedBlocks,
    last_block_height: found.lastBlockHeight,
    power: found.power,
    total_penalties: found.totalPenalties,
    jailed_until_height: found.jailedUntilHeight,
    jail_count: found.jailCount,
    joined_height: found.joinedHeight,
    last_seen_height: found.lastSeenHeight,
  });
}

export function leaderboard({ chain }: DevnetNode): Answer {
  const ranked = chain.state.validators().sort((a, b) => b.performanceScore - a.performanceScore);
  return ok({
    epoch: chain.state.totals.epoch,
    current_height: chain.height,
    leaderboard: ranked.map((one, index) => ({
      rank: index + 1,
      address: one.address,
      is_active: one.isActive,
      performance_score: float(one.performanceScore),
      uptime_score: float(one.uptimeScore),
      power: one.power,
      blocks_proposed: one.blocksProposed,
      blocks_expected: one.blocksExpected,
      missed_blocks: one.missedBlocks,
      jailed: one.jailedUntilHeight > chain.height,
      jail_count: one.jailCount,
    })),
  });
}

export function jailed({ chain }: DevnetNode): Answer {
  const inJail = chain.state.validators().filter((one) => one.jailedUntilHeight > chain.height);
  return ok({
    current_height: chain.height,
    jailed_count: inJail.length,
    jailed_validators: inJail.map((one) => ({
      address: one.address,
      jailed_until_height: one.jailedUntilHeight,
      blocks_remaining: Math.max(0, one.jailedUntilHeight - chain.height),
      jail_count: one.jailCount,
      total_penalties: one.totalPenalties,
      power: one.power,
    })),
  });
}

export function delegations({ chain }: DevnetNode, delegator: string): Answer {
  const found = chain.state.validators().flatMap((one) =>
    one.delegations
      .filter((delegation) => delegation.delegator === delegator)
      .map((delegation) => ({
        validator: delegation.validator,
        amount: delegation.amount,
        created_height: delegation.createdHeight,
        validator_name: one.name || 'Unknown',
        validator_commission: float(one.commissionRate),
      })),
  );
  const total = found.reduce((sum, { amount }) => sum + amount, 0n);
  return ok({ delegator, delegations: found, total_delegated: total });
}

export function rewards({ chain }: DevnetNode, delegator: string): Answer {
  const history = [...chain.state.account(delegator).rewardHistory].sort(([a], [b]) => a - b);
  return ok({
    delegator,
    total_rewards: history.reduce((sum, [, amount]) => sum + amount, 0n),
    rewards_by_epoch: history.map(([epoch, amount]) => ({ epoch, amount })),
    current_epoch: chain.state.totals.epoch,
  });
}

export function unbonding({ chain }: DevnetNode, delegator: string): Answer {
  const entries = chain.state.account(delegator).unbonding;
  return ok({
    delegator,
    total_unbonding: entries.reduce((sum, { amount }) => sum + amount, 0n),
    unbonding_count: entries.length,
    unbonding_delegations: entries.map((entry) => ({
      validator: entry.validator,
      amount: entry.amount,
      completion_height: entry.completionHeight,
      blocks_remaining: Math.max(0, entry.completionHeight - chain.height),
    })),
    current_height: chain.height,
  });
}
