import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Address, parseAddress } from '../../src-shared/chain/address';
import { computeRootOf, parseBlockHash, resultsOf } from '../../src-shared/chain/block';
import { parseJson } from '../../src-shared/chain/json';
import { NETWORKS } from '../../src-shared/chain/network';
import { parseTransaction, transactionHash } from '../../src-shared/chain/transaction';
import { AppError, toErrorReport } from '../../src-shared/errors';
import type { BlockVerifier } from '../chain/block-verifier';
import type { Binding } from '../chain/chain-binding';
import { type HeadState, NOTHING_KNOWN, type Tip } from '../chain/head-state';
import type { NodeClient } from '../chain/node-client';
import { VirtualClock } from '../clock/virtual-clock';
import { WallJumps } from '../clock/wall-jumps';
import { ALICE, BOB } from '../devnet/test-network';
import type { Account } from '../keys/account';
import { type Chapter, Chapters } from '../storage/chapters';
import { type Database, openDatabase } from '../storage/database';
import type { AccountActivity } from './account-activity';
import type { FeeCeiling } from './fee-ceiling';
import { Journal, type PlannedTask } from './journal';
import type { HandOrder } from './sender';
import { FRESH_BLOCKS, isStale, Submissions } from './submissions';
import type { TaskRecord } from './task-record';

const ACCOUNT = parseAddress(ALICE.address);
const OTHER = parseAddress(BOB.address);
const BLOCK_MS = 5000;
const SIGNED = { raw: '{}', txHash: 'd'.repeat(64) };

let database: Database;
let clock: VirtualClock;
let journal: Journal;
let chapters: Chapters;
let chapter: Chapter;
let submissions: Submissions;
let head: HeadState;
/** The key that is in use. */
let inUse: Address;
/** The node: the account's next nonce, by its blocks too, what fails, and what it was sent. */
let nextNonce: bigint;
/** By its blocks alone, where that is another. */
let nonceInChain: bigint | null;
let failure: AppError | null;
let ceilingError: AppError | null;
let receipt: { status: 'pending'; blockHeight: null; error: null } | null;
let bodies: string[];
let chain: Map<number, Tip>;
let taskNonces: number;
/** Heights that the verifier was asked for. */
let asked: number[];
let activity: unknown[];

beforeEach(() => {
  ({ database } = openDatabase(':memory:', 0));
  clock = new VirtualClock(5_000_000);
  journal = new Journal(database, clock.now);
  chapters = new Chapters(database);
  chapter = chapters.begin('node', 'cpc-devnet-1', 'a'.repeat(64), 0);
  head = { ...NOTHING_KNOWN, binding: bindingTo(chapter) };
  inUse = ACCOUNT;
  nextNonce = 0n;
  failure = ceilingError = receipt = nonceInChain = null;
  taskNonces = 0;
  [bodies, asked, activity] = [[], [], []];
  chain = new Map();
  start();
});
afterEach(() => database.close());

const bindingTo = (to: Chapter): Binding => ({ chapter: to, network: NETWORKS.devnet }) as Binding; // all that is asked of it

/** As after a start of the app. */
function start(): void {
  const answer = async <T>(value: T) => {
    if (failure !== null) throw failure;
    return value;
  };
  const node = {
    url: 'http://node',
    requireFree: () => undefined,
    pendingNonce: () => answer(nextNonce),
    balance: () => answer({ nonce: nonceInChain ?? nextNonce }),
    status: () => answer({ height: head.tip?.block.header.height ?? 0 }),
    receipt: () => answer(receipt),
    send: async (body: string) => {
      bodies.push(body);
      nextNonce += 1n;
      return { status: 'received' };
    },
  };
  const account = {
    get state() {
      return { address: inUse };
    },
    withPrivateKey: async (act: (key: Uint8Array, from: Address) => unknown) => act(ALICE.key, ACCOUNT),
  };
  const verifier = {
    at: async (height: number, { chainId }: { chainId: string }) => {
      asked.push(height);
      return chainId === chapter.chainId ? (chain.get(height) ?? null) : null;
    },
  };
  const ceiling = {
    require: () => {
      if (ceilingError !== null) throw ceilingError;
    },
  };
  submissions = new Submissions({
    node: node as unknown as NodeClient, // all that is asked of it
    verifier: verifier as unknown as BlockVerifier, // likewise
    journal,
    chapters,
    account: account as unknown as Account, // likewise
    addresses: () => [ACCOUNT],
    ceiling: ceiling as unknown as FeeCeiling, // likewise
    activity: {
      takeBlock: ({ block }: Tip, id: number, accounts: readonly Address[]) =>
        activity.push([block.header.height, id, accounts]),
      rollBack: (id: number, from: number) => activity.push(['back', id, from]),
    } as unknown as AccountActivity, // likewise
    head: () => head,
    now: clock.now,
    jumps: new WallJumps(clock),
  });
}

