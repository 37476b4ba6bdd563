import { addressFromPublicKey } from '../../src-shared/chain/address';
import type { JsonValue } from '../../src-shared/chain/json';
import { JsonNumber, member } from '../../src-shared/chain/json-value';
import type { Transaction, TransactionType } from '../../src-shared/chain/transaction';
import { delegate, undelegate } from './delegation';
import { ExecutionError } from './execution-error';
import type { Ledger } from './ledger';
import { share, UNJAIL_FEE } from './parameters';
import { pythonFromHex } from './python-hex';
import { newValidator, type ValidatorRecord } from './records';

export type StakingType = Exclude<TransactionType, 'TRANSFER' | 'SUBMIT_RESULT' | 'POC_REWARD'>;

const UNSTAKE_PENALTY_RATE = 0.1;

/** What the staking transactions do beyond being charged for; the sender has been charged already. */
export function applyStaking(draft: Ledger, tx: Transaction, type: StakingType, height: number): void {
  if (type === 'DELEGATE') delegate(draft, tx, height);
  else if (type === 'UNDELEGATE') undelegate(draft, tx, height);
  else applyToOwnValidator(draft, tx, type);
}

/** Types that name the validator by its public key. */
function applyToOwnValidator(
  draft: Ledger,
  tx: Transaction,
  type: Exclude<StakingType, 'DELEGATE' | 'UNDELEGATE'>,
): void {
  const publicKey = member(tx.payload, 'pub_key');
  if (typeof publicKey !== 'string' || publicKey === '') {
    throw new ExecutionError(`${type} transaction must provide 'pub_key' in payload`);
  }
  const address = addressFromPublicKey(pythonFromHex(publicKey), 'cpcvalcons');
  const validator = draft.validator(address);
  if (type === 'STAKE') stake(draft, tx, validator ?? joining(address, publicKey, tx.from));
  else if (validator === undefined) throw new ExecutionError(`Validator ${address} not found`);
  else if (type === 'UNSTAKE') unstake(draft, tx, validator);
  else if (type === 'UPDATE_VALIDATOR') updateValidator(draft, tx, validator);
  else unjail(draft, tx, validator);
}

/** A validator joins inactive; the end of the epoch decides. */
function joining(address: string, publicKey: string, rewardAddress: string): ValidatorRecord {
  return newValidator(address, publicKey, 0n, { isActive: false, rewardAddress });
}

function stake(draft: Ledger, tx: Transaction, validator: ValidatorRecord): void {
  draft.setValidator({ ...validator, power: validator.power + tx.amount });
}

/** As in the reference, whoever names the validator's key may unstake; a devnet has no one to rob. */
function unstake(draft: Ledger, tx: Transaction, validator: ValidatorRecord): void {
  if (validator.power < tx.amount) {
    throw new ExecutionError(
      `Insufficient stake: validator has ${validator.power}, trying to unstake ${tx.amount}`,
    );
  }
  const penalty = validator.jailedUntilHeight > 0 ? share(tx.amount, UNSTAKE_PENALTY_RATE) : 0n;
  const power = validator.power - tx.amount;
  draft.setValidator({ ...validator, power, isActive: power > 0n && validator.isActive });
  draft.credit(tx.from, tx.amount - penalty);
  draft.burn(penalty);
}

function updateValidator(draft: Ledger, tx: Transaction, validator: ValidatorRecord): void {
  if (validator.rewardAddress !== tx.from) {
    throw new ExecutionError('Only validator owner can update metadata');
  }
  const { payload } = tx;
  const rate = member(payload, 'commission_rate');
  draft.setValidator({
    ...validator,
    name: label(member(payload, 'name'), validator.name, 64, 'Validator name'),
    website: label(member(payload, 'website'), validator.website, 128, 'Website URL'),
    description: label(member(payload, 'description'), validator.description, 256, 'Description'),
    commissionRate: rate === undefined ? validator.commissionRate : commissionRate(rate),
  });
}

function label(
  value: JsonValue | undefined,
  before: string | null,
  maximum: number,
  what: string,
): string | null {
  if (value === undefined) return before;
  if (typeof value !== 'string') throw new ExecutionError(`${what} is not text`);
  // Python counts code points.
  if ([...value].length > maximum) throw new ExecutionError(`${what} too long (max ${maximum} chars)`);
  return value;
}

function commissionRate(value: JsonValue): number {
  const text =
    value instanceof JsonNumber ? value.token : typeof value === 'boolean' ? String(+value) : value;
  const rate = typeof text === 'string' && text.trim() !== '' ? Number(text) : Number.NaN;
  if (!(rate >= 0 && rate <= 1)) throw new ExecutionError('Commission rate must be between 0.0 and 1.0');
  return rate;
}

function unjail(draft: Ledger, tx: Transaction, validator: ValidatorRecord): void {
  if (validator.jailedUntilHeight === 0) {
    throw new ExecutionError(`Validator ${validator.address} is not jailed`);
  }
  if (validator.rewardAddress !== tx.from) throw new ExecutionError('Only validator owner can unjail');
  if (tx.amount < UNJAIL_FEE) {
    throw new ExecutionError(`Insufficient unjail fee: need ${UNJAIL_FEE}, got ${tx.amount}`);
  }
  draft.setValidator({ ...validator, jailedUntilHeight: 0, missedBlocks: 0, isActive: true });
  draft.burn(tx.amount);
}
