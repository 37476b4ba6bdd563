import { member } from '../../src-shared/chain/json-value';
import type { Transaction } from '../../src-shared/chain/transaction';
import { ExecutionError } from './execution-error';
import type { Ledger } from './ledger';
import { MAX_VALIDATORS_PER_DELEGATOR, MIN_DELEGATION, UNDELEGATION_PERIOD_BLOCKS } from './parameters';
import type { Delegation, ValidatorRecord } from './records';

/** Moves the sender's tokens, already deducted, to a validator's voting power. */
export function delegate(draft: Ledger, tx: Transaction, height: number): void {
  const validator = namedValidator(draft, tx);
  if (tx.amount < MIN_DELEGATION) {
    throw new ExecutionError(`Delegation amount ${tx.amount} below minimum ${MIN_DELEGATION} (100.0 CPC)`);
  }
  const existing = validator.delegations.find(({ delegator }) => delegator === tx.from);
  const all = draft.validators();
  const delegatedTo = all.filter(({ delegations }) =>
    delegations.some((one) => one.delegator === tx.from),
  ).length;
  if (existing === undefined && delegatedTo >= MAX_VALIDATORS_PER_DELEGATOR) {
    const limit = `(max ${MAX_VALIDATORS_PER_DELEGATOR})`;
    throw new ExecutionError(`Delegator already delegating to ${delegatedTo} validators ${limit}`);
  }
  checkPowerShare(
    validator.power + tx.amount,
    all.reduce((sum, { power }) => sum + power, tx.amount),
  );
  const amount = (existing?.amount ?? 0n) + tx.amount;
  const created = existing?.createdHeight ?? height;
  const delegation = { delegator: tx.from, validator: validator.address, amount, createdHeight: created };
  draft.setValidator({
    ...validator,
    power: validator.power + tx.amount,
    totalDelegated: validator.totalDelegated + tx.amount,
    delegations: replaceDelegation(validator.delegations, delegation),
  });
}

/** Puts delegated tokens on their way back; they arrive when the unbonding period is over. */
export function undelegate(draft: Ledger, tx: Transaction, height: number): void {
  const validator = namedValidator(draft, tx);
  const existing = validator.delegations.find(({ delegator }) => delegator === tx.from);
  if (existing === undefined) {
    throw new ExecutionError(`No delegation found from ${tx.from} to ${validator.address}`);
  }
  if (existing.amount < tx.amount) {
    const attempt = `have ${existing.amount}, trying to undelegate ${tx.amount}`;
    throw new ExecutionError(`Insufficient delegation: ${attempt}`);
  }
  const left = { ...existing, amount: existing.amount - tx.amount };
  draft.setValidator({
    ...validator,
    power: validator.power - tx.amount,
    totalDelegated: validator.totalDelegated - tx.amount,
    delegations: replaceDelegation(validator.delegations, left).filter(({ amount }) => amount > 0n),
  });
  const completionHeight = height + UNDELEGATION_PERIOD_BLOCKS;
  const sender = draft.account(tx.from);
  const entry = { amount: tx.amount, completionHeight, validator: validator.address };
  draft.setAccount({ ...sender, unbonding: [...sender.unbonding, entry] });
}

/** Pays out what has finished unbonding at this height. */
export function payUnbonded(draft: Ledger, height: number): void {
  for (const account of draft.accounts()) {
    const done = account.unbonding.filter(({ completionHeight }) => completionHeight <= height);
    if (done.length === 0) continue;
    draft.setAccount({
      ...account,
      balance: done.reduce((sum, { amount }) => sum + amount, account.balance),
      unbonding: account.unbonding.filter(({ completionHeight }) => completionHeight > height),
    });
  }
}

function namedValidator(draft: Ledger, tx: Transaction): ValidatorRecord {
  const address = member(tx.payload, 'validator');
  if (typeof address !== 'string' || address === '') {
    throw new ExecutionError(`${tx.type} must provide 'validator' address in payload`);
  }
  const validator = draft.validator(address);
  if (validator === undefined) throw new ExecutionError(`Validator ${address} not found`);
  return validator;
}

/** No delegation may bring a validator above a fifth of all voting power. */
function checkPowerShare(power: bigint, total: bigint): void {
  if (power * 5n <= total) return;
  const percent = ((Number(power) / Number(total)) * 100).toFixed(1);
  throw new ExecutionError(`This delegation would give validator ${percent}% voting power (max 20%)`);
}

function replaceDelegation(delegations: readonly Delegation[], changed: Delegation): readonly Delegation[] {
  const known = delegations.some(({ delegator }) => delegator === changed.delegator);
  if (!known) return [...delegations, changed];
  return delegations.map((one) => (one.delegator === changed.delegator ? changed : one));
}