const hashAt = (height: number, branch = 0) => parseBlockHash(`${branch}${String(height).padStart(63, '0')}`);

/** A block as far as it is looked at, on a branch from `parent`; with results of the account for tasks. */
function blockAt(
  height: number,
  change: { branch?: number; parent?: number; results?: readonly string[]; nonce?: bigint } = {},
): Tip {
  const { branch = 0, parent = branch, results = [], nonce = 0n } = change;
  const tip = {
    hash: hashAt(height, branch),
    block: {
      header: { height, prevHash: hashAt(height - 1, parent), computeRoot: '' },
      txs: results.map((_, index) => ({
        type: 'SUBMIT_RESULT',
        from: ACCOUNT,
        nonce: nonce + BigInt(index),
      })),
    },
    txHashes: results.map((taskId) => `of ${taskId}`),
    verification: {
      ok: true,
      checks: [],
      results: results.map((taskId) => ({
        txHash: `of ${taskId}`,
        result: { workerAddress: ACCOUNT, taskId },
      })),
    },
  } as unknown as Tip; // all that is looked at
  chain.set(height, tip);
  return tip;
}

/** A block comes, is the head, and is taken in. */
function take(tip: Tip, isLast = true): Promise<void> {
  head = { ...head, tip };
  return submissions.takeBlock(tip, head.binding ?? bindingTo(chapter), BLOCK_MS, isLast);
}

function planned(taskId: string, blockHeight = 10, change: Partial<PlannedTask> = {}): TaskRecord {
  const task = journal.plan({
    chapter: chapter.id,
    account: ACCOUNT,
    taskId,
    blockHeight,
    blockHash: hashAt(blockHeight),
    taskNonce: ++taskNonces,
    matrixSize: 16,
    ...change,
  });
  if (task === null) throw new Error('planned twice');
  return task;
}

const RESULT = { resultHash: 'c'.repeat(64), proof: '0100' };
const computed = (taskId: string, blockHeight = 10, change: Partial<PlannedTask> = {}) =>
  journal.move(planned(taskId, blockHeight, change), 'computed', RESULT);
const reserved = (
  taskId: string,
  accountNonce: bigint,
  blockHeight = 10,
  change: Partial<PlannedTask> = {},
) => journal.move(computed(taskId, blockHeight, change), 'reserved', { accountNonce });
const now = (taskId: string, of = chapter) => journal.byTaskId(taskId, of.id);
const stateOf = (taskId: string) => now(taskId)?.state;
const noncesSent = () => bodies.map((body) => parseTransaction(parseJson(body)).nonce);

describe('work is stale', () => {
  it.each([
    ['of a block', null, 3],
    ['of a validator', 5, 720],
  ])('%s once its block is further behind than it may be', (_of, job, blocks) => {
    const at = (tipHeight: number) => isStale({ blockHeight: 100, job }, tipHeight);
    expect([at(99), at(100), at(100 + blocks), at(101 + blocks)]).toEqual([false, false, false, true]);
  });

  it('for all who ask', () => {
    expect(FRESH_BLOCKS).toBe(3);
  });
});

