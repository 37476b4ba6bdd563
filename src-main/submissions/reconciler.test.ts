import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import { parseBlockHash } from '../../src-shared/chain/block';
import { AppError, toErrorReport } from '../../src-shared/errors';
import type { BlockVerifier, VerifiedBlock } from '../chain/block-verifier';
import type { NodeClient } from '../chain/node-client';
import { VirtualClock } from '../clock/virtual-clock';
import { WallJumps } from '../clock/wall-jumps';
import { BOB } from '../devnet/test-network';
import { type Chapter, Chapters } from '../storage/chapters';
import { type Database, openDatabase } from '../storage/database';
import { Journal, type PlannedTask } from './journal';
import { Reconciler } from './reconciler';
import type { Sender } from './sender';
import type { TaskRecord } from './task-record';

const ACCOUNT = parseAddress('cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp');
const NONCE = 5n;

let folder = '';
let database: Database;
let journal: Journal;
let chapter: Chapter;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reconciler-'));
  database = openDatabase(join(folder, 'miner.sqlite'), 0).database;
  journal = new Journal(database, () => 1000);
  chapter = new Chapters(database).begin('node', 'cpc-devnet-1', 'a'.repeat(64), 0);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

function planned(taskId: string, change: Partial<PlannedTask> = {}): TaskRecord {
  const task = journal.plan({
    chapter: chapter.id,
    account: ACCOUNT,
    taskId,
    blockHeight: 7,
    blockHash: parseBlockHash('b'.repeat(64)),
    taskNonce: 0,
    matrixSize: 16,
    ...change,
  });
  if (task === null) throw new Error('planned twice');
  return task;
}

/** A task whose bytes were sent, and of which nothing was heard since. */
function sent(): TaskRecord {
  const computed = journal.move(planned('one'), 'computed', { resultHash: 'c'.repeat(64), proof: '{}' });
  const reserved = journal.move(computed, 'reserved', { accountNonce: NONCE });
  const signed = journal.move(reserved, 'signed', { raw: '{}', txHash: 'd'.repeat(64) });
  return journal.move(signed, 'sent', { sends: 1 });
}

/** Asks a node that knows nothing of the transaction about it. @param nonce the account's next by its blocks */
async function ask(nonce: bigint, covers: boolean): Promise<{ state: string; sentAgain: number }> {
  const task = sent();
  let sentAgain = 0;
  const node = {
    receipt: async () => null,
    balance: async () => ({ units: 0n, nonce }),
    pendingNonce: async () => nonce,
  };
  const sender = {
    transmit: async (again: TaskRecord) => {
      sentAgain += 1;
      return again;
    },
  };
  const reconciler = new Reconciler({
    journal,
    node: node as unknown as NodeClient, // all that is asked of it
    sender: sender as unknown as Sender, // likewise
    verifier: { at: async (height: number) => blockWith(height, []) } as unknown as BlockVerifier, // likewise
    jumps: new WallJumps(new VirtualClock(2000)),
    isUpToDate: () => true,
  });
  await reconciler.check(chapter, 5000, true, (height) => covers || height >= 9);
  const [now] = journal.list({ states: null, search: '', offset: 0, limit: 1 }).records;
  return { state: now?.state ?? '', sentAgain: task.id === now?.id ? sentAgain : -1 };
}

describe('a transaction that the node knows nothing of', () => {
  it.each([0n, NONCE - 1n, NONCE])(
    'is sent again as long as its nonce %s is not past, where blocks were left out',
    async (nonce) => {
      expect(await ask(nonce, false)).toEqual({ state: 'sent', sentAgain: 1 });
    },
  );

  it('has lost its nonce once the account is past it, where blocks were left out', async () => {
    expect(await ask(NONCE + 1n, false)).toEqual({ state: 'superseded', sentAgain: 0 });
  });

  it('has not by the node’s word alone, where every block was taken', async () => {
    expect(await ask(NONCE + 1n, true)).toEqual({ state: 'sent', sentAgain: 1 });
  });
});

describe('a queue that holds the account’s next transaction back', () => {
  it('is stuck until that one has ended, be it because no block took it within an hour', async () => {
    sent();
    const clock = new VirtualClock(2000);
    const node = {
      receipt: async () => ({ status: 'pending', blockHeight: null, error: null }),
      balance: async () => ({ units: 0n, nonce: NONCE }),
      // Past it: others of the account wait at the node.
      pendingNonce: async () => NONCE + 3n,
    };
    const reconciler = new Reconciler({
      journal,
      node: node as unknown as NodeClient, // all that is asked of it
      sender: { transmit: async () => null } as unknown as Sender, // likewise
      verifier: {} as BlockVerifier, // of no use where no block is named
      jumps: new WallJumps(clock),
      isUpToDate: () => true,
    });
    const check = () => reconciler.check(chapter, 5000, true, () => true);
    expect(reconciler.queueIsStuck).toBe(false);
    await check();
    expect(reconciler.queueIsStuck).toBe(true);
    await clock.advance(61 * 60_000);
    expect(reconciler.queueIsStuck).toBe(true);
    await check();
    expect(journal.live(chapter.id)).toEqual([]);
    expect(reconciler.queueIsStuck).toBe(false);
  });
});

