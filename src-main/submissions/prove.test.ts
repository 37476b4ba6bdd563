import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
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
});