describe('a result that is handed over', () => {
  it('is sent once a block was taken in for its chapter', async () => {
    const task = computed('one');
    head = { ...head, tip: blockAt(10) };
    expect(await submissions.submit(task)).toEqual(task);
    await take(blockAt(10), false);
    expect(await submissions.submit(task)).toEqual(task);
    expect(bodies).toEqual([]);
    await take(blockAt(10));
    expect(stateOf('one')).toBe('in_pool');
    expect(await submissions.submit(computed('two'))).toMatchObject({ state: 'in_pool', accountNonce: 1n });
  });

  it.each([
    [
      'at a try that failed later on',
      14,
      async () => {
        await take(blockAt(9));
        start();
        const waiting = journal.move(reserved('sent', 3n, 9), 'signed', SIGNED);
        journal.move(waiting, 'sent', { sends: 1, lastSentAt: 0 });
        failure = new AppError('node_unreachable', '');
        await expect(take(blockAt(10, { results: ['another’s'], nonce: 5n }))).rejects.toBe(failure);
        failure = null;
        nonceInChain = 3n;
      },
    ],
    [
      'before a start, close to the tip',
      11,
      async () => {
        await take(blockAt(9));
        await take(blockAt(10, { results: ['another’s'], nonce: 5n }));
        start();
        computed('waiting', 10);
      },
    ],
  ] as const)(
    'is not signed for a nonce that a block used which was taken in %s',
    async (_when, tip, happens) => {
      await happens();
      for (let height = 11; height <= tip + 1; height += 1) blockAt(height);
      const at = (height: number) => chain.get(height) as Tip;
      // By a node that lags, or lies.
      nextNonce = 5n;
      await take(at(tip)).catch(() => undefined);
      await submissions.submit(computed('one', tip)).catch(() => undefined);
      expect(noncesSent()).not.toContain(5n);
      nextNonce = 6n;
      await take(at(tip + 1));
      expect(noncesSent()).toContain(6n);
    },
  );

  it('is what the journal has of it by now', async () => {
    await take(blockAt(10));
    const task = computed('one');
    journal.move(task, 'abandoned');
    expect((await submissions.submit(task)).state).toBe('abandoned');
    expect(bodies).toEqual([]);
  });

  it.each<[string, Partial<HeadState>]>([
    ['nothing is known of the chain', { binding: null }],
    ['there is no tip', { tip: null }],
    ['newer blocks are known of', { behind: 1 }],
    ['the machine may have slept', { mayBeOld: true }],
    ['the node is left alone', { retryAtMs: 1 }],
    ['something is wrong', { error: toErrorReport(new AppError('node_timeout', '')) }],
  ])('waits where %s', async (_what, change) => {
    await take(blockAt(10));
    head = { ...head, ...change };
    const task = computed('one');
    expect(await submissions.submit(task)).toEqual(task);
    expect(bodies).toEqual([]);
  });

  it('waits where the node shows another chain, or that chain was not taken in yet', async () => {
    await take(blockAt(10));
    const other = chapters.begin('other', 'cpc-devnet-1', 'c'.repeat(64), 0);
    const task = computed('one');
    head = { ...head, binding: bindingTo(other) };
    expect(await submissions.submit(task)).toEqual(task);
    const ofOther = computed('two', 10, { chapter: other.id });
    expect(await submissions.submit(ofOther)).toEqual(ofOther);
    expect(bodies).toEqual([]);
  });

  it('is set aside where there is none', async () => {
    await take(blockAt(10));
    for (const part of ['resultHash', 'proof'] as const)
      await submissions.submit(journal.move(planned(part), 'computed', { ...RESULT, [part]: null }));
    expect([now('resultHash'), now('proof'), bodies]).toEqual([null, null, []]);
  });

  it('is given up where another key is in use by now', async () => {
    await take(blockAt(10));
    inUse = OTHER;
    expect(await submissions.submit(computed('one'))).toMatchObject({
      state: 'abandoned',
      reason: { code: 'key_changed', params: { address: ACCOUNT } },
    });
  });

  it('is given up where a block has it already', async () => {
    await take(blockAt(10, { results: ['one'] }));
    expect(await submissions.submit(computed('one'))).toMatchObject({
      state: 'abandoned',
      reason: { code: 'task_already_done', params: { height: 10 } },
    });
    const one = { account: ACCOUNT, taskId: 'one' };
    expect(submissions.takenAt(one)).toBe(10);
    expect(submissions.takenAt({ ...one, account: OTHER })).toBeNull();
  });

  it('is given up where its block is too old, or not in the chain', async () => {
    for (const height of [10, 11]) await take(blockAt(height));
    const reason = (params: object) => ({
      state: 'abandoned',
      reason: { code: 'compute_cancelled', params },
    });
    expect((await submissions.submit(computed('fresh', 8))).state).toBe('computed');
    expect(await submissions.submit(computed('old', 7))).toMatchObject(reason({ behind: 4 }));
    const gone = await submissions.submit(computed('gone', 10, { blockHash: hashAt(10, 1) }));
    expect(gone).toMatchObject(reason({}));
    expect(gone.reason?.params).toEqual({});
    expect(await submissions.submit(computed('job', 10, { blockHash: hashAt(10, 1), job: 1 }))).toMatchObject(
      {
        state: 'in_pool',
      },
    );
    expect((await submissions.submit(computed('older job', 1, { job: 2 }))).state).toBe('in_pool');
  });

  it('is of the head, of the block before it, or of one that was taken in below it', async () => {
    for (const height of [9, 10, 11]) await take(blockAt(height));
    for (const height of [9, 10, 11])
      expect((await submissions.submit(computed(`of ${height}`, height))).state).toBe('in_pool');
    expect(bodies).toHaveLength(3);
  });

  it.each([9, 10, 11])(
    'of block %i goes as well where the head, 11, was not taken in yet',
    async (height) => {
      // Blocks show the account's last nonce: the node need not be asked where its chain ends.
      for (const taken of [9, 10])
        await take(blockAt(taken, { results: [`${taken}`], nonce: BigInt(taken) }));
      nextNonce = 11n;
      head = { ...head, tip: blockAt(11) };
      const gone = computed('gone', 11, { blockHash: hashAt(11, 1) });
      expect(await submissions.submit(gone)).toEqual(gone);
      expect((await submissions.submit(computed('one', height))).state).toBe('in_pool');
      expect(bodies).toHaveLength(1);
    },
  );

  it('goes where it is of the block before the head, and neither was taken in yet', async () => {
    await take(blockAt(9, { results: ['of 8'], nonce: 9n }));
    nextNonce = 10n;
    head = { ...head, tip: blockAt(11) };
    const gone = computed('gone', 10, { blockHash: hashAt(10, 1) });
    expect(await submissions.submit(gone)).toEqual(gone);
    expect((await submissions.submit(computed('one', 10))).state).toBe('in_pool');
  });

  it('is given up where the one block that was taken in follows another than its own', async () => {
    await take(blockAt(10));
    const gone = await submissions.submit(computed('gone', 9, { blockHash: hashAt(9, 1) }));
    expect(gone).toMatchObject({ state: 'abandoned', reason: { code: 'compute_cancelled' } });
  });

  it('waits where the head is of another branch than what was taken in', async () => {
    for (const height of [9, 10, 11]) await take(blockAt(height));
    head = { ...head, tip: blockAt(11, { branch: 1 }) };
    chain.set(11, blockAt(11));
    for (const height of [9, 10, 11]) {
      const task = computed(`of ${height}`, height);
      expect(await submissions.submit(task)).toEqual(task);
    }
    expect(bodies).toEqual([]);
  });

  it('is not signed behind a queue that is stuck, and goes on waiting there', async () => {
    await take(blockAt(10));
    await submissions.submit(computed('first'));
    await clock.advance(4 * BLOCK_MS);
    // Others wait at the node, and the account's next does not get into a block.
    receipt = { status: 'pending', blockHeight: null, error: null };
    [nextNonce, nonceInChain] = [5n, 0n];
    const waiting = computed('waiting', 11);
    bodies = [];
    await take(blockAt(11));
    expect(bodies).toEqual([now('first')?.raw]);
    const stuck = { code: 'tx_queue_stuck', remedy: 'wait' };
    await expect(submissions.submit(waiting)).rejects.toMatchObject(stuck);
    await expect(submissions.submitByHand(order())).rejects.toMatchObject(stuck);
    expect([bodies.length, stateOf('waiting'), now('order')]).toEqual([1, 'computed', null]);
  });
});

