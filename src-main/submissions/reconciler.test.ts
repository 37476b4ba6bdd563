import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import { parseBlockHash } from '../../src-shared/chain/block';
import type { BlockVerifier } from '../chain/block-verifier';
import type { NodeClient } from '../chain/node-client';
import { VirtualClock } from '../clock/virtual-clock';
import { WallJumps } from '../clock/wall-jumps';
import { type Chapter, Chapters } from '../storage/chapters';
import { type Database, openDatabase } from '../storage/database';
import { Journal } from './journal';
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

/** A task whose bytes were sent, and of which nothing was heard since. */
function sent(): TaskRecord {
  const planned = journal.plan({
    chapter: chapter.id,
    account: ACCOUNT,
    taskId: 'one',
    blockHeight: 7,
    blockHash: parseBlockHash('b'.repeat(64)),
    taskNonce: 0,
    matrixSize: 16,
  });
  if (planned === null) throw new Error('planned twice');
  const computed = journal.move(planned, 'computed', { resultHash: 'c'.repeat(64), proof: '{}' });
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
    verifier: {} as BlockVerifier, // of no use where no block is named
    jumps: new WallJumps(new VirtualClock(2000)),
  });
  await reconciler.check(chapter, 5000, true, () => covers);
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
  ): Promise<{ state: string | undefined; word: unknown; sent: number[] }> {
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
    });
    await reconciler.check(chapter, 5000, true, () => true);
    const now = journal.byTaskId(task.taskId, chapter.id);
    return { state: now?.state, word: now?.reason?.params.word, sent: again };
  }

  it('is sent five times, and dropped by its proposer then', async () => {
    expect(await pending(4)).toEqual({ state: 'sent', word: undefined, sent: [4] });
  });

  it('is not sent a sixth time', async () => {
    expect(await pending(5)).toEqual({ state: 'rejected', word: 'dropped by the proposer', sent: [] });
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
    });
    await clock.advance(ageMs);
    await reconciler.check(chapter, 5000, true, () => true);
    const now = journal.byTaskId('one', chapter.id);
    const expired = { state: 'expired', reason: { code: 'tx_rejected', params: { word: 'expired' } } };
    expect(now).toMatchObject(ageMs > 3_600_000 ? expired : { state: 'sent' });
    expect(again).toBe(ageMs > 3_600_000 ? 0 : 1);
  });
});
