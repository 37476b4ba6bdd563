import { hexToBytes } from '@noble/hashes/utils.js';
import { addressFromPublicKey } from '../../src-shared/chain/address';
import type { Transaction } from '../../src-shared/chain/transaction';
import { gasOf } from './execution';
import type { Ledger } from './ledger';
import { blockReward, share, TREASURY_ADDRESS } from './parameters';
import type { ValidatorRecord } from './records';

const VALIDATOR_REWARD_SHARE = 0.7;
const MINER_REWARD_SHARE = 0.3;
const VALIDATOR_FEE_SHARE = 0.9;
const TREASURY_FEE_SHARE = 0.1;

/**
 * Mints the block reward and hands it out with the fees: 70 % and nine tenths of the fees to the proposer and
 * its delegators, a tenth of the fees to the treasury. The miners' 30 % is burned until the chain pays workers.
 */
export function distributeRewards(
  draft: Ledger,
  proposer: string,
  height: number,
  txs: readonly Transaction[],
): void {
  const validator = draft.validator(proposer);
  if (validator === undefined || !validator.isActive) return;
  const reward = blockReward(height);
  draft.mint(reward);
  const fees = txs.reduce((sum, tx) => sum + gasOf(tx) * tx.gasPrice, 0n);
  const validatorFees = share(fees, VALIDATOR_FEE_SHARE);
  const treasuryFees = share(fees, TREASURY_FEE_SHARE);
  if (treasuryFees > 0n) draft.credit(TREASURY_ADDRESS, treasuryFees);
  draft.burn(fees - validatorFees - treasuryFees);
  payValidator(draft, validator, share(reward, VALIDATOR_REWARD_SHARE) + validatorFees);
  draft.burn(share(reward, MINER_REWARD_SHARE));
}

function payValidator(draft: Ledger, validator: ValidatorRecord, total: bigint): void {
  const target = validator.rewardAddress ?? addressFromPublicKey(hexToBytes(validator.publicKey));
  const hasDelegators = validator.totalDelegated > 0n;
  const commission = hasDelegators ? share(total, validator.commissionRate) : total;
  draft.credit(target, commission);
  if (!hasDelegators) return;
  const forDelegators = total - commission;
  let paid = 0n;
  for (const { delegator, amount } of validator.delegations) {
    const reward = (forDelegators * amount) / validator.totalDelegated;
    if (reward <= 0n) continue;
    payDelegator(draft, delegator, reward);
    paid += reward;
  }
  draft.burn(forDelegators - paid);
}

function payDelegator(draft: Ledger, address: string, reward: bigint): void {
  const account = draft.account(address);
  const { epoch } = draft.totals;
  const before = account.rewardHistory.find(([known]) => known === epoch)?.[1] ?? 0n;
  const others = account.rewardHistory.filter(([known]) => known !== epoch);
  draft.setAccount({
    ...account,
    balance: account.balance + reward,
    rewardHistory: [...others, [epoch, before + reward]],
  });
}
