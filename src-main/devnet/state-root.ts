import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson, compareCodePoints } from '../../src-shared/chain/json';
import { merkleRoot } from '../../src-shared/chain/merkle';
import type { Ledger } from './ledger';
import type { Account, Delegation, Unbonding, ValidatorRecord } from './records';
import { delegationWire, toJson, unbondingWire, validatorWire } from './wire';

/** Fields of a validator that the state root covers; what is left out is scores and counters. */
const COVERED = [
  'address',
  'pq_pub_key',
  'power',
  'is_active',
  'reward_address',
  'name',
  'website',
  'description',
  'commission_rate',
  'self_stake',
  'total_delegated',
  'jailed_until_height',
  'jail_count',
  'joined_height',
  'unstaking_queue',
] as const;

// Records are never changed, so a leaf once hashed stays right; most accounts rest in most blocks.
const leaves = new WeakMap<Account | ValidatorRecord, Uint8Array>();

/** Root over all accounts, then all validators, each by address, as the reference node computes it. */
export function stateRoot(ledger: Ledger): string {
  const byAddress = (a: { address: string }, b: { address: string }): number =>
    compareCodePoints(a.address, b.address);
  const accounts = ledger.accounts().sort(byAddress);
  const validators = ledger.validators().sort(byAddress);
  const hashes = [
    ...accounts.map((account) => leaf(account, accountText)),
    ...validators.map((validator) => leaf(validator, validatorText)),
  ];
  return bytesToHex(hashes.length === 0 ? sha256(new Uint8Array(0)) : merkleRoot(hashes));
}

function leaf<T extends Account | ValidatorRecord>(record: T, textOf: (record: T) => string): Uint8Array {
  const known = leaves.get(record);
  if (known !== undefined) return known;
  const hash = sha256(utf8ToBytes(textOf(record)));
  leaves.set(record, hash);
  return hash;
}

function accountText(account: Account): string {
  // Python sorts the epochs as the integers they are there; canonicalJson would sort them as text.
  const rewards = [...account.rewardHistory].sort(([a], [b]) => a - b);
  const history = rewards.map(([epoch, amount]) => `"${epoch}":${amount}`).join(',');
  const unbonding = [...account.unbonding].sort(compareUnbonding).map(unbondingWire);
  const address = canonicalJson(account.address);
  const head = `acc:{"address":${address},"balance":${account.balance},"nonce":${account.nonce}`;
  return `${head},"reward_history":{${history}},"unbonding_delegations":${canonicalJson(toJson(unbonding))}}`;
}

function validatorText(validator: ValidatorRecord): string {
  const wire = validatorWire(validator);
  const covered = Object.fromEntries(COVERED.map((field) => [field, wire[field] ?? null]));
  const delegations = [...validator.delegations].sort(compareDelegations).map(delegationWire);
  return `val:${canonicalJson(toJson({ ...covered, delegations }))}`;
}

function compareUnbonding(a: Unbonding, b: Unbonding): number {
  return (
    a.completionHeight - b.completionHeight ||
    compareCodePoints(a.validator, b.validator) ||
    compareUnits(a.amount, b.amount)
  );
}

function compareDelegations(a: Delegation, b: Delegation): number {
  return (
    compareCodePoints(a.delegator, b.delegator) ||
    compareCodePoints(a.validator, b.validator) ||
    a.createdHeight - b.createdHeight ||
    compareUnits(a.amount, b.amount)
  );
}

function compareUnits(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
