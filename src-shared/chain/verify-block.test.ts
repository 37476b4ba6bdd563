import { readdirSync, readFileSync } from 'node:fs';
import { hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import expected from '../fixtures/blocks/expected.json';
import vectors from '../fixtures/protocol-vectors.json';
import {
  type Block,
  blockHash,
  computeRootOf,
  parseBlockHash,
  resultInclusion,
  resultsOf,
  slotTimestamp,
} from './block';
import { blockJson, parseBlock, parseHeader } from './block-json';
import { parseJson, stringifyJson } from './json';
import { verifyHash } from './key';
import { parseValidators } from './validator';
import { verifyBlock } from './verify-block';

const folder = new URL('../fixtures/blocks/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const blocks = readdirSync(folder)
  .filter((name) => name.startsWith('block-'))
  .map((name): [string, Block] => [name, parseBlock(parseJson(read(name)))]);
const [validator] = parseValidators(parseJson(read('validators.json')));
const publicKey = validator?.publicKey ?? '';
const full = blocks.find(([name]) => name === 'block-127.json')?.[1] as Block; // the fixture has it

describe('a block of the reference node', () => {
  it.each(blocks)('%s verifies in every check', (_, block) => {
    const known = expected.blocks.find(({ height }) => height === block.header.height);
    const verification = verifyBlock(block, {
      expectedHash: known?.hash ?? '',
      expectedHeight: block.header.height,
      chainId: 'cpc-devnet-1',
      proposerPublicKey: publicKey,
      checkTxSignatures: true,
    });
    expect(verification.checks.filter(({ ok }) => ok === false)).toEqual([]);
    expect(verification.ok).toBe(true);
    expect(verification.txHashes).toEqual(known?.tx_hashes);
    expect(verification.results).toHaveLength(known?.results ?? -1);
  });

  it.each(blocks)(
    '%s shows two values beside a check that passes only where they are the same',
    (_, block) => {
      const { height, round, timestamp } = block.header;
      const { checks } = verifyBlock(block, {
        expectedHeight: height,
        chainId: 'cpc-devnet-1',
        prevHash: block.header.prevHash,
        slots: { genesisTime: timestamp - (height + round) * 5, blockTimeSeconds: 5 },
        proposerPublicKey: publicKey,
        checkTxSignatures: true,
      });
      expect(checks.filter(({ ok }) => ok !== true)).toEqual([]);
      expect(checks.filter(({ expected, actual }) => expected !== actual)).toEqual([]);
    },
  );

  it('links to the block before it', () => {
    const byHeight = new Map(blocks.map(([, block]) => [block.header.height, block]));
    for (const [, block] of blocks) {
      const before = byHeight.get(block.header.height - 1);
      if (before === undefined) continue;
      expect(verifyBlock(block, { prevHash: blockHash(before.header) }).ok).toBe(true);
    }
  });

  it('is written back byte for byte', () => {
    for (const [name, block] of blocks) {
      expect(stringifyJson(blockJson(block))).toBe(stringifyJson(parseJson(read(name))));
    }
  });

  it('proves each of its results under compute_root', () => {
    const results = resultsOf(full);
    for (const { txHash } of results) {
      expect(resultInclusion(results, txHash)?.root).toBe(full.header.computeRoot);
    }
    expect(resultInclusion(results, '00')).toBeNull();
  });
});

describe('verifyBlock', () => {
  const failed = (block: Block, expectations = {}): string[] =>
    verifyBlock(block, { proposerPublicKey: publicKey, ...expectations })
      .checks.filter(({ ok }) => ok === false)
      .map(({ name }) => name);

  it('names the check that a tampered block fails', () => {
    const header = (change: Partial<Block['header']>): Block => ({
      ...full,
      header: { ...full.header, ...change },
    });
    expect(failed(header({ stateRoot: 'ff' }))).toEqual(['signature']);
    expect(failed(header({ txRoot: 'ff' }))).toEqual(['tx_root', 'signature']);
    expect(failed(header({ computeRoot: '' }))).toEqual(['compute_root', 'signature']);
    expect(failed(header({ gasUsed: 1n }))).toEqual(['gas', 'signature']);
    expect(failed(header({ gasLimit: full.header.gasUsed - 1n }))).toEqual(['gas', 'signature']);
    expect(failed({ ...full, pqSignature: '' })).toEqual(['signature']);
    expect(failed({ ...full, txs: full.txs.slice(1) })).toEqual(['tx_root', 'compute_root', 'gas']);
    expect(
      failed(full, { chainId: 'cpc-mainnet-1', expectedHeight: 1, prevHash: '', expectedHash: '' }),
    ).toEqual(['height', 'chain_id', 'prev_hash', 'hash']);
  });

  it('does not take another key for the proposer’s', () => {
    expect(failed(full, { proposerPublicKey: vectors.keys[0]?.public_key })).toEqual([
      'proposer',
      'signature',
    ]);
    const { checks } = verifyBlock(full, { proposerPublicKey: vectors.keys[0]?.public_key ?? '' });
    const signature = checks.find(({ name }) => name === 'signature');
    expect(signature).toMatchObject({ ok: false, expected: vectors.keys[0]?.public_key, actual: '' });
    expect(failed(full, { proposerPublicKey: 'nonsense' })).toEqual(['proposer', 'signature']);
  });

  it('takes a block whose gas is just its limit, and says what the limit is where it is more', () => {
    const { gasUsed } = full.header;
    const limited = (gasLimit: bigint) =>
      verifyBlock({ ...full, header: { ...full.header, gasLimit } }).checks.find(
        ({ name }) => name === 'gas',
      );
    expect(limited(gasUsed)).toEqual({ name: 'gas', ok: true, expected: `${gasUsed}`, actual: `${gasUsed}` });
    expect(limited(gasUsed - 1n)).toEqual({
      name: 'gas',
      ok: false,
      expected: `≤ ${gasUsed - 1n}`,
      actual: `${gasUsed}`,
    });
  });

  it('counts the signatures of senders where it is asked to', () => {
    const [first] = full.txs;
    const txs = full.txs.map((tx) => (tx === first ? { ...tx, signature: '0'.repeat(128) } : tx));
    const of = (block: Block) =>
      verifyBlock(block, { checkTxSignatures: true }).checks.find(({ name }) => name === 'tx_signatures');
    expect(of(full)).toEqual({ name: 'tx_signatures', ok: true, expected: '7', actual: '7' });
    expect(of({ ...full, txs })).toEqual({ name: 'tx_signatures', ok: false, expected: '7', actual: '6' });
  });

  it('shows nothing for what it did not check', () => {
    const { checks } = verifyBlock(full);
    const shown = (name: string) => checks.find((check) => check.name === name);
    expect(shown('signature')).toEqual({ name: 'signature', ok: 'not_checked', expected: '', actual: '' });
    expect(shown('chain_id')).toEqual({
      name: 'chain_id',
      ok: 'not_checked',
      expected: '',
      actual: 'cpc-devnet-1',
    });
    expect(
      verifyBlock(full, { proposerPublicKey: 'nonsense' }).checks.find(({ name }) => name === 'proposer'),
    ).toEqual({
      name: 'proposer',
      ok: false,
      expected: '',
      actual: full.header.proposerAddress,
    });
  });

  it('says which checks it could not make', () => {
    const unchecked = verifyBlock(full).checks.filter(({ ok }) => ok === 'not_checked');
    expect(unchecked.map(({ name }) => name)).toEqual([
      'height',
      'chain_id',
      'timestamp',
      'prev_hash',
      'hash',
      'proposer',
      'signature',
      'tx_signatures',
    ]);
  });

  it('wants the timestamp of the block’s own slot', () => {
    const { timestamp, height, round } = full.header;
    const genesisTime = timestamp - (height + round) * 5;
    expect(slotTimestamp(genesisTime, height, round, 5)).toBe(timestamp);
    expect(slotTimestamp(1000, 7, 3, 5)).toBe(1050);
    expect(failed(full, { slots: { genesisTime, blockTimeSeconds: 5 } })).toEqual([]);
    expect(failed(full, { slots: { genesisTime: genesisTime + 1, blockTimeSeconds: 5 } })).toEqual([
      'timestamp',
    ]);
  });

  it('gives what a transfer carries no leaf, nor what it has no hash for', () => {
    const [first] = full.txs.filter(({ type }) => type === 'SUBMIT_RESULT') as [Block['txs'][number]];
    expect(resultsOf({ ...full, txs: [{ ...first, type: 'TRANSFER' }] })).toEqual([]);
    expect(resultsOf({ ...full, txs: [first] }, [])).toEqual([]);
    expect(resultsOf({ ...full, txs: [first] })).toHaveLength(1);
  });

  it('gives a payload that is no result no leaf', () => {
    const [first] = full.txs.filter(({ type }) => type === 'SUBMIT_RESULT');
    const bad = { ...full, txs: first === undefined ? [] : [{ ...first, payload: {} }] };
    expect(computeRootOf(resultsOf(bad))).toBe('');
  });
});

describe('a block hash', () => {
  it('has 64 digits of lower case', () => {
    expect(parseBlockHash('0a'.repeat(32))).toBe('0a'.repeat(32));
    for (const text of ['', '0a'.repeat(31), `${'0a'.repeat(32)}0`, '0A'.repeat(32), `g${'0'.repeat(63)}`])
      expect(() => parseBlockHash(text)).toThrow(
        expect.objectContaining({ code: 'invalid_hash', remedy: 'fix_input' }),
      );
  });
});

describe('a header', () => {
  it.each(vectors.headers)('has the hash $hash and is signed', (vector) => {
    const hash = blockHash(parseHeader(parseJson(JSON.stringify(vector.header))));
    expect(hash).toBe(vector.hash);
    expect(verifyHash(hexToBytes(hash), vector.pq_signature, vector.pq_pub_key)).toBe(true);
  });
});

describe('parseBlock', () => {
  it.each(['null', '{}', '{"txs":[],"header":{}}', '{"txs":{},"header":null}', '[]'])(
    'refuses %s with invalid_block',
    (text) => {
      expect(() => parseBlock(parseJson(text))).toThrow(expect.objectContaining({ code: 'invalid_block' }));
    },
  );

  it('says which transaction is wrong', () => {
    const text = read('block-127.json').replace('"tx_type":"SUBMIT_RESULT"', '"tx_type":"OTHER"');
    expect(() => parseBlock(parseJson(text))).toThrow(/txs\[\d\]: Field tx_type/);
  });
});