describe('a transaction that stays pending', () => {
  /** Asks about a task of so many sends that the node has, and has as the account's last. */
  async function pending(
    sends: number,
  ): Promise<{ state: string | undefined; code: unknown; word: unknown; sent: number[] }> {
    const task = journal.note(sent(), { sends });
    const again: number[] = [];
    const node = {
      receipt: async () => ({ status: 'pending', blockHeight: null, error: null }),
      pendingNonce: async () => NONCE,
    };
    const sender = {
      transmit: async (one: TaskRecord) => {
        again.push(one.sends);
        return one;
      },
    };
    const reconciler = new Reconciler({
      journal,
      node: node as unknown as NodeClient, // all that is asked of it
      sender: sender as unknown as Sender, // likewise
      verifier: {} as BlockVerifier, // of no use where no block is named
      jumps: new WallJumps(new VirtualClock(2000)),
      isUpToDate: () => true,
    });
    await reconciler.check(chapter, 5000, true, () => true);
    const now = journal.byTaskId(task.taskId, chapter.id);
    return { state: now?.state, code: now?.reason?.code, word: now?.reason?.params.word, sent: again };
  }

  it('is sent five times, and dropped by its proposer then', async () => {
    expect(await pending(4)).toEqual({ state: 'sent', code: undefined, word: undefined, sent: [4] });
  });

  it('is not sent a sixth time', async () => {
    expect(await pending(5)).toEqual({
      state: 'rejected',
      code: 'tx_rejected',
      word: 'dropped by the proposer',
      sent: [],
    });
  });
});

describe('a transaction that was sent just now', () => {
  it.each([
    [15_000, false, 0],
    [15_001, false, 1],
    [0, true, 1],
  ])('is asked about %i ms later, after a start: %s, so often: %i', async (ageMs, everything, asks) => {
    const clock = new VirtualClock(2000);
    journal.note(sent(), { lastSentAt: 2000 });
    let asked = 0;
    const node = {
      receipt: async () => {
        asked += 1;
        return null;
      },
    };
    const reconciler = new Reconciler({
      journal,
      node: node as unknown as NodeClient, // all that is asked of it
      sender: { transmit: async () => null } as unknown as Sender, // likewise
      verifier: {} as BlockVerifier, // of no use where no block is named
      jumps: new WallJumps(clock),
      isUpToDate: () => true,
    });
    await clock.advance(ageMs);
    await reconciler.check(chapter, 5000, everything, () => true);
    expect(asked).toBe(asks);
  });

  it.each([3_600_000, 3_600_001])('is given up once no node holds it any more (%i ms)', async (ageMs) => {
    const clock = new VirtualClock(1000);
    sent();
    let again = 0;
    const sender = {
      transmit: async () => {
        again += 1;
        return null;
      },
    };
    const reconciler = new Reconciler({
      journal,
      node: { receipt: async () => null } as unknown as NodeClient, // all that is asked of it
      sender: sender as unknown as Sender, // likewise
      verifier: {} as BlockVerifier, // of no use where no block is named
      jumps: new WallJumps(clock),
      isUpToDate: () => true,
    });
    await clock.advance(ageMs);
    await reconciler.check(chapter, 5000, true, () => true);
    const now = journal.byTaskId('one', chapter.id);
    const expired = { state: 'expired', reason: { code: 'tx_rejected', params: { word: 'expired' } } };
    expect(now).toMatchObject(ageMs > 3_600_000 ? expired : { state: 'sent' });
    expect(again).toBe(ageMs > 3_600_000 ? 0 : 1);
  });
});

const OTHER = parseAddress(BOB.address);
const MINUTE = 60_000;

type Receipt = { status: 'pending' | 'confirmed'; blockHeight: number | null; error: string | null };
const PENDING: Receipt = { status: 'pending', blockHeight: null, error: null };
const confirmedAt = (blockHeight: number | null): Receipt => ({
  status: 'confirmed',
  blockHeight,
  error: null,
});

/** A node, its blocks, and what is asked of them. */
class World {
  readonly clock = new VirtualClock(1000);
  /** What the node says of a transaction, by the nonce it is for; nothing where it knows none. */
  readonly receipts = new Map<bigint, Receipt | Error>();
  readonly blocks = new Map<number, VerifiedBlock>();
  nonceInChain = NONCE;
  pendingNonce = NONCE;
  /** Of what is sent again: whether the node says that it has it. */
  takes = true;
  readonly asked: bigint[] = [];
  /** How often it was asked for the account. */
  balances = 0;
  /** Heights of the blocks that were asked for. */
  readonly fetched: number[] = [];
  /** Whether its tip is the chain's. */
  isUpToDate = true;
  /** Whether no block can be asked for. */
  isGone = false;
  readonly sentAgain: bigint[] = [];
  readonly reconciler: Reconciler;

