import { describe, expect, it } from 'vitest';
import { blockJson, parseBlock, parseHeader } from './block-json';
import type { JsonObject, JsonValue } from './json';
import { JsonNumber } from './json-value';
import { parseValidators } from './validator';

const number = (value: number) => JsonNumber.ofInteger(value);
const HEADER: JsonObject = {
  height: number(7),
  prev_hash: 'p',
  timestamp: number(1_700_000_035),
  chain_id: 'cpc-devnet-1',
  proposer_address: 'cpcvalcons1x',
  tx_root: 't',
  state_root: 's',
};
const READ = {
  height: 7,
  prevHash: 'p',
  timestamp: 1_700_000_035,
  chainId: 'cpc-devnet-1',
  proposerAddress: 'cpcvalcons1x',
  round: 0,
  txRoot: 't',
  stateRoot: 's',
  computeRoot: '',
  gasUsed: 0n,
  gasLimit: 0n,
};
const refused = (why: string) =>
  expect.objectContaining({ code: 'invalid_block', message: `This is not a block of the chain: ${why}.` });
const withHeader = (change: JsonObject): JsonValue => ({ ...HEADER, ...change });

describe('a header', () => {
  it('has the defaults of the node’s model', () => {
    expect(parseHeader(HEADER)).toEqual(READ);
    const full = { round: number(2), compute_root: 'c', gas_used: number(5), gas_limit: number(6) };
    expect(parseHeader(withHeader(full))).toEqual({
      ...READ,
      round: 2,
      computeRoot: 'c',
      gasUsed: 5n,
      gasLimit: 6n,
    });
  });

  it.each(Object.keys(HEADER))('is none without its %s', (key) => {
    const { [key]: value, ...rest } = HEADER;
    const kind = typeof value === 'string' ? 'a string' : 'an integer';
    expect(() => parseHeader(rest)).toThrow(refused(`${key} is not ${kind}`));
  });

  it.each([
    [{ chain_id: number(5) }, 'chain_id is not a string'],
    [{ compute_root: null }, 'compute_root is not a string'],
    [{ gas_used: null }, 'gas_used is not an integer'],
    [{ round: 'x' }, 'round is not an integer'],
    [{ height: new JsonNumber('1.5') }, 'height is not an integer'],
    [{ height: new JsonNumber('9007199254740992') }, 'height is too large'],
    [{ round: new JsonNumber('-9007199254740992') }, 'round is too large'],
  ])('is none with %j', (change, why) => {
    expect(() => parseHeader(withHeader(change))).toThrow(refused(why));
  });

  it('may be as high as a number holds', () => {
    expect(parseHeader(withHeader({ height: new JsonNumber('9007199254740991') })).height).toBe(
      Number.MAX_SAFE_INTEGER,
    );
    const gas = new JsonNumber('123456789012345678901234567890');
    expect(parseHeader(withHeader({ gas_limit: gas })).gasLimit).toBe(123456789012345678901234567890n);
  });

  it('is an object', () => {
    for (const none of [undefined, null, [], 'x'])
      expect(() => parseHeader(none)).toThrow(refused('header is not an object'));
  });
});

describe('a block', () => {
  it('has the defaults of the node’s model, and is written with all of them', () => {
    const block = parseBlock({ header: HEADER, txs: [] });
    expect(block).toEqual({ header: READ, txs: [], pqSignature: '', pqSigSchemeId: 1 });
    expect(parseBlock({ header: HEADER, txs: [], pq_signature: 'ab', pq_sig_scheme_id: number(2) })).toEqual({
      ...block,
      pqSignature: 'ab',
      pqSigSchemeId: 2,
    });
    expect(blockJson(block)).toMatchObject({
      header: { round: number(0), compute_root: '', gas_used: number(0), zk_state_proof_hash: null },
      pq_signature: '',
      pq_sig_scheme_id: number(1),
    });
  });

  it.each<[JsonValue, string]>([
    [null, 'it is not an object with header and txs'],
    [{ header: HEADER }, 'it is not an object with header and txs'],
    [{ header: HEADER, txs: {} }, 'it is not an object with header and txs'],
    [{ txs: [] }, 'header is not an object'],
    [{ header: HEADER, txs: [], pq_signature: null }, 'pq_signature is not a string'],
    [{ header: HEADER, txs: [], pq_sig_scheme_id: 'x' }, 'pq_sig_scheme_id is not an integer'],
  ])('is none: %j', (json, why) => {
    expect(() => parseBlock(json)).toThrow(refused(why));
  });

  it('says which of its transactions is none, and keeps why', () => {
    const run = () => parseBlock({ header: HEADER, txs: [null] });
    expect(run).toThrow(refused('txs[0]: The transaction is not what a node takes: model_type.'));
    expect(run).toThrow(
      expect.objectContaining({ cause: expect.objectContaining({ code: 'invalid_transaction' }) }),
    );
  });
});

describe('the list of validators', () => {
  const ONE: JsonObject = { address: 'a', pq_pub_key: '02', power: number(5) };
  const read = { address: 'a', publicKey: '02', power: 5n, isActive: true, name: null, rewardAddress: null };

  it('has of each what a client needs', () => {
    const told = { ...ONE, is_active: false, name: 'n', reward_address: 'r' };
    expect(parseValidators({ validators: [ONE, told] })).toEqual([
      read,
      { ...read, isActive: false, name: 'n', rewardAddress: 'r' },
    ]);
    expect(parseValidators({ validators: [{ ...ONE, is_active: true, name: number(1) }] })).toEqual([read]);
    expect(parseValidators({ validators: [] })).toEqual([]);
  });

  it.each<[JsonValue]>([
    [null],
    [[]],
    [{}],
    [{ validators: {} }],
    [{ validators: [null] }],
    [{ validators: [{ ...ONE, address: null }] }],
    [{ validators: [{ ...ONE, pq_pub_key: number(2) }] }],
    [{ validators: [{ ...ONE, power: 'x' }] }],
  ])('is none: %j', (json) => {
    expect(() => parseValidators(json)).toThrow(expect.objectContaining({ code: 'node_bad_answer' }));
  });
});
