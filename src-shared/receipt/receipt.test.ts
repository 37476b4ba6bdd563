import { describe, expect, it } from 'vitest';
import type { BlockHeader } from '../chain/block';
import { parseReceipt, type Receipt, receiptText } from './receipt';

const HASH = 'a'.repeat(64);
const HEADER = {
  height: 7,
  prevHash: HASH,
  timestamp: 1,
  chainId: 'cpc-devnet-1',
  proposerAddress: 'cpcvalcons1',
  round: 0,
  txRoot: HASH,
  stateRoot: HASH,
  computeRoot: HASH,
  gasUsed: 1n,
  gasLimit: 2n,
} as BlockHeader; // branded, and of no block
const RECEIPT: Receipt = {
  taskBlock: { height: 6, hash: HASH },
  transaction: '{}',
  header: HEADER,
  signature: 'ab',
  proposerPublicKey: 'cd',
  txHashes: [HASH],
  leaves: [HASH],
};
const header = (change: object): Receipt => ({ ...RECEIPT, header: { ...HEADER, ...change } });
const invalid = expect.objectContaining({ code: 'invalid_receipt' });

describe('a receipt', () => {
  it('is read as it was written, up to 8 MiB', () => {
    const text = receiptText(RECEIPT);
    expect(parseReceipt(text.padEnd(8 << 20))).toEqual(RECEIPT);
    expect(() => parseReceipt(text.padEnd((8 << 20) + 1))).toThrow(invalid);
  });

  it.each<[string, Receipt]>([
    ['more transactions than any block', { ...RECEIPT, txHashes: Array(20_001).fill(HASH) }],
    ['more results than any block', { ...RECEIPT, leaves: Array(20_001).fill(HASH) }],
    ['no transaction', { ...RECEIPT, txHashes: [] }],
    ['no result', { ...RECEIPT, leaves: [] }],
    ['a hash of another length', { ...RECEIPT, leaves: [`${HASH}a`] }],
    ['a signature without an end', { ...RECEIPT, signature: 'ab'.repeat(257) }],
    ['a key without an end', { ...RECEIPT, proposerPublicKey: 'ab'.repeat(257) }],
    ...['prevHash', 'chainId', 'proposerAddress', 'txRoot', 'stateRoot', 'computeRoot'].map(
      (name): [string, Receipt] => [`${name} without an end`, header({ [name]: 'x'.repeat(129) })],
    ),
    ['gas without an end', header({ gasUsed: 10n ** 40n })],
    ['a limit of gas without an end', header({ gasLimit: 10n ** 40n })],
    ['a height below nothing', header({ height: -1 })],
  ])('with %s is none', (_what, receipt) => {
    expect(() => parseReceipt(receiptText(receipt))).toThrow(invalid);
  });
});
