import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resultsOf } from '../../src-shared/chain/block';
import { parseBlock } from '../../src-shared/chain/block-json';
import { parseJson } from '../../src-shared/chain/json';
import { serializeTransaction } from '../../src-shared/chain/transaction';
import { parseValidators } from '../../src-shared/chain/validator';
import { type BlockExpectations, verifyBlock } from '../../src-shared/chain/verify-block';
import { parseReceipt, receiptText } from '../../src-shared/receipt/receipt';
import { verifyReceipt } from '../../src-shared/receipt/verify-receipt';
import { type VerifiedBlock, verifiedBlock } from '../chain/block-verifier';
import { receiptOf } from './receipt-of';
import type { TaskRecord } from './task-record';

const read = (name: string) =>
  parseJson(readFileSync(new URL(`../../src-shared/fixtures/blocks/${name}`, import.meta.url), 'utf8'));
const [validator] = parseValidators(read('validators.json'));
const proposerPublicKey = validator?.publicKey ?? '';
const block = parseBlock(read('block-127.json'));
const [result] = resultsOf(block);
const taken = (expected: BlockExpectations = { proposerPublicKey }, of = block): VerifiedBlock =>
  verifiedBlock(of, verifyBlock(of, expected));

/** The task behind the block's first result, as far as it is looked at. */
const task = (change: Partial<TaskRecord> = {}): TaskRecord =>
  ({
    txHash: result?.txHash,
    blockHeight: 126,
    blockHash: block.header.prevHash,
    job: null,
    byHand: false,
    ...change,
  }) as TaskRecord;

describe('the receipt of a result in a verified block', () => {
  it('holds by its own bytes, once it is written and read', () => {
    // As a job's: of this block's results none has a proof whose rows could be recomputed.
    const receipt = parseReceipt(receiptText(receiptOf(task({ job: 1 }), taken())));
    const { ok, checks, ...verdict } = verifyReceipt(receipt);
    expect(checks.filter((check) => check.ok === false)).toEqual([]);
    expect(ok).toBe(true);
    expect(verdict).toMatchObject({ blockHash: taken().hash, height: 127, txHash: result?.txHash });
  });

  it('is the block’s own bytes, and the key that its signature was checked against', () => {
    const index = block.txs.findIndex(({ type }) => type === 'SUBMIT_RESULT');
    const transaction = block.txs[index];
    if (transaction === undefined) throw new Error('the block has no result');
    expect(receiptOf(task(), taken())).toEqual({
      taskBlock: { height: 126, hash: block.header.prevHash },
      transaction: serializeTransaction(transaction),
      header: block.header,
      signature: block.pqSignature,
      proposerPublicKey,
      txHashes: taken().txHashes,
      leaves: resultsOf(block).map(({ leaf }) => Buffer.from(leaf).toString('hex')),
    });
  });

  it('names no block for a job, nor for what a person brought', () => {
    expect(receiptOf(task({ job: 0 }), taken()).taskBlock).toBeNull();
    expect(receiptOf(task({ byHand: true }), taken()).taskBlock).toBeNull();
  });

  it.each<[string, () => [TaskRecord, VerifiedBlock]]>([
    ['the block does not hold it', () => [task({ txHash: 'a'.repeat(64) }), taken()]],
    ['it was never sent', () => [task({ txHash: null }), taken()]],
    ['nobody knows who signed the block', () => [task(), taken({})]],
    ['another signed the block', () => [task(), taken({ proposerPublicKey: '02'.padEnd(66, '7') })]],
    ['the block fails another check', () => [task(), taken({ proposerPublicKey, expectedHeight: 128 })]],
  ])('is none where %s', (_what, of) => {
    expect(() => receiptOf(...of())).toThrow(expect.objectContaining({ code: 'not_found', remedy: 'wait' }));
  });
});
