import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import { parseBlockHash } from '../../src-shared/chain/block';
import { serializeTransaction, transactionHash } from '../../src-shared/chain/transaction';
import { AppError, toErrorReport } from '../../src-shared/errors';
import type { TaskState } from '../../src-shared/ipc/task-state';
import { ALICE, BOB, transaction } from '../devnet/test-network';
import { Chapters } from '../storage/chapters';
import { type Database, openDatabase } from '../storage/database';
import { Journal, type PlannedTask } from './journal';
import type { TaskPatch, TaskRecord } from './task-record';

const ACCOUNT = parseAddress(ALICE.address);
const OTHER = parseAddress(BOB.address);
const TO_PROVED: TaskState[] = ['computed', 'reserved', 'signed', 'sent', 'confirmed', 'proved'];

let database: Database;
let journal: Journal;
let chapter: number;
let other: number;
let clock: number;

beforeEach(() => {
  ({ database } = openDatabase(':memory:', 0));
  clock = 1000;
  journal = new Journal(database, () => ++clock);
  const chapters = new Chapters(database);
  chapter = chapters.begin('node', 'cpc-devnet-1', 'a'.repeat(64), 0).id;
  other = chapters.begin('other', 'cpc-devnet-1', 'c'.repeat(64), 0).id;
});
afterEach(() => database.close());

/** A task with a nonce of its own, brought to a state by the shortest way there. */
function add(nonce: number, to: TaskState = 'planned', change: Partial<PlannedTask> = {}): TaskRecord {
  const planned = journal.plan({
    chapter,
    account: ACCOUNT,
    taskId: `task ${nonce}`,
    blockHeight: nonce,
    blockHash: parseBlockHash(String(nonce).padStart(64, 'b')),
    taskNonce: nonce,
    matrixSize: 16,
    ...change,
  });
  if (planned === null) throw new Error('planned twice');
  const patches: Partial<Record<TaskState, TaskPatch>> = {
    reserved: { accountNonce: BigInt(nonce), feeUnits: 1n },
    signed: { raw: '{}', txHash: String(nonce).padStart(64, '0') },
    sent: { sends: 1 },
    confirmed: { confirmedHeight: nonce + 1, confirmedIndex: 0 },
  };
  if (to === 'planned') return planned;
  const ways = TO_PROVED.includes(to)
    ? TO_PROVED.slice(0, TO_PROVED.indexOf(to) + 1)
    : [...TO_PROVED.slice(0, 4), to];
  return ways.reduce((task, state) => journal.move(task, state, patches[state]), planned);
}

const transferTo = { byHand: true, transfer: { to: OTHER, amountUnits: 12n } } as const;
/** A person's transfer, which nothing is computed for; it was sent. */
const addTransfer = (nonce: number, change: Partial<PlannedTask> = {}) => {
  const reserved = journal.move(add(nonce, 'planned', { ...transferTo, ...change }), 'reserved', {
    accountNonce: BigInt(nonce),
  });
  const signed = journal.move(reserved, 'signed', { raw: '{}', txHash: String(nonce).padStart(64, '0') });
  return journal.move(signed, 'sent', { sends: 1 });
};
/** As bad memory or another program leaves a row: nothing of it can be made anew. */
const spoil = ({ id }: TaskRecord) => database.run("UPDATE tasks SET block_hash = 'spoilt' WHERE id = ?", id);
const ids = (records: readonly TaskRecord[]) => records.map(({ taskId }) => taskId);
const ALL = { states: null, search: '', offset: 0, limit: 99 };