  constructor() {
    journal = new Journal(database, this.clock.now);
    const node = {
      receipt: async (txHash: string) => {
        const nonce = journal.byTxHash(chapter.id, txHash)?.accountNonce ?? -1n;
        this.asked.push(nonce);
        const receipt = this.receipts.get(nonce) ?? null;
        if (receipt instanceof Error) throw receipt;
        return receipt;
      },
      balance: async () => {
        this.balances += 1;
        return { units: 0n, nonce: this.nonceInChain };
      },
      pendingNonce: async () => this.pendingNonce,
    };
    const sender = {
      transmit: async (task: TaskRecord) => {
        this.sentAgain.push(task.accountNonce ?? -1n);
        return this.takes && task.state === 'sent' ? journal.move(task, 'in_pool') : task;
      },
    };
    const verifier = {
      at: async (height: number, { chainId }: { chainId: string }) => {
        this.fetched.push(height);
        if (this.isGone) throw new AppError('node_unreachable', 'gone');
        return chainId === 'cpc-devnet-1' ? (this.blocks.get(height) ?? null) : null;
      },
    };
    this.reconciler = new Reconciler({
      journal,
      node: node as unknown as NodeClient, // all that is asked of it
      sender: sender as unknown as Sender, // likewise
      verifier: verifier as unknown as BlockVerifier, // likewise
      jumps: new WallJumps(this.clock),
      isUpToDate: () => this.isUpToDate,
    });
  }

  check(everything = true, covers = (_height: number) => true): Promise<void> {
    return this.reconciler.check(chapter, 5000, everything, covers);
  }
}

const hashOf = (nonce: bigint) => String(nonce).padStart(64, '0');

/** A transfer of our own that was sent. */
function transfer(nonce: bigint, of = chapter): TaskRecord {
  const order = planned(`transfer ${nonce}`, {
    chapter: of.id,
    taskNonce: Number(nonce),
    byHand: true,
    transfer: { to: OTHER, amountUnits: 12n },
  });
  const reserved = journal.move(order, 'reserved', { accountNonce: nonce });
  const signed = journal.move(reserved, 'signed', { raw: '{}', txHash: hashOf(nonce) });
  return journal.move(signed, 'sent', { sends: 1, lastSentAt: 1000 });
}

/** A block as far as it is looked at, with transfers of these nonces. */
function blockWith(height: number, nonces: readonly bigint[], change: object = {}, ok = true): VerifiedBlock {
  const taken = {
    block: {
      header: { height, computeRoot: '' },
      txs: nonces.map((nonce) => ({
        type: 'TRANSFER',
        from: ACCOUNT,
        nonce,
        to: OTHER,
        amount: 12n,
        ...change,
      })),
    },
    txHashes: nonces.map(hashOf),
    verification: { ok, checks: [], results: [] },
  };
  return taken as unknown as VerifiedBlock; // all that is looked at
}

const now = (nonce = NONCE, of = chapter) => journal.byTaskId(`transfer ${nonce}`, of.id);
const states = (nonce = NONCE) => {
  const task = now(nonce);
  return task === null ? [] : journal.history(task).map(({ state }) => state);
};
const AS_SENT = ['planned', 'reserved', 'signed', 'sent'];