describe('what a person sends themselves', () => {
  it('is sent once, whatever it is', async () => {
    await take(blockAt(10));
    expect(await submissions.submitByHand(order())).toMatchObject({ state: 'in_pool', byHand: true });
    await expect(submissions.submitByHand(order())).rejects.toMatchObject({
      code: 'task_known',
      remedy: 'none',
    });
    expect(
      await submissions.submitByHand(order({ taskId: 'result', transfer: null, ...RESULT })),
    ).toMatchObject({
      state: 'in_pool',
    });
    expect(noncesSent()).toEqual([0n, 1n]);
  });

  it('is no result that a block has already; a transfer is another thing', async () => {
    await take(blockAt(10, { results: ['order'], nonce: 7n }));
    nextNonce = 8n;
    await expect(submissions.submitByHand(order({ transfer: null, ...RESULT }))).rejects.toMatchObject({
      code: 'task_already_done',
      params: { height: 10 },
    });
    expect(await submissions.submitByHand(order())).toMatchObject({ state: 'in_pool' });
  });

  it.each<[string, () => Partial<HeadState>]>([
    ['nothing is known of the chain', () => ({ binding: null })],
    ['newer blocks are known of', () => ({ behind: 1 })],
    [
      'the node shows another chain',
      () => ({ binding: bindingTo(chapters.begin('other', 'cpc-devnet-1', 'c'.repeat(64), 0)) }),
    ],
  ])('is not sent where %s', async (_what, change) => {
    await take(blockAt(10));
    head = { ...head, ...change() };
    await expect(submissions.submitByHand(order())).rejects.toMatchObject({
      code: 'not_ready',
      remedy: 'retry',
    });
    expect([bodies, now('order')]).toEqual([[], null]);
  });

  it('is not sent before a block was taken in, nor where something is wrong with the node', async () => {
    await expect(submissions.submitByHand(order())).rejects.toMatchObject({ code: 'not_ready' });
    await take(blockAt(10));
    head = { ...head, error: toErrorReport(new AppError('node_timeout', 'late')) };
    await expect(submissions.submitByHand(order())).rejects.toMatchObject({ code: 'node_timeout' });
    expect(bodies).toEqual([]);
  });
});

