import { hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../fixtures/protocol-vectors.json';
import { addressFromPublicKey } from './address';
import { exactFee } from './gas';
import { canonicalJson, parseJson, stringifyJson } from './json';
import { isHighS, publicKeyOf } from './key';
import { toNonce } from './nonce';
import {
  parseTransaction,
  serializeTransaction,
  signTransaction,
  transactionHash,
  type UnsignedTransaction,
  verifyTransaction,
} from './transaction';

const key = hexToBytes('4e95ea9552ae7d7f0c317ec30f367abcb17df3b6652326629dfed745064384de');
const transfer: UnsignedTransaction = {
  type: 'TRANSFER',
  from: 'cpc1shna7hdskcnrg8pxcyrzvdgg06s3psj2cpdkua',
  to: 'cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp',
  amount: 123456789012345678901234567890n,
  fee: exactFee('TRANSFER', 1000n),
  nonce: toNonce(7),
  payload: {},
  gasPrice: 1000n,
  gasLimit: 21_000n,
};

describe('a transaction', () => {
  it.each(vectors.transactions)('has the hash $hash and is judged as the node judges it', (vector) => {
    const tx = parseTransaction(parseJson(vector.tx_json));
    expect(transactionHash(tx)).toBe(vector.hash);
    expect(isHighS(tx.signature)).toBe(vector.high_s);
    expect(verifyTransaction(tx)).toBe(vector.valid);
  });

  it('once signed verifies, and survives the way through its JSON', () => {
    const signed = signTransaction(transfer, key);
    expect(verifyTransaction(signed)).toBe(true);
    expect(parseTransaction(parseJson(serializeTransaction(signed)))).toEqual(signed);
    expect(serializeTransaction(signed)).toContain('"amount":123456789012345678901234567890,');
  });

  it('does not verify once any signed field is changed', () => {
    const signed = signTransaction(transfer, key);
    const changes = [
      { amount: 1n },
      { fee: 1n },
      { nonce: toNonce(8) },
      { to: signed.from },
      { gasPrice: 1001n },
      { gasLimit: 21_001n },
      { payload: { a: true } },
      { type: 'STAKE' as const },
    ];
    for (const change of changes) expect(verifyTransaction({ ...signed, ...change })).toBe(false);
  });

  it('does not verify with what is no key, whoever it is from', () => {
    const signed = signTransaction(transfer, key);
    const { publicKey } = signed;
    for (const bad of [
      '',
      publicKey.slice(1),
      `x${publicKey}`,
      `${publicKey}x`,
      `${publicKey}0`,
      `00${publicKey}`,
    ]) {
      expect(verifyTransaction({ ...signed, publicKey: bad })).toBe(false);
    }
    expect(verifyTransaction({ ...signed, from: `${signed.from}cpcvalcons1` })).toBe(false);
  });

  it('verifies with a validator’s address for its sender, and is told apart from the account’s', () => {
    const from = addressFromPublicKey(publicKeyOf(key), 'cpcvalcons');
    const signed = signTransaction({ ...transfer, from }, key);
    expect(verifyTransaction(signed)).toBe(true);
    expect(verifyTransaction(signTransaction({ ...transfer, from: `${from}x` }, key))).toBe(false);
    expect(verifyTransaction(signTransaction(transfer, key))).toBe(true);
  });

  it('does not verify with a key that is not the sender’s', () => {
    const signed = signTransaction({ ...transfer, from: String(transfer.to) }, key);
    expect(verifyTransaction(signed)).toBe(false);
  });

  it('has the same hash whatever the key order of its payload', () => {
    const payload = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(payload, (record) => {
        const reversed = Object.fromEntries(Object.entries(record).reverse());
        const hash = (value: unknown): string => {
          const body = {
            ...JSON.parse(stringifyJson({ tx_type: 'TRANSFER', from_address: 'x' })),
            amount: 0,
            nonce: 0,
          };
          return transactionHash(parseTransaction(parseJson(JSON.stringify({ ...body, payload: value }))));
        };
        expect(hash(reversed)).toBe(hash(record));
      }),
      { numRuns: 50 },
    );
  });
});

describe('parseTransaction', () => {
  const parse = (text: string) => parseTransaction(parseJson(text));
  const minimal = '"tx_type":"TRANSFER","from_address":"a","amount":1,"nonce":0';

  it('fills in the defaults of the node’s model and ignores what it does not know', () => {
    expect(parse(`{${minimal},"timestamp":5}`)).toEqual({
      type: 'TRANSFER',
      from: 'a',
      to: null,
      amount: 1n,
      fee: 0n,
      nonce: 0n,
      signature: '',
      publicKey: '',
      payload: {},
      gasPrice: 0n,
      gasLimit: 0n,
    });
  });

  it('takes integers as pydantic does', () => {
    expect(parse(`{${minimal},"fee":"1_000","gas_price":true,"gas_limit":5.0}`)).toMatchObject({
      fee: 1000n,
      gasPrice: 1n,
      gasLimit: 5n,
    });
  });

  it.each([
    '[]',
    '{}',
    `{${minimal},"signature":null}`,
    `{${minimal},"payload":null}`,
    `{${minimal},"payload":[]}`,
    `{${minimal},"to_address":5}`,
    `{${minimal},"fee":1.5}`,
    `{${minimal},"fee":null}`,
    `{${minimal},"payload":{"\\ud800":1}}`,
    '{"tx_type":"transfer","from_address":"a","amount":1,"nonce":0}',
  ])('refuses %s with invalid_transaction', (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'invalid_transaction' }));
  });

  it.each([
    ['[]', 'The transaction is not what a node takes: model_type.'],
    ['{}', 'Field tx_type is not what a node takes: missing.'],
    [`{${minimal},"fee":1.5}`, 'Field fee is not what a node takes: int_from_float.'],
  ])('says of %s what is wrong first', (text, message) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ message }));
  });

  it('keeps the difference between 1 and 1.0 in the payload', () => {
    const tx = parse(`{${minimal},"payload":{"a":1,"b":1.0}}`);
    expect(canonicalJson(tx.payload)).toBe('{"a":1,"b":1.0}');
  });
});