describe('a verified block', () => {
  it('proves what is in it by its place there, once', () => {
    const { reconciler } = new World();
    journal.note(transfer(NONCE), { reason: toErrorReport(new AppError('node_timeout', '')) });
    for (let time = 0; time < 2; time += 1) reconciler.takeBlock(blockWith(9, [77n, NONCE]), chapter);
    expect(now()).toMatchObject({
      state: 'proved',
      confirmedHeight: 9,
      confirmedIndex: 1,
      reason: null,
      evidence: { checks: [{ name: 'tx_in_block', ok: true }, { ok: true }, { ok: true }] },
    });
    expect(states()).toEqual([...AS_SENT, 'confirmed', 'proved']);
  });

  it('ends what it has otherwise than it was made, and says by what', () => {
    const { reconciler } = new World();
    transfer(NONCE);
    reconciler.takeBlock(blockWith(9, [NONCE], { amount: 13n, to: ACCOUNT }), chapter);
    expect(now()).toMatchObject({
      state: 'rejected',
      reason: { code: 'invalid_block', params: { failed: 'transfer_recipient, transfer_amount' } },
      evidence: { checks: [{ ok: true }, { ok: false }, { ok: false }] },
    });
  });

  it('proves what it confirmed before a crash, and another block does not', () => {
    const { reconciler } = new World();
    journal.move(transfer(NONCE), 'confirmed', { confirmedHeight: 9, confirmedIndex: 0 });
    reconciler.takeBlock(blockWith(8, [NONCE]), chapter);
    expect(now()?.state).toBe('confirmed');
    reconciler.takeBlock(blockWith(9, [NONCE]), chapter);
    expect(now()?.state).toBe('proved');
  });

  it('takes the nonce from what else was made for it, of that account alone', () => {
    const { reconciler } = new World();
    for (const nonce of [NONCE, 6n]) transfer(nonce);
    const taken = (nonce: bigint, from: string) => {
      const block = blockWith(9, [nonce], { from });
      return { ...block, txHashes: ['e'.repeat(64)] } as unknown as VerifiedBlock; // likewise
    };
    reconciler.takeBlock(taken(NONCE, OTHER), chapter);
    expect(now()?.state).toBe('sent');
    reconciler.takeBlock(taken(NONCE, ACCOUNT), chapter);
    expect(now()).toMatchObject({
      state: 'superseded',
      reason: { code: 'tx_nonce_too_low', params: { word: 'nonce 5' } },
    });
    expect(now(6n)?.state).toBe('sent');
  });

  it('keeps by what it is proved where the same block has another for its nonce', () => {
    const { reconciler } = new World();
    transfer(NONCE);
    const block = blockWith(9, [NONCE, NONCE]);
    reconciler.takeBlock(
      { ...block, txHashes: [hashOf(NONCE), 'e'.repeat(64)] } as unknown as VerifiedBlock, // likewise
      chapter,
    );
    expect(now()).toMatchObject({ state: 'proved', confirmedIndex: 0 });
  });

  it('has the last word on what a block of its height proved before, which came ahead of the trail', async () => {
    const world = new World();
    for (const nonce of [NONCE, 6n]) {
      transfer(nonce);
      world.receipts.set(nonce, confirmedAt(9));
    }
    world.blocks.set(9, blockWith(9, [NONCE, 6n]));
    await world.check();
    expect([now()?.state, now(6n)?.state]).toEqual(['proved', 'proved']);
    world.reconciler.takeBlock(blockWith(9, [NONCE]), chapter);
    expect(states()).toEqual([...AS_SENT, 'confirmed', 'proved']);
    expect(now(6n)).toMatchObject({ state: 'sent', confirmedHeight: null, evidence: null, lastSentAt: null });
    world.reconciler.takeBlock(blockWith(10, [6n]), chapter);
    expect(now(6n)).toMatchObject({ state: 'proved', confirmedHeight: 10 });
  });

  it('lets a nonce go that nothing was signed for yet', () => {
    const { reconciler } = new World();
    journal.move(journal.move(planned('result'), 'computed'), 'reserved', { accountNonce: NONCE });
    reconciler.takeBlock(blockWith(9, [NONCE]), chapter);
    expect(journal.byTaskId('result')).toMatchObject({ state: 'computed', accountNonce: null });
  });

  it('has what was sent for another chain, unless that one proved or confirmed it', () => {
    const { reconciler } = new World();
    const other = new Chapters(database).begin('other', 'cpc-devnet-1', 'c'.repeat(64), 0);
    transfer(NONCE, other);
    const confirmed = journal.move(transfer(6n, other), 'confirmed', {
      confirmedHeight: 3,
      confirmedIndex: 0,
    });
    journal.move(
      journal.move(transfer(7n, other), 'confirmed', { confirmedHeight: 3, confirmedIndex: 0 }),
      'proved',
    );
    reconciler.takeBlock(blockWith(9, [NONCE, 6n, 7n]), chapter);
    expect(now()).toMatchObject({ state: 'proved', chapter: chapter.id, confirmedHeight: 9 });
    expect([now(6n), now(7n)]).toEqual([null, null]);
    expect(now(6n, other)).toEqual(confirmed);
    expect(now(7n, other)).toMatchObject({ state: 'proved', confirmedHeight: 3 });
  });

  describe('that holds what was signed for a task before it went again', () => {
    const again = (of = chapter) =>
      journal.goAgain(journal.move(journal.note(transfer(NONCE, of), { feeUnits: 3n }), 'superseded'));
    const sign = (task: TaskRecord) =>
      journal.move(journal.move(task, 'reserved', { accountNonce: 8n, feeUnits: 4n }), 'signed', {
        raw: '{"again": 1}',
        txHash: hashOf(8n),
      });
    const send = (task: TaskRecord) => journal.move(sign(task), 'sent', { sends: 1 });
    const [before, after] = [
      { txHash: hashOf(NONCE), accountNonce: NONCE, feeUnits: 3n, raw: '{}', sends: 1 },
      { txHash: hashOf(8n), accountNonce: 8n, feeUnits: 4n, raw: '{"again": 1}', sends: 1 },
    ];

    it.each<[string, () => TaskRecord]>([
      ['waits', again],
      ['has a nonce', () => journal.move(again(), 'reserved', { accountNonce: 8n })],
      ['is signed anew', () => sign(again())],
      ['is sent anew', () => send(again())],
      ['is in the pool anew', () => journal.move(send(again()), 'in_pool')],
      ['has lost the other nonce too', () => journal.move(send(again()), 'superseded')],
      ['goes a third time', () => journal.goAgain(journal.move(send(again()), 'superseded'))],
      ['is signed for the same nonce', () => journal.note(send(again()), { accountNonce: NONCE })],
      ['was given up', () => journal.move(again(), 'abandoned')],
    ])('proves it by that where it %s', (_how, make) => {
      const { reconciler } = new World();
      make();
      reconciler.takeBlock(blockWith(9, [NONCE]), chapter);
      expect(now()).toMatchObject({ state: 'proved', confirmedHeight: 9, ...before, reason: null });
      expect(journal.feesSince(ACCOUNT, 0)).toEqual([]);
    });

    it('leaves it as it is where a block has the other one, and by whichever the chain keeps', async () => {
      const { reconciler } = new World();
      send(again());
      for (const [height, nonce] of [[9, NONCE] as const, [10, 8n] as const])
        reconciler.takeBlock(blockWith(height, [nonce]), chapter);
      expect(now()).toMatchObject({ state: 'proved', confirmedHeight: 9, ...before });
      reconciler.rollBack(chapter, 9);
      expect(now()).toMatchObject({ state: 'sent', ...before });
      reconciler.takeBlock(blockWith(9, [8n]), chapter);
      expect(now()).toMatchObject({ state: 'proved', confirmedHeight: 9, ...after });
      reconciler.rollBack(chapter, 9);
      reconciler.takeBlock(blockWith(9, [NONCE]), chapter);
      expect(now()).toMatchObject({ state: 'proved', confirmedHeight: 9, ...before });
    });

    it('on another chain than it was made for, has it, unless that one proved it', () => {
      const { reconciler } = new World();
      const other = new Chapters(database).begin('other', 'cpc-devnet-1', 'c'.repeat(64), 0);
      again(other);
      reconciler.takeBlock(blockWith(9, [NONCE]), chapter);
      expect(now()).toMatchObject({ state: 'proved', chapter: chapter.id, ...before });
      const third = new Chapters(database).begin('third', 'cpc-devnet-1', 'd'.repeat(64), 0);
      reconciler.takeBlock(blockWith(9, [NONCE]), third);
      expect([now(NONCE, third), now()?.confirmedHeight]).toEqual([null, 9]);
    });

    it('is nothing to a task whose record of that was damaged', () => {
      const { reconciler } = new World();
      const waits = again();
      database.run("UPDATE other_transactions SET account_nonce = '-1'");
      reconciler.takeBlock(blockWith(9, [NONCE]), chapter);
      expect(now()).toEqual(waits);
      expect(database.all('SELECT table_name AS name FROM set_aside')).toEqual([
        { name: 'other_transactions' },
      ]);
    });
  });
});