describe('what is under way when a block comes', () => {
  it('is brought on from where a crash left it', async () => {
    reserved('unsigned', 3n);
    journal.move(reserved('signed', 4n), 'signed', SIGNED);
    journal.move(reserved('old', 5n, 6), 'signed', { ...SIGNED, txHash: '5'.repeat(64) });
    journal.move(reserved('done', 6n), 'signed', { ...SIGNED, txHash: '6'.repeat(64) });
    const waiting = planned('planned');
    for (const height of [7, 8]) blockAt(height);
    blockAt(9, { results: ['done'], nonce: 90n });
    nextNonce = 91n;
    await take(blockAt(10));
    // Its bytes are none: it is set aside rather than sent.
    expect(now('signed')).toBeNull();
    expect(now('unsigned')).toMatchObject({ state: 'in_pool', accountNonce: 91n });
    expect(now('old')).toMatchObject({ state: 'abandoned', reason: { params: { behind: 4 } } });
    expect(now('done')).toMatchObject({ state: 'abandoned', reason: { code: 'task_already_done' } });
    expect(now('planned')).toEqual(waiting);
  });

  it('holds no nonce where nothing was signed for it', async () => {
    reserved('one', 3n);
    ceilingError = new AppError('fee_ceiling_reached', '');
    await take(blockAt(10));
    expect(now('one')).toMatchObject({ state: 'computed', accountNonce: null });
  });

  it('has its nonce from the time it was computed in', async () => {
    await take(blockAt(10));
    submissions.prepare(ACCOUNT);
    nextNonce = 7n;
    nonceInChain = 0n;
    expect((await submissions.submit(computed('one'))).accountNonce).toBe(0n);
  });

  it('has a nonce that was asked for within the last two blocks, no older one', async () => {
    await take(blockAt(10));
    submissions.prepare(ACCOUNT);
    await clock.advance(0);
    nextNonce = 7n;
    nonceInChain = 0n;
    for (const height of [11, 12]) await take(blockAt(height));
    expect((await submissions.submit(computed('one', 12))).accountNonce).toBe(0n);
    submissions.prepare(ACCOUNT);
    await clock.advance(0);
    [nextNonce, nonceInChain] = [20n, null];
    for (const height of [13, 14, 15]) await take(blockAt(height, { results: [], nonce: 19n }));
    expect((await submissions.submit(computed('two', 15))).accountNonce).toBe(20n);
  });

  it('is sent where it waited, unless its block is beyond the one taken in, and a job of any', async () => {
    const waits = computed('beyond', 11);
    computed('job', 11, { job: 1 });
    computed('of 10');
    await take(blockAt(10));
    expect([stateOf('of 10'), stateOf('job'), now('beyond')]).toEqual(['in_pool', 'in_pool', waits]);
  });

  it('is not sent by an older block than the newest, but brought to it', async () => {
    computed('one');
    head = { ...head, behind: 1 };
    await take(blockAt(10));
    expect([stateOf('one'), bodies]).toEqual(['computed', []]);
    head = { ...head, behind: 0 };
    expect((await submissions.submit(now('one') as TaskRecord)).state).toBe('in_pool');
  });

  it('is as old as the newest block that is known makes it', async () => {
    computed('one', 8);
    blockAt(9);
    head = { ...head, tip: blockAt(12) };
    await submissions.takeBlock(blockAt(10), bindingTo(chapter), BLOCK_MS);
    expect(now('one')).toMatchObject({ state: 'abandoned', reason: { params: { behind: 4 } } });
  });

  it('goes again with a new nonce where another transaction took its own, while it is fresh', async () => {
    const lost = (taskId: string, nonce: bigint, height: number, change: Partial<PlannedTask> = {}) =>
      journal.move(
        journal.move(reserved(taskId, nonce, height, change), 'signed', {
          ...SIGNED,
          txHash: String(nonce).padStart(64, '0'),
        }),
        'superseded',
      );
    lost('fresh', 0n, 7);
    lost('old', 1n, 6);
    lost('beyond', 2n, 11);
    lost('gone', 3n, 9, { blockHash: hashAt(9, 1) });
    lost('done', 4n, 9);
    lost('by hand', 5n, 9, { byHand: true });
    lost('job', 6n, 1, { job: 1 });
    for (const height of [7, 8, 9])
      await take(blockAt(height, { results: height === 9 ? ['done'] : [], nonce: 6n }), false);
    nextNonce = 7n;
    await take(blockAt(10));
    expect(now('fresh')).toMatchObject({ state: 'in_pool', accountNonce: 7n, sends: 1 });
    expect(now('job')).toMatchObject({ state: 'in_pool', accountNonce: 8n, sends: 1 });
    expect(now('fresh')?.raw).toBe(bodies[0]);
    for (const taskId of ['old', 'beyond', 'gone', 'done', 'by hand'])
      expect(stateOf(taskId)).toBe('superseded');
  });

  it('has nothing left of what its nonce was lost with while it waits to go again, and is left at that by an older block', async () => {
    const sent = journal.move(journal.move(reserved('one', 3n), 'signed', SIGNED), 'sent', { sends: 2 });
    const superseded = journal.move(sent, 'superseded');
    head = { ...head, behind: 1 };
    await take(blockAt(10));
    expect(now('one')).toEqual(superseded);
    head = { ...head, behind: 0 };
    ceilingError = new AppError('fee_ceiling_reached', '');
    await take(blockAt(11));
    const nothing = { accountNonce: null, raw: null, txHash: null, sends: 0 };
    expect(now('one')).toMatchObject({ state: 'computed', ...RESULT, ...nothing });
  });

  it('is proved by the transaction that lost its nonce where the chain goes back to one that has it', async () => {
    await take(blockAt(10));
    const { txHash, accountNonce } = await submissions.submit(computed('one'));
    ceilingError = new AppError('fee_ceiling_reached', '');
    await take(blockAt(11, { results: ['elsewhere'], nonce: accountNonce ?? -1n }));
    expect(now('one')).toMatchObject({ state: 'computed', txHash: null });
    ceilingError = null;
    const { block, ...tip } = blockAt(11, { branch: 1, parent: 0 });
    const txs = bodies.map((body) => parseTransaction(parseJson(body)));
    const results = resultsOf({ ...block, txs });
    const header = { ...block.header, computeRoot: computeRootOf(results) };
    const verification = { ...tip.verification, results };
    await take({
      ...tip,
      block: { ...block, header, txs },
      txHashes: txs.map(transactionHash),
      verification,
    });
    expect(now('one')).toMatchObject({ state: 'proved', confirmedHeight: 11, txHash, accountNonce });
    expect(bodies).toHaveLength(1);
  });

  it('waits for room below the ceiling, and nothing else is held up by it', async () => {
    ceilingError = new AppError('fee_ceiling_reached', '');
    computed('one');
    await take(blockAt(10));
    expect(stateOf('one')).toBe('computed');
    ceilingError = new AppError('internal', 'a mistake');
    await expect(take(blockAt(11))).rejects.toMatchObject({ code: 'internal' });
    ceilingError = null;
    await take(blockAt(12));
    expect(stateOf('one')).toBe('in_pool');
  });

  it('is all looked at before anything is sent: until then results wait', async () => {
    journal.move(journal.move(reserved('sent', 0n), 'signed', SIGNED), 'sent', {
      sends: 1,
      lastSentAt: 5_000_000,
    });
    failure = new AppError('node_timeout', '');
    await expect(take(blockAt(10))).rejects.toMatchObject({ code: 'node_timeout' });
    failure = null;
    const task = computed('one');
    expect(await submissions.submit(task)).toEqual(task);
    // What was sent just now is asked about as well, as after any start.
    receipt = { status: 'pending', blockHeight: null, error: null };
    await take(blockAt(11));
    expect(now('sent')).toBeNull();
  });
});