describe('a list of tasks', () => {
  it('is newest first, without transfers', () => {
    for (const nonce of [1, 2]) add(nonce);
    addTransfer(3);
    expect(ids(journal.newest(9))).toEqual(['task 2', 'task 1']);
    expect(ids(journal.newest(1))).toEqual(['task 2']);
    expect(ids(journal.list(ALL).records)).toEqual(['task 2', 'task 1']);
  });

  it.each(['', 'task'])('has those of the wanted states alone, searched for as %j', (search) => {
    for (const [nonce, state] of (['planned', 'sent', 'rejected', 'sent'] as const).entries())
      add(nonce + 1, state);
    const listed = (...states: TaskState[]) => {
      const { total, records } = journal.list({ ...ALL, search, states });
      return [total, ids(records)];
    };
    expect(listed('sent')).toEqual([2, ['task 4', 'task 2']]);
    expect(listed('planned', 'rejected')).toEqual([2, ['task 3', 'task 1']]);
    expect(listed('proved')).toEqual([0, []]);
  });

  it.each(['', 'task'])('does not count what is damaged, searched for as %j', (search) => {
    for (const nonce of [1, 2, 3]) add(nonce);
    spoil(journal.newest(1)[0] as TaskRecord);
    expect(journal.list({ ...ALL, search })).toMatchObject({
      total: 2,
      records: [{ taskId: 'task 2' }, { taskId: 'task 1' }],
    });
    expect(journal.list({ ...ALL, search, offset: 1, limit: 1 })).toMatchObject({
      total: 2,
      records: [{ taskId: 'task 1' }],
    });
  });

  it('goes by ranges of rows, both ends included', () => {
    expect(journal.idRange()).toEqual({ lowest: 1, highest: 0 });
    const [first, second, third] = [add(1), add(2), add(3)] as const;
    expect(journal.idRange()).toEqual({ lowest: first.id, highest: third.id });
    expect(ids(journal.inRange(ALL, first.id, second.id))).toEqual(['task 2', 'task 1']);
    expect(ids(journal.inRange(ALL, third.id, third.id))).toEqual(['task 3']);
  });

  it('has an account’s newest transfers in a chapter that no block has shown', () => {
    for (const nonce of [1, 2, 3]) addTransfer(nonce);
    journal.move(journal.byTaskId('task 2') as TaskRecord, 'confirmed', {
      confirmedHeight: 4,
      confirmedIndex: 0,
    });
    addTransfer(4, { account: OTHER });
    addTransfer(5, { chapter: other });
    add(6);
    expect(ids(journal.transfersNotInBlocks(chapter, ACCOUNT, 9))).toEqual(['task 3', 'task 1']);
    expect(ids(journal.transfersNotInBlocks(chapter, ACCOUNT, 1))).toEqual(['task 3']);
  });
});

describe('a task of the journal', () => {
  it('is the newest of any chapter by its id, else that of one', () => {
    const [here, there] = [add(1), add(1, 'computed', { chapter: other })];
    expect(journal.byTaskId('task 1')).toEqual(there);
    expect(journal.byTaskId('task 1', chapter)).toEqual(here);
    expect(journal.byTaskId('task 2')).toBeNull();
    spoil(there as TaskRecord);
    expect(journal.byTaskId('task 1')).toEqual(here);
  });

  it('is found by its transaction, in its chapter or in others', () => {
    const sent = add(1, 'sent');
    const txHash = String(1).padStart(64, '0');
    expect(journal.byTxHash(chapter, txHash)).toEqual(sent);
    expect(journal.byTxHash(other, txHash)).toBeNull();
    expect(journal.ofOtherChapter(other, txHash)).toEqual(sent);
    expect(journal.ofOtherChapter(chapter, txHash)).toBeNull();
  });

  it('was given up after sending where its bytes can be sent again', () => {
    for (const nonce of [1, 2, 3]) add(nonce, 'abandoned');
    journal.note(journal.byTaskId('task 2') as TaskRecord, { raw: null });
    journal.move(add(4, 'signed'), 'abandoned');
    add(5, 'abandoned', { chapter: other });
    expect(ids(journal.abandonedAfterSending(chapter))).toEqual(['task 3', 'task 1']);
  });

  it('lost its nonce in a block that is young enough, a job’s longer; a person’s is not signed again', () => {
    for (const nonce of [6, 7]) add(nonce, 'superseded');
    for (const nonce of [2, 3]) add(nonce, 'superseded', { job: nonce });
    add(8, 'superseded', { byHand: true });
    expect(ids(journal.supersededFrom(chapter, 7, 3))).toEqual(['task 7', 'task 3']);
  });

  it('is in a block from a height on, where its bytes are kept', () => {
    for (const nonce of [1, 2, 3]) add(nonce, 'proved');
    add(4, 'confirmed');
    add(5, 'sent');
    journal.note(journal.byTaskId('task 3') as TaskRecord, { raw: null });
    expect(ids(journal.confirmedFrom(chapter, 3))).toEqual(['task 2', 'task 4']);
  });

  it('is under way for a job until it is in a block', () => {
    add(1);
    for (const [index, state] of (['planned', 'sent', 'confirmed', 'rejected'] as const).entries())
      add(index + 2, state, { job: index });
    expect(journal.countJobsUnderWay(chapter)).toBe(2);
    expect(ids(journal.planned(chapter))).toEqual(['task 1', 'task 2']);
  });

  it('counts as a milestone, a transfer does not', () => {
    add(1, 'proved');
    const transfer = journal.move(addTransfer(2), 'confirmed', { confirmedHeight: 3, confirmedIndex: 0 });
    journal.move(transfer, 'proved');
    expect(journal.countSince(0)).toEqual({ computed: 1, accepted: 1, proved: 1 });
  });

  it('that can’t be read is not planned anew, nor added with its result', () => {
    const task = { ...add(1, 'sent') };
    spoil(task);
    expect(journal.byTaskId('task 1')).toBeNull();
    const { account, taskId, blockHeight, blockHash, taskNonce, matrixSize } = task;
    const again = { chapter, account, taskId, blockHeight, blockHash, taskNonce, matrixSize };
    expect(journal.plan(again)).toBeNull();
    expect(journal.addComputed(again, {})).toBeNull();
    expect(journal.heldNonces(chapter, ACCOUNT)).toMatchObject([{ nonce: 1n }]);
    expect(journal.wasLost(chapter, String(task.txHash), 99n)).toBe(true);
  });

  it('without what only tells of it goes on', () => {
    const sent = add(1, 'sent');
    database.run("UPDATE tasks SET reason = '{', timings = 'x' WHERE id = ?", sent.id);
    expect(journal.byTaskId('task 1')).toMatchObject({
      state: 'sent',
      reason: null,
      timings: null,
      raw: '{}',
    });
  });
});

