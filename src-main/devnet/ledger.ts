import { type Account, newAccount, type ValidatorRecord } from './records';

/** Epoch and money supply, which belong to the state but to no account. */
export type Totals = { readonly epoch: number; readonly minted: bigint; readonly burned: bigint };

/**
 * The state, or a draft of what it would become. A draft sees through to what it was made from until it is
 * committed, so a transaction that fails half-way leaves nothing behind.
 */
export class Ledger {
  totals: Totals;
  readonly #parent: Ledger | null;
  readonly #accountMap = new Map<string, Account>();
  readonly #validatorMap = new Map<string, ValidatorRecord>();

  private constructor(parent: Ledger | null, totals: Totals) {
    this.#parent = parent;
    this.totals = totals;
  }

  static empty(): Ledger {
    return new Ledger(null, { epoch: 0, minted: 0n, burned: 0n });
  }

  draft(): Ledger {
    return new Ledger(this, this.totals);
  }

  /** The account, or a fresh one that is not in the state until it is set. */
  account(address: string): Account {
    return this.#accountMap.get(address) ?? this.#parent?.account(address) ?? newAccount(address);
  }

  setAccount(account: Account): void {
    this.#accountMap.set(account.address, account);
  }

  /** Adds to a balance; bringing the account into the state if need be. */
  credit(address: string, amount: bigint): void {
    const account = this.account(address);
    this.setAccount({ ...account, balance: account.balance + amount });
  }

  validator(address: string): ValidatorRecord | undefined {
    return this.#validatorMap.get(address) ?? this.#parent?.validator(address);
  }

  setValidator(validator: ValidatorRecord): void {
    this.#validatorMap.set(validator.address, validator);
  }

  /** Replaces some fields of a validator that exists. */
  updateValidator(address: string, change: Partial<ValidatorRecord>): void {
    const validator = this.validator(address);
    if (validator !== undefined) this.setValidator({ ...validator, ...change });
  }

  burn(amount: bigint): void {
    if (amount > 0n) this.totals = { ...this.totals, burned: this.totals.burned + amount };
  }

  mint(amount: bigint): void {
    if (amount > 0n) this.totals = { ...this.totals, minted: this.totals.minted + amount };
  }

  accounts(): Account[] {
    return [...this.#merged((ledger) => ledger.#accountMap).values()];
  }

  validators(): ValidatorRecord[] {
    return [...this.#merged((ledger) => ledger.#validatorMap).values()];
  }

  /** Accounts and validators this draft has set, for the store to write. */
  changes(): { readonly accounts: readonly Account[]; readonly validators: readonly ValidatorRecord[] } {
    return { accounts: [...this.#accountMap.values()], validators: [...this.#validatorMap.values()] };
  }

  /** Makes what this draft became part of what it was made from. */
  commit(): void {
    const parent = this.#parent;
    if (parent === null) return;
    for (const account of this.#accountMap.values()) parent.setAccount(account);
    for (const validator of this.#validatorMap.values()) parent.setValidator(validator);
    parent.totals = this.totals;
  }

  #merged<T>(mapOf: (ledger: Ledger) => Map<string, T>): Map<string, T> {
    const merged = this.#parent === null ? new Map<string, T>() : this.#parent.#merged(mapOf);
    for (const [key, value] of mapOf(this)) merged.set(key, value);
    return merged;
  }
}