describe('a chain that goes back', () => {
  it('takes back what it no longer has, and that is asked about at once', async () => {
    const world = new World();
    for (const nonce of [4n, NONCE]) transfer(nonce);
    world.reconciler.takeBlock(blockWith(8, [4n]), chapter);
    world.reconciler.takeBlock(blockWith(9, [NONCE]), chapter);
    world.reconciler.rollBack(chapter, 9);
    expect(now(4n)?.state).toBe('proved');
    expect(now()).toMatchObject({
      state: 'sent',
      confirmedHeight: null,
      confirmedIndex: null,
      evidence: null,
      lastSentAt: null,
      reason: { code: 'node_bad_answer', remedy: 'wait' },
    });
    await world.check(false);
    expect(world.sentAgain).toEqual([NONCE]);
  });

  it('ends what can’t be sent again, as its bytes are gone', () => {
    const { reconciler } = new World();
    transfer(NONCE);
    reconciler.takeBlock(blockWith(9, [NONCE]), chapter);
    journal.note(now() as TaskRecord, { raw: null });
    reconciler.rollBack(chapter, 10);
    expect(now()?.state).toBe('proved');
    reconciler.rollBack(chapter, 9);
    const word = 'went back below block 9';
    expect(now()).toMatchObject({ state: 'expired', reason: { code: 'tx_rejected', params: { word } } });
  });

  it.each([false, true])(
    'gives what was in a block another hour from then (proved there: %s)',
    async (isProved) => {
      const world = new World();
      const task = transfer(NONCE);
      await world.clock.advance(50 * MINUTE);
      const confirmed = journal.move(task, 'confirmed', { confirmedHeight: 9, confirmedIndex: 0 });
      if (isProved) {
        await world.clock.advance(5 * MINUTE);
        journal.move(confirmed, 'proved');
      }
      world.reconciler.rollBack(chapter, 9);
      await world.clock.advance(60 * MINUTE);
      await world.check();
      expect(now()?.state).toBe('in_pool');
      await world.clock.advance(1);
      await world.check();
      expect(now()?.state).toBe('expired');
    },
  );

  it('gives what waited to be signed an hour from its signing', async () => {
    const world = new World();
    const computed = journal.move(planned('late'), 'computed');
    await world.clock.advance(30 * MINUTE);
    const reserved = journal.move(computed, 'reserved', { accountNonce: NONCE });
    const late = journal.move(reserved, 'signed', { raw: '{}', txHash: hashOf(NONCE) });
    journal.move(late, 'sent', { sends: 1 });
    await world.clock.advance(60 * MINUTE);
    await world.check();
    expect(journal.byTaskId('late')?.state).toBe('in_pool');
    await world.clock.advance(1);
    await world.check();
    expect(journal.byTaskId('late')?.state).toBe('expired');
  });
});