describe('a task whose result is there already', () => {
  const job = (): PlannedTask => ({
    chapter,
    account: ACCOUNT,
    taskId: 'job',
    blockHeight: 7,
    blockHash: parseBlockHash('b'.repeat(64)),
    taskNonce: 7,
    matrixSize: 16,
    job: 3,
  });

  it('is added once, with it, and told of as computed', () => {
    const told: TaskRecord[] = [];
    journal.onChange((record) => told.push(record));
    const result = { resultHash: 'c'.repeat(64), proof: '0100' };
    const added = journal.addComputed(job(), result);
    expect(added).toMatchObject({ state: 'computed', job: 3, ...result });
    expect(journal.byTaskId('job')).toEqual(added);
    expect(journal.history(added as TaskRecord).map(({ state }) => state)).toEqual(['planned', 'computed']);
    const { revision } = journal;
    expect([journal.addComputed(job(), {}), journal.plan(job())]).toEqual([null, null]);
    expect(told).toEqual([added]);
    expect(journal.revision).toBe(revision);
    expect(journal.byTaskId('job')).toEqual(added);
  });
});

describe('a damaged task', () => {
  const aside = () => database.all('SELECT table_name AS name, content FROM set_aside ORDER BY rowid');
  const ofTransfer = transaction(ALICE, 9);
  const damage = (columns: string, { id }: TaskRecord) =>
    database.exec(`UPDATE tasks SET ${columns} WHERE id = ${id}`);

  it('is mended in the journal, once, of its signed bytes', () => {
    const sent = addTransfer(1);
    journal.note(sent, { raw: serializeTransaction(ofTransfer) });
    damage("account_nonce = 'x', tx_hash = 'x', fee_units = '5'", sent);
    const mended = journal.byTaskId('task 1');
    expect(mended).toMatchObject({
      accountNonce: 9n,
      txHash: transactionHash(ofTransfer),
      feeUnits: ofTransfer.fee,
      transfer: { to: OTHER, amountUnits: ofTransfer.amount },
    });
    expect(journal.byTaskId('task 1')).toEqual(mended);
    expect(database.get('SELECT account_nonce AS nonce, tx_hash AS hash FROM tasks')).toMatchObject({
      nonce: '9',
      hash: transactionHash(ofTransfer),
    });
    expect(aside()).toHaveLength(1);
    expect(JSON.parse((aside()[0] as { content: string }).content)).toMatchObject({ account_nonce: 'x' });
  });

  it('is set aside where something else of it can’t be gone by, whatever was signed', () => {
    const sent = journal.note(addTransfer(1), { raw: serializeTransaction(ofTransfer) });
    damage("account_nonce = 'x', block_hash = 'x'", sent);
    expect(journal.byTaskId('task 1')).toBeNull();
    expect(database.get('SELECT count(*) AS n FROM tasks')).toMatchObject({ n: 0 });
    expect(journal.heldNonces(chapter, ACCOUNT)).toMatchObject([{ nonce: 9n }]);
  });

  it('is set aside where another task has what its bytes say', () => {
    const first = add(9, 'sent');
    const sent = journal.note(addTransfer(1), { raw: serializeTransaction(ofTransfer) });
    damage("account_nonce = 'x'", sent);
    expect(journal.byTaskId('task 1')).toBeNull();
    expect(ids(journal.live(chapter))).toEqual([first.taskId]);
    expect(journal.heldNonces(chapter, ACCOUNT)).toMatchObject([{ nonce: 9n }]);
  });

  it('is set aside once: where it is gone there is nothing to set aside', () => {
    const task = add(1);
    journal.setAside(task, 'no longer wanted');
    journal.setAside(task, 'no longer wanted');
    expect(aside()).toHaveLength(1);
  });

  it('loses those of its times that can’t be read', () => {
    const task = add(1, 'sent');
    const whole = journal.history(task);
    database.exec("UPDATE task_history SET state = 'x' WHERE state = 'signed'");
    expect(journal.history(task)).toEqual(whole.filter(({ state }) => state !== 'signed'));
    expect(aside()).toMatchObject([{ name: 'task_history' }]);
  });

  it('is none for want of a fee: it counts for nothing', () => {
    const sent = add(1, 'sent');
    expect(journal.feesSince(ACCOUNT, 0).map(({ units }) => units)).toEqual([1n]);
    journal.note(sent, { feeUnits: null });
    expect(journal.feesSince(ACCOUNT, 0)).toEqual([]);
    expect(journal.byTaskId('task 1')).toMatchObject({ state: 'sent', feeUnits: null });
  });
});

