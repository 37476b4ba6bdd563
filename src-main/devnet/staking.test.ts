import { bytesToHex } from '@noble/hashes/utils.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { addressFromPublicKey } from '../../src-shared/chain/address';
import { JsonNumber, type JsonObject } from '../../src-shared/chain/json-value';
import type { Transaction } from '../../src-shared/chain/transaction';
import { payUnbonded } from './delegation';
import { applyTransaction } from './execution';
import { Ledger } from './ledger';
import { newValidator } from './records';
import { distributeRewards } from './rewards';
import { ALICE, BOB, FAUCET, transaction } from './test-network';

const CPC = 10n ** 18n;
const KEY = { pub_key: bytesToHex(ALICE.publicKey) };
const VALIDATOR = addressFromPublicKey(ALICE.publicKey, 'cpcvalcons');
const BIG = addressFromPublicKey(BOB.publicKey, 'cpcvalcons');

let state: Ledger;
beforeEach(() => {
  state = Ledger.empty();
  state.credit(ALICE.address, 10_000n * CPC);
  state.setValidator(newValidator(BIG, bytesToHex(BOB.publicKey), 1_000_000n * CPC));
});

/** Applies to a draft that is kept only if it succeeds, as a block does. */
function apply(tx: Transaction, height = 1): void {
  const draft = state.draft();
  applyTransaction(draft, tx, height);
  draft.commit();
}

function stakingTx(type: Transaction['type'] & 'STAKE', payload: JsonObject, amount: bigint): Transaction {
  const nonce = Number(state.account(ALICE.address).nonce);
  return transaction(ALICE, nonce, { type, payload, amount, to: null });
}
const tx = (type: string, payload: JsonObject, amount = 0n): Transaction =>
  stakingTx(type as 'STAKE', payload, amount);

describe('staking', () => {
  it('makes an inactive validator that rewards its staker', () => {
    apply(tx('STAKE', KEY, 500n));
    apply(tx('STAKE', KEY, 700n));
    expect(state.validator(VALIDATOR)).toMatchObject({
      power: 1200n,
      isActive: false,
      rewardAddress: ALICE.address,
    });
  });

  it('and back again returns the tokens, less a tenth while in jail', () => {
    apply(tx('STAKE', KEY, 1000n));
    const before = state.account(ALICE.address).balance;
    apply(tx('UNSTAKE', KEY, 400n));
    expect(state.account(ALICE.address).balance).toBe(before + 400n - 40_000_000n);
    state.updateValidator(VALIDATOR, { jailedUntilHeight: 5 });
    apply(tx('UNSTAKE', KEY, 600n));
    expect(state.account(ALICE.address).balance).toBe(before + 940n - 80_000_000n);
    expect(state.totals.burned).toBe(60n);
    expect(state.validator(VALIDATOR)).toMatchObject({ power: 0n, isActive: false });
  });

  it('lets only its owner name a validator, within limits', () => {
    apply(tx('STAKE', KEY, 1n));
    const rate = new JsonNumber('1e-7');
    apply(tx('UPDATE_VALIDATOR', { ...KEY, name: 'Пул «Ёж» 😀', commission_rate: rate }));
    expect(state.validator(VALIDATOR)).toMatchObject({ name: 'Пул «Ёж» 😀', commissionRate: 1e-7 });
    expect(() => apply(tx('UPDATE_VALIDATOR', { ...KEY, name: 'x'.repeat(65) }))).toThrow('max 64');
    expect(() => apply(tx('UPDATE_VALIDATOR', { ...KEY, commission_rate: '2' }))).toThrow(
      'between 0.0 and 1.0',
    );
    expect(() => apply(tx('UPDATE_VALIDATOR', { pub_key: bytesToHex(BOB.publicKey) }))).toThrow('owner');
  });

  it('lets out of jail for a thousand CPC', () => {
    apply(tx('STAKE', KEY, 1n));
    expect(() => apply(tx('UNJAIL', KEY, 1000n * CPC))).toThrow('not jailed');
    state.updateValidator(VALIDATOR, { jailedUntilHeight: 5 });
    expect(() => apply(tx('UNJAIL', KEY, 1n))).toThrow('Insufficient unjail fee');
    apply(tx('UNJAIL', KEY, 1000n * CPC));
    expect(state.validator(VALIDATOR)).toMatchObject({ jailedUntilHeight: 0, isActive: true });
    expect(state.totals.burned).toBe(1000n * CPC);
  });

  it.each([
    ['STAKE', {}, "must provide 'pub_key'"],
    ['UNSTAKE', KEY, 'not found'],
    ['DELEGATE', {}, "must provide 'validator'"],
    ['DELEGATE', { validator: 'nobody' }, 'not found'],
    ['DELEGATE', { validator: BIG }, 'below minimum'],
    ['UNDELEGATE', { validator: BIG }, 'No delegation found'],
  ])('refuses %s with the payload %j', (type, payload, why) => {
    expect(() => apply(tx(type, payload as JsonObject))).toThrow(why);
    expect(state.account(ALICE.address).nonce).toBe(0n);
  });
});

describe('delegating', () => {
  it('refuses to give a validator more than a fifth of the power', () => {
    expect(() => apply(tx('DELEGATE', { validator: BIG }, 100n * CPC))).toThrow(
      '100.0% voting power (max 20%)',
    );
  });

  it('adds up, earns its share, and comes back after the unbonding period', () => {
    apply(tx('STAKE', KEY, 1000n * CPC));
    state.updateValidator(VALIDATOR, { isActive: true });
    apply(tx('DELEGATE', { validator: VALIDATOR }, 100n * CPC), 3);
    apply(tx('DELEGATE', { validator: VALIDATOR }, 200n * CPC), 4);
    expect(state.validator(VALIDATOR)).toMatchObject({
      power: 1300n * CPC,
      totalDelegated: 300n * CPC,
      delegations: [{ delegator: ALICE.address, amount: 300n * CPC, createdHeight: 3 }],
    });
    const before = state.account(ALICE.address).balance;
    distributeRewards(state, VALIDATOR, 5, [transaction(FAUCET, 0)]);
    // 7 CPC and nine tenths of 21 000 000; the commission of a tenth is rounded as a double is, as in the reference.
    expect(state.account(ALICE.address).balance).toBe(before + 7n * CPC + 18_900_000n);
    expect(state.account(ALICE.address).rewardHistory).toEqual([[0, 6_300_000_000_017_009_952n]]);

    apply(tx('UNDELEGATE', { validator: VALIDATOR }, 300n * CPC), 10);
    expect(state.validator(VALIDATOR)).toMatchObject({ totalDelegated: 0n, delegations: [] });
    const waiting = state.account(ALICE.address);
    expect(waiting.unbonding).toEqual([{ amount: 300n * CPC, completionHeight: 110, validator: VALIDATOR }]);
    payUnbonded(state, 109);
    expect(state.account(ALICE.address)).toBe(waiting);
    payUnbonded(state, 110);
    expect(state.account(ALICE.address)).toMatchObject({
      balance: waiting.balance + 300n * CPC,
      unbonding: [],
    });
  });
});