describe('a chain that comes back', () => {
  const giveUp = (nonce: bigint, code: 'chain_mismatch' | 'key_changed' | null, taskId = '') => {
    const task = transfer(nonce);
    if (taskId !== '')
      database.run(
        'UPDATE tasks SET task_id = ?, tx_hash = ? WHERE id = ?',
        taskId,
        hashOf(BigInt(task.id) + 100n),
        task.id,
      );
    return journal.move(task, 'abandoned', { reason: code && toErrorReport(new AppError(code, '')) });
  };

  it('has what was given up with it followed again, asked about at once', async () => {
    const world = new World();
    giveUp(NONCE, 'chain_mismatch');
    giveUp(6n, 'key_changed');
    giveUp(7n, null);
    world.reconciler.revive(chapter);
    expect(now()).toMatchObject({ state: 'sent', lastSentAt: null, reason: null });
    expect([now(6n)?.state, now(7n)?.state]).toEqual(['abandoned', 'abandoned']);
    await world.check(false);
    expect(world.asked).toEqual([NONCE]);
  });

  it('has one transaction for a nonce: what is under way, else the newest', () => {
    const { reconciler } = new World();
    giveUp(NONCE, 'chain_mismatch', 'older');
    giveUp(NONCE, 'chain_mismatch');
    giveUp(6n, 'chain_mismatch', 'given up');
    transfer(6n);
    reconciler.revive(chapter);
    const state = (taskId: string) => journal.byTaskId(taskId, chapter.id)?.state;
    expect([state('older'), now()?.state, state('given up'), now(6n)?.state]).toEqual([
      'abandoned',
      'sent',
      'abandoned',
      'sent',
    ]);
  });
});