describe('what blocks hold', () => {
  it('is told of in order, with the accounts of the profile, and taken back with the chain', async () => {
    for (const height of [10, 11, 12]) await take(blockAt(height, { results: [`by ${height}`] }));
    expect(activity).toEqual([
      ['back', chapter.id, 0],
      ...[10, 11, 12].map((height) => [height, chapter.id, [ACCOUNT]]),
    ]);
    activity = [];
    const by = (height: number) => submissions.takenAt({ account: ACCOUNT, taskId: `by ${height}` });
    expect([by(10), by(11), by(12)]).toEqual([10, 11, 12]);
    await take(blockAt(11, { branch: 1, parent: 0 }));
    expect(activity).toEqual([
      ['back', chapter.id, 11],
      [11, chapter.id, [ACCOUNT]],
    ]);
    expect([by(10), by(11), by(12)]).toEqual([10, null, null]);
  });

  it('takes the nonce of a result that was sent, which goes again with the next one', async () => {
    await take(blockAt(10));
    await submissions.submit(computed('one'));
    await take(blockAt(11, { results: ['elsewhere'], nonce: 0n }));
    expect(now('one')).toMatchObject({ state: 'in_pool', accountNonce: 1n });
    expect(noncesSent()).toEqual([0n, 1n]);
  });

  it('is to be seen again where the chain goes back', async () => {
    const sent = journal.move(journal.move(reserved('one', 0n), 'signed', SIGNED), 'sent', { sends: 1 });
    const confirmed = journal.move(sent, 'confirmed', { confirmedHeight: 11, confirmedIndex: 0 });
    journal.move(confirmed, 'proved');
    await take(blockAt(10), false);
    expect(now('one')).toMatchObject({ state: 'sent', confirmedHeight: null });
  });

  it.each(['planned', 'computed', 'reserved', 'signed'] as const)(
    'is not paid for again after a start by a task that was %s',
    async (state) => {
      for (const height of [7, 9]) blockAt(height);
      blockAt(8, { results: ['one'], nonce: 50n });
      await take(blockAt(10));
      start();
      const task = state === 'planned' ? planned('one', 7) : computed('one', 7);
      const held =
        state === 'reserved' || state === 'signed'
          ? journal.move(task, 'reserved', { accountNonce: 60n })
          : task;
      if (state === 'signed') journal.move(held, 'signed', SIGNED);
      await take(blockAt(10));
      expect(submissions.takenAt({ account: ACCOUNT, taskId: 'one' })).toBe(8);
      expect([stateOf('one'), bodies]).toEqual([state === 'planned' ? 'planned' : 'abandoned', []]);
    },
  );

  it('uses nonces up, until the chain goes back', async () => {
    await take(blockAt(10));
    await take(blockAt(11, { results: ['elsewhere'], nonce: 5n }));
    nextNonce = 5n;
    const task = computed('one');
    await expect(submissions.submit(task)).rejects.toMatchObject({ code: 'node_bad_answer' });
    await take(blockAt(11, { branch: 1, parent: 0 }));
    expect(now('one')).toMatchObject({ state: 'in_pool', accountNonce: 5n });
  });

  it('is read again after a start where something is still to be sent, and only then', async () => {
    for (const height of [7, 8, 9]) blockAt(height, { results: height === 8 ? ['one'] : [], nonce: 50n });
    await take(blockAt(10));
    expect(asked).toEqual([]);
    start();
    planned('waiting');
    await take(blockAt(10));
    expect(asked).toEqual([8, 9]);
    expect(submissions.takenAt({ account: ACCOUNT, taskId: 'one' })).toBe(8);
    asked = [];
    await take(blockAt(11));
    expect(asked).toEqual([]);
  });

  it('is not gone by where it could not be verified', async () => {
    const spoilt = blockAt(9, { results: ['one'] });
    chain.set(9, { ...spoilt, verification: { ...spoilt.verification, ok: false } });
    planned('waiting', 10);
    await take(blockAt(10));
    expect(submissions.takenAt({ account: ACCOUNT, taskId: 'one' })).toBeNull();
  });

  it('of another chain says nothing of this one', async () => {
    await take(blockAt(10, { results: ['one'], nonce: 5n }));
    const other = chapters.begin('other', 'cpc-devnet-1', 'c'.repeat(64), 0);
    head = { ...head, binding: bindingTo(other) };
    await take(blockAt(10, { branch: 1 }));
    expect(submissions.takenAt({ account: ACCOUNT, taskId: 'one' })).toBeNull();
    const task = computed('one', 10, { chapter: other.id, blockHash: hashAt(10, 1) });
    expect(await submissions.submit(task)).toMatchObject({ state: 'in_pool', accountNonce: 0n });
  });
});

