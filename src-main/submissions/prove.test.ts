import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../src-shared/chain/address';
import { resultsOf } from '../../src-shared/chain/block';
import { parseBlock } from '../../src-shared/chain/block-json';
import { parseJson } from '../../src-shared/chain/json';
import { verifyBlock } from '../../src-shared/chain/verify-block';
import { verifiedBlock } from '../chain/block-verifier';
import { evidenceFor } from './prove';
import type { TaskRecord } from './task-record';

const fixture = new URL('../../src-shared/fixtures/blocks/block-127.json', import.meta.url);
const block = parseBlock(parseJson(readFileSync(fixture, 'utf8')));
const taken = verifiedBlock(block, verifyBlock(block));

/** The task behind the block's first result, with what is said otherwise. */
function task(change: Partial<TaskRecord> = {}): TaskRecord {
  const [first] = resultsOf(block);
  const { txHash, result } = first ?? { txHash: null, result: null };
  const fields = {
    txHash,
    taskId: result?.taskId,
    resultHash: result?.resultHash,
    transfer: null,
    ...change,
  };
  return fields as TaskRecord; // all that is looked at
}

describe('the evidence of a result', () => {
  it('shows two values beside a check that passed only where they are the same', () => {
    const { ok, evidence } = evidenceFor(task(), taken);
    expect(ok).toBe(true);
    const passed = evidence.checks.filter((check) => check.ok === true);
    expect(passed.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['tx_in_block', 'result_task_id', 'result_hash', 'result_in_compute_root']),
    );
    expect(passed.filter(({ expected, actual }) => expected !== actual)).toEqual([]);
  });

  it('names what it looked for where the block does not have it', () => {
    const { ok, evidence } = evidenceFor(task({ txHash: 'aa'.repeat(32) as TaskRecord['txHash'] }), taken);
    expect(ok).toBe(false);
    expect(evidence.checks).toContainEqual({
      name: 'tx_in_block',
      ok: false,
      expected: 'aa'.repeat(32),
      actual: null,
    });
  });

  it.each<[string, Partial<TaskRecord>]>([
    ['result_task_id', { taskId: 'another' }],
    ['result_hash', { resultHash: 'c'.repeat(64) }],
    ['result_hash', { resultHash: null }],
  ])('fails by its %s where the block has another result', (name, change) => {
    const { ok, evidence } = evidenceFor(task(change), taken);
    expect(ok).toBe(false);
    expect(evidence.checks.filter((check) => check.ok === false).map((check) => check.name)).toEqual([name]);
  });

  it('is none of a task without a transaction', () => {
    const { ok, evidence } = evidenceFor(task({ txHash: null }), taken);
    expect([ok, evidence.inclusion]).toEqual([false, null]);
    expect(evidence.checks).toContainEqual({ name: 'tx_in_block', ok: false, expected: null, actual: null });
  });

  it('has the path of its leaf', () => {
    const { inclusion } = evidenceFor(task(), taken).evidence;
    expect(inclusion).toMatchObject({ leafIndex: 0, root: block.header.computeRoot });
    expect(inclusion?.path.map(({ side }) => side)).toEqual(['right', 'right', 'right']);
  });

  it('of a block that does not add up proves nothing', () => {
    const { header } = block;
    const spoilt = { ...block, header: { ...header, gasUsed: 1n } };
    const { ok, evidence } = evidenceFor(task(), verifiedBlock(spoilt, verifyBlock(spoilt)));
    expect(ok).toBe(false);
    expect(evidence.checks.filter((check) => check.ok === false).map(({ name }) => name)).toEqual(['gas']);
  });
});

describe('the evidence of a transfer', () => {
  const index = block.txs.findIndex(({ type }) => type === 'TRANSFER');
  const tx = block.txs[index];
  const transfer = (change: object = {}) =>
    task({
      txHash: taken.txHashes[index] ?? null,
      transfer: { to: tx?.to as Address, amountUnits: tx?.amount ?? 0n, ...change },
    });

  it('is its place, recipient and amount', () => {
    const { ok, evidence } = evidenceFor(transfer(), taken);
    expect(ok).toBe(true);
    expect(evidence.inclusion).toBeNull();
    expect(evidence.checks.slice(-3)).toEqual([
      { name: 'tx_in_block', ok: true, expected: taken.txHashes[index], actual: taken.txHashes[index] },
      { name: 'transfer_recipient', ok: true, expected: tx?.to, actual: tx?.to },
      { name: 'transfer_amount', ok: true, expected: String(tx?.amount), actual: String(tx?.amount) },
    ]);
  });

  it('fails by another recipient or amount, or where the block does not have it', () => {
    const failed = (change: object, txHash: TaskRecord['txHash'] = taken.txHashes[index] ?? null) =>
      evidenceFor({ ...transfer(change), txHash }, taken)
        .evidence.checks.filter(({ ok }) => ok === false)
        .map(({ name }) => name);
    expect(failed({ to: 'cpc1other' })).toEqual(['transfer_recipient']);
    expect(failed({ amountUnits: (tx?.amount ?? 0n) + 1n })).toEqual(['transfer_amount']);
    expect(failed({}, 'aa'.repeat(32))).toEqual(['tx_in_block', 'transfer_recipient', 'transfer_amount']);
  });
});