describe('nonces in the journal', () => {
  it('are held by an account’s tasks under way, but for the one that asks', () => {
    const [one] = [add(1, 'reserved'), add(2, 'sent'), add(3)];
    add(4, 'sent', { account: OTHER });
    add(5, 'sent', { chapter: other });
    add(6, 'proved');
    const { id } = one as TaskRecord;
    expect([...journal.heldByOthers({ chapter, account: ACCOUNT })]).toEqual([1n, 2n]);
    expect([...journal.heldByOthers({ chapter, account: ACCOUNT, id })]).toEqual([2n]);
  });

  it('are highest as numbers, not as they are spelt, and those that can’t be read count for nothing', () => {
    expect(journal.highestConfirmedNonce(chapter, ACCOUNT)).toBeNull();
    for (const nonce of [9, 10, 8]) add(nonce, 'confirmed');
    add(11, 'confirmed', { account: OTHER });
    add(12, 'confirmed', { chapter: other });
    add(13, 'sent');
    expect(journal.highestConfirmedNonce(chapter, ACCOUNT)).toBe(10n);
    expect(journal.highestConfirmedNonce(chapter, OTHER)).toBe(11n);
    database.run("UPDATE tasks SET account_nonce = 'x' WHERE task_id = 'task 8'");
    expect(journal.highestConfirmedNonce(chapter, ACCOUNT)).toBe(10n);
    expect(journal.byTaskId('task 8')).toBeNull();
  });

  it('tell the blocks that were mined on', () => {
    expect([journal.minedBlockUpTo(chapter, 99), journal.lowestMinedBlock(chapter)]).toEqual([null, null]);
    for (const nonce of [4, 2, 6]) add(nonce, 'proved');
    add(1, 'sent');
    add(1, 'proved', { chapter: other, taskId: 'other' });
    const block = (height: number) => ({ height, hash: String(height).padStart(64, 'b') });
    expect(journal.minedBlockUpTo(chapter, 6)).toEqual(block(4));
    expect(journal.minedBlockUpTo(chapter, 5)).toEqual(block(4));
    expect(journal.minedBlockUpTo(chapter, 2)).toBeNull();
    expect(journal.lowestMinedBlock(chapter)).toEqual(block(2));
  });
});

describe('who is told of changes', () => {
  it('is told of each, until they no longer listen', () => {
    const told: string[] = [];
    const stop = journal.onChange(({ taskId, state }) => told.push(`${taskId} ${state}`));
    const { revision } = journal;
    const [one, two] = [add(1), add(2)] as const;
    journal.moveAll([one, two], 'abandoned', ({ blockHeight }) => ({ sends: blockHeight }));
    expect(told).toEqual(['task 1 planned', 'task 2 planned', 'task 1 abandoned', 'task 2 abandoned']);
    expect(journal.revision).toBe(revision + 4);
    expect(journal.byTaskId('task 2')?.sends).toBe(2);
    stop();
    add(3);
    expect(told).toHaveLength(4);
  });

  it('is told of the newest alone of many that end at once', () => {
    for (const nonce of [1, 2, 3]) journal.note(add(nonce, 'proved'), { raw: null });
    const told: TaskRecord[] = [];
    journal.onChange((record) => told.push(record));
    const reason = toErrorReport(new AppError('tx_rejected', 'It went back.'));
    expect(journal.expirePruned(chapter, 2, reason)).toBe(3);
    expect(told).toMatchObject([
      { taskId: 'task 3', state: 'expired', updatedAt: clock, confirmedIndex: null },
    ]);
    expect(journal.expirePruned(chapter, 2, reason)).toBe(0);
    expect(told).toHaveLength(1);
  });

  it('is told of a task as it is where it has moved on since', () => {
    const stale = add(1);
    journal.move(stale, 'computed');
    expect(journal.note(stale, { sends: 7 })).toMatchObject({ state: 'computed', sends: 0 });
    database.run('DELETE FROM tasks');
    expect(() => journal.note(stale, {})).toThrow('is gone');
    expect(() => journal.adopt(stale, other)).toThrow('is gone');
  });

  it('is told of a task in the chapter that took it over', () => {
    expect(journal.adopt(add(1, 'sent'), other)).toMatchObject({ chapter: other, state: 'sent' });
    expect(journal.byTaskId('task 1', chapter)).toBeNull();
  });
});
