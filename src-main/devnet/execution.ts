import { coerceComputeResult } from '../../src-shared/chain/compute-result';
import { baseGas } from '../../src-shared/chain/gas';
import type { Transaction } from '../../src-shared/chain/transaction';
import { ExecutionError } from './execution-error';
import type { Ledger } from './ledger';
import { DEVNET } from './parameters';
import { applyStaking } from './staking';

/**
 * Applies a transaction to a draft of the state as the reference's block execution does, its signature having been
 * checked by the mempool. Charges exactly base gas × price, whatever fee was declared.
 * @throws ExecutionError. The sender may have been charged by then: throw the draft away.
 */
export function applyTransaction(draft: Ledger, tx: Transaction, height: number): void {
  charge(draft, tx);
  switch (tx.type) {
    case 'TRANSFER':
      if (tx.to === null || tx.to === '') throw new ExecutionError('Transfer must have to_address');
      draft.credit(tx.to, tx.amount);
      break;
    case 'SUBMIT_RESULT':
      checkResult(tx);
      break;
    case 'POC_REWARD':
      break;
    default:
      applyStaking(draft, tx, tx.type, height);
  }
}

function charge(draft: Ledger, tx: Transaction): void {
  if (tx.amount < 0n) throw new ExecutionError('amount must be non-negative');
  if (tx.fee < 0n) throw new ExecutionError('fee must be non-negative');
  const sender = draft.account(tx.from);
  if (tx.nonce !== sender.nonce) {
    const message = `Invalid nonce: expected ${sender.nonce}, got ${tx.nonce}`;
    throw new ExecutionError(message, tx.nonce > sender.nonce);
  }
  const gas = baseGas(tx.type) ?? 0n;
  if (tx.gasLimit < gas) {
    throw new ExecutionError(`gas_limit ${tx.gasLimit} too low for ${tx.type} (need ${gas})`);
  }
  if (tx.gasPrice < DEVNET.minGasPrice) {
    throw new ExecutionError(`gas_price ${tx.gasPrice} below minimum ${DEVNET.minGasPrice}`);
  }
  const fee = gas * tx.gasPrice;
  if (tx.fee < fee) throw new ExecutionError(`fee ${tx.fee} too low (need ${fee})`);
  const cost = spendsAmount(tx) ? tx.amount + fee : fee;
  if (sender.balance < cost) {
    throw new ExecutionError(`Insufficient balance: have ${sender.balance}, need ${cost}`);
  }
  draft.setAccount({ ...sender, balance: sender.balance - cost, nonce: sender.nonce + 1n });
}

/** Gas a block counts for a transaction. */
export function gasOf(tx: Transaction): bigint {
  return baseGas(tx.type) ?? 0n;
}

function spendsAmount({ type }: Transaction): boolean {
  return type !== 'UNSTAKE' && type !== 'UPDATE_VALIDATOR' && type !== 'UNDELEGATE';
}

function checkResult(tx: Transaction): void {
  const result = coerceComputeResult(tx.payload);
  if (result === null) throw new ExecutionError('Invalid ComputeResult: validation errors for ComputeResult');
  if (result.workerAddress !== tx.from) {
    const mismatch = `payload ${result.workerAddress} vs tx ${tx.from}`;
    throw new ExecutionError(`Invalid ComputeResult: Worker address mismatch: ${mismatch}`);
  }
}