describe('what was sent', () => {
  it('is asked about by its nonce, the lowest first, and nothing that was not', async () => {
    const world = new World();
    for (const nonce of [10n, NONCE, 9n]) transfer(nonce);
    journal.move(transfer(1n), 'rejected');
    const waiting = planned('waiting');
    await world.check();
    expect(world.asked).toEqual([NONCE, 9n, 10n]);
    expect(world.sentAgain).toEqual([NONCE, 9n, 10n]);
    expect(journal.byTaskId('waiting')).toEqual(waiting);
  });

  it.each(['node_bad_answer', 'node_refused', 'disk_full'] as const)(
    'is asked about all the same where an answer about another fails (%s), and that is said then',
    async (code) => {
      const world = new World();
      for (const nonce of [NONCE, 6n, 7n]) transfer(nonce);
      world.receipts.set(NONCE, new AppError(code, 'the first'));
      world.receipts.set(6n, new AppError('node_refused', 'the second'));
      await expect(world.check()).rejects.toMatchObject({ code, message: 'the first' });
      expect([world.asked, world.sentAgain]).toEqual([[NONCE, 6n, 7n], [7n]]);
    },
  );

  it.each([new AppError('node_timeout', 'gone'), new Error('a mistake')])(
    'is not asked about further where the node is gone, or the program fails',
    async (error) => {
      const world = new World();
      for (const nonce of [NONCE, 6n]) transfer(nonce);
      world.receipts.set(NONCE, error);
      await expect(world.check()).rejects.toBe(error);
      expect(world.asked).toEqual([NONCE]);
    },
  );

  it('is proved by the block that its receipt names, and by nothing less', async () => {
    const world = new World();
    transfer(NONCE);
    world.receipts.set(NONCE, confirmedAt(9));
    const stateWith = async (block?: VerifiedBlock) => {
      if (block !== undefined) world.blocks.set(9, block);
      await world.check();
      return now()?.state;
    };
    expect(await stateWith()).toBe('sent');
    expect(await stateWith(blockWith(9, [NONCE], {}, false))).toBe('sent');
    expect(await stateWith(blockWith(9, [6n]))).toBe('sent');
    expect(world.sentAgain).toEqual([]);
    expect(await stateWith(blockWith(9, [NONCE, 6n]))).toBe('proved');
    expect(now()).toMatchObject({ confirmedHeight: 9, confirmedIndex: 0 });
  });

  it('has lost its nonce, and says so, where a block took it that was not taken in here', async () => {
    const world = new World();
    transfer(NONCE);
    world.nonceInChain = 6n;
    world.blocks.set(8, blockWith(8, []));
    await world.check(true, (height) => height !== 7);
    expect(now()).toMatchObject({
      state: 'superseded',
      reason: { code: 'tx_nonce_too_low', params: { word: 'nonce 5' } },
    });
  });

  describe('and may be in a block that was not taken in here', () => {
    let world: World;
    /** Blocks 8 to so high are none of the trail's. */
    const check = (last: number) => world.check(true, (height) => height >= last);
    beforeEach(() => {
      world = new World();
      transfer(NONCE);
      world.nonceInChain = 6n;
      for (let height = 8; height <= 9000; height++) world.blocks.set(height, blockWith(height, []));
    });

    it.each([8, 30, 71])('is proved there (%i), whatever the node says of its nonce', async (height) => {
      world.blocks.set(height, blockWith(height, [NONCE]));
      await check(71);
      expect(now()).toMatchObject({ state: 'proved', confirmedHeight: height });
      expect(world.sentAgain).toEqual([]);
    });

    it('is proved there with others of its block, each once', async () => {
      transfer(6n);
      transfer(7n);
      world.nonceInChain = 8n;
      world.blocks.set(9, blockWith(9, [NONCE, 6n, 7n]));
      world.receipts.set(6n, confirmedAt(9));
      await check(71);
      expect([now(), now(6n), now(7n)].map((task) => task?.state)).toEqual(['proved', 'proved', 'proved']);
      expect(states(7n)).toEqual([...AS_SENT, 'confirmed', 'proved']);
    });

    it('is proved there where it is older than a pool keeps it', async () => {
      world.nonceInChain = NONCE;
      world.blocks.set(9, blockWith(9, [NONCE]));
      await world.clock.advance(61 * MINUTE);
      await check(20);
      expect(now()).toMatchObject({ state: 'proved', confirmedHeight: 9 });
    });

    it('has expired where it is in none of them', async () => {
      world.nonceInChain = NONCE;
      await world.clock.advance(61 * MINUTE);
      await check(20);
      expect(now()?.state).toBe('expired');
      expect(world.fetched).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    });

    it('has not expired by a node that lags behind its chain', async () => {
      world.nonceInChain = NONCE;
      world.isUpToDate = false;
      await world.clock.advance(61 * MINUTE);
      await check(7);
      expect([now()?.state, world.sentAgain]).toEqual(['in_pool', [NONCE]]);
      world.isUpToDate = true;
      journal.move(now() as TaskRecord, 'sent', { lastSentAt: null });
      await check(7);
      expect(now()?.state).toBe('expired');
    });

    it('is not dropped by its proposer, by a node that lags behind its chain', async () => {
      journal.note(now() as TaskRecord, { sends: 5 });
      world.nonceInChain = NONCE;
      world.receipts.set(NONCE, PENDING);
      world.isUpToDate = false;
      await check(7);
      expect([now()?.state, world.sentAgain]).toEqual(['in_pool', [NONCE]]);
      world.isUpToDate = true;
      journal.note(now() as TaskRecord, { sends: 5, lastSentAt: null });
      await check(7);
      expect(now()?.state).toBe('rejected');
    });

    it('has the node asked for its account once a look, however many there are', async () => {
      for (let nonce = 6n; nonce < 20n; nonce += 1n) transfer(nonce);
      world.nonceInChain = NONCE;
      await check(20);
      expect(world.balances).toBe(1);
      await check(20);
      expect(world.balances).toBe(2);
    });

    it('is not looked for where it may still come into a block', async () => {
      world.nonceInChain = NONCE;
      await check(20);
      expect([now()?.state, world.fetched, world.sentAgain]).toEqual(['in_pool', [], [NONCE]]);
    });

    it('is not in one that the trail has, nor in one that does not add up', async () => {
      world.blocks.set(10, blockWith(10, [NONCE]));
      await check(9);
      expect(now()?.state).toBe('superseded');
      expect(world.fetched).toEqual([8, 9]);
      const other = transfer(NONCE + 1n);
      world.nonceInChain = NONCE + 2n;
      world.blocks.set(11, blockWith(11, [NONCE + 1n], {}, false));
      for (let look = 0; look < 5; look += 1) {
        expect(journal.byTaskId(other.taskId, chapter.id)?.state).toBe('sent');
        await check(11);
      }
      expect(journal.byTaskId(other.taskId, chapter.id)?.state).toBe('superseded');
    });

    it('has lost its nonce to another one in them, which is the last word on it', async () => {
      const rival = { ...blockWith(9, [NONCE]), txHashes: ['e'.repeat(64)] };
      world.blocks.set(9, rival as unknown as VerifiedBlock);
      world.blocks.set(12, blockWith(12, [NONCE]));
      await check(9);
      expect(now()?.state).toBe('superseded');
    });

    it('is looked for some blocks at a time, each once, for three hours of blocks at the most', async () => {
      await check(9000);
      expect(world.fetched).toEqual(Array.from({ length: 64 }, (_, index) => 8 + index));
      expect(now()?.state).toBe('sent');
      let looks = 1;
      for (; now()?.state === 'sent' && looks < 100; looks += 1) await check(9000);
      expect(looks).toBe(Math.ceil(2160 / 64));
      expect(world.fetched).toEqual(Array.from({ length: 2160 }, (_, index) => 8 + index));
      expect(now()?.state).toBe('superseded');
    });

    it('stays under way while a block can not be had, until it was asked for five times', async () => {
      world.blocks.delete(9);
      world.isGone = true;
      await expect(check(10)).rejects.toMatchObject({ code: 'node_unreachable' });
      world.isGone = false;
      world.fetched.length = 0;
      for (let look = 0; look < 5; look += 1) {
        expect(now()?.state).toBe('sent');
        await check(10);
      }
      expect(now()?.state).toBe('superseded');
      expect(world.fetched).toEqual([8, 9, 9, 9, 9, 9, 10]);
    });

    it('is looked for anew in blocks that the chain went back from', async () => {
      await check(100);
      world.reconciler.rollBack(chapter, 60);
      world.blocks.set(60, blockWith(60, [NONCE]));
      world.fetched.length = 0;
      await check(100);
      expect(now()).toMatchObject({ state: 'proved', confirmedHeight: 60 });
      expect(world.fetched).toEqual(Array.from({ length: 41 }, (_, index) => 60 + index));
    });
  });

  it('is sent again however often that was, where the node does not know it', async () => {
    const world = new World();
    journal.note(transfer(NONCE), { sends: 50 });
    await world.check();
    expect(world.sentAgain).toEqual([NONCE]);
  });

  it('is sent again where its receipt names no block', async () => {
    const world = new World();
    transfer(NONCE);
    world.receipts.set(NONCE, confirmedAt(null));
    await world.check();
    expect(world.sentAgain).toEqual([NONCE]);
  });

  it('is set aside where there is no hash to ask about', async () => {
    const world = new World();
    journal.note(transfer(NONCE), { txHash: null });
    await world.check();
    expect([world.asked, world.sentAgain, now()]).toEqual([[], [], null]);
  });

  it('has ended with the node’s own word for it after an hour, however little is known of its signing', async () => {
    const world = new World();
    transfer(NONCE);
    world.receipts.set(NONCE, { ...PENDING, error: 'timed_out' });
    database.run('DELETE FROM task_history');
    await world.clock.advance(60 * MINUTE + 1);
    await world.check();
    expect(now()).toMatchObject({
      state: 'expired',
      reason: { code: 'tx_rejected', params: { word: 'timed_out' } },
    });
  });

  it('and confirmed before a crash is proved by its block, or taken back where that is another by now', async () => {
    const world = new World();
    for (const nonce of [NONCE, 6n, 7n])
      journal.move(transfer(nonce), 'confirmed', { confirmedHeight: Number(nonce), confirmedIndex: 0 });
    world.blocks.set(5, blockWith(5, [NONCE]));
    world.blocks.set(6, blockWith(6, [NONCE]));
    await world.check(false);
    expect([now()?.state, now(6n)?.state, now(7n)?.state]).toEqual(['proved', 'sent', 'confirmed']);
    expect([world.asked, world.sentAgain]).toEqual([[], []]);
  });
});