describe('a chain that the node shows no longer', () => {
  it('can’t take its results any more: they are given up, but for what nothing was done for', async () => {
    await take(blockAt(10));
    computed('one');
    planned('planned');
    const ended = chapter;
    const other = chapters.begin('node', 'cpc-devnet-1', 'c'.repeat(64), 0);
    head = { ...head, binding: bindingTo(other) };
    await take(blockAt(10, { branch: 1 }));
    expect(now('one', ended)).toMatchObject({
      state: 'abandoned',
      reason: { code: 'chain_mismatch', params: { expected: `chapter ${ended.id}`, actual: 'a new chain' } },
    });
    expect(now('planned', ended)?.state).toBe('planned');
  });

  it('has what was sent on it followed again once it is back', async () => {
    const sent = journal.move(journal.move(reserved('one', 0n), 'signed', SIGNED), 'sent', { sends: 1 });
    const reason = toErrorReport(new AppError('chain_mismatch', ''));
    journal.move(sent, 'abandoned', { reason });
    await take(blockAt(10), false);
    expect(now('one')).toMatchObject({ state: 'sent', reason: null });
  });
});

function order(change: Partial<HandOrder> = {}): HandOrder {
  return {
    chapter: chapter.id,
    account: ACCOUNT,
    taskId: 'order',
    blockHeight: 10,
    blockHash: hashAt(10),
    taskNonce: ++taskNonces,
    matrixSize: 16,
    byHand: true,
    resultHash: null,
    proof: null,
    transfer: { to: OTHER, amountUnits: 12n },
    ...change,
  };
}