describe('a queue at the node', () => {
  it('that holds up the next transaction has it sent again, and each after it as long as the node takes them', async () => {
    const world = new World();
    for (const nonce of [NONCE, 6n, 7n, 9n]) {
      transfer(nonce);
      world.receipts.set(nonce, PENDING);
    }
    world.pendingNonce = 10n;
    await world.check();
    expect(world.sentAgain).toEqual([NONCE, 6n, 7n]);
    // After the gap it is asked about, and waits.
    expect(world.asked).toEqual([NONCE, 9n]);
    expect(world.reconciler.queueIsStuck).toBe(true);
  });

  it('is left as it is where the node does not take the next one', async () => {
    const world = new World();
    for (const nonce of [NONCE, 6n]) {
      transfer(nonce);
      world.receipts.set(nonce, PENDING);
    }
    world.pendingNonce = 7n;
    world.takes = false;
    await world.check();
    expect([world.sentAgain, world.asked]).toEqual([[NONCE], [NONCE, 6n]]);
  });

  it('is not stuck by a transaction behind a gap: a copy of it would wait there too', async () => {
    const world = new World();
    transfer(6n);
    world.receipts.set(6n, PENDING);
    await world.check();
    expect([world.sentAgain, world.reconciler.queueIsStuck]).toEqual([[], false]);
  });

  it('is not stuck by one that was set aside', async () => {
    const world = new World();
    transfer(NONCE);
    world.receipts.set(NONCE, PENDING);
    world.pendingNonce = 7n;
    await world.check();
    expect(world.reconciler.queueIsStuck).toBe(true);
    journal.setAside(now() as TaskRecord, 'damaged');
    expect(world.reconciler.queueIsStuck).toBe(false);
  });

  it('moves again once a block takes any of it', async () => {
    const world = new World();
    for (const nonce of [NONCE, 6n]) transfer(nonce);
    world.receipts.set(NONCE, PENDING);
    world.pendingNonce = 7n;
    await world.check();
    expect([now()?.state, world.reconciler.queueIsStuck]).toEqual(['in_pool', true]);
    world.reconciler.takeBlock(blockWith(9, [6n]), chapter);
    expect([now()?.state, world.reconciler.queueIsStuck]).toEqual(['in_pool', false]);
  });
});
