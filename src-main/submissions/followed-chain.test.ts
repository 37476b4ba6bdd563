import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import { type Block, blockHash, parseBlockHash } from '../../src-shared/chain/block';
import { verifyBlock } from '../../src-shared/chain/verify-block';
import { AppError } from '../../src-shared/errors';
import type { BlockVerifier } from '../chain/block-verifier';
import { type VerifiedBlock, verifiedBlock } from '../chain/block-verifier';
import { type Chapter, Chapters } from '../storage/chapters';
import { type Database, openDatabase } from '../storage/database';
import { FollowedChain } from './followed-chain';
import { Journal, type PlannedTask } from './journal';

const ACCOUNT = parseAddress('cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp');

let folder = '';
let database: Database;
let journal: Journal;
let chapters: Chapters;
let chapter: Chapter;
let chain: Block[];
let trail: FollowedChain;
let requests: number;
let rolledBackTo: number[];
/** What the node serves at a height. */
let answer: (height: number) => Block | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trail-'));
  database = openDatabase(join(folder, 'miner.sqlite'), 0).database;
  journal = new Journal(database, () => 1);
  chapters = new Chapters(database);
  chain = [];
  chapter = chapters.begin('node', 'cpc-devnet-1', blockHash(blockAt(0, 0).header), 0);
  start();
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

/** As after a start of the app: what is not on disk is forgotten. */
function start(): void {
  requests = 0;
  rolledBackTo = [];
  answer = (height) => chain[height];
  const verifier = {
    at: async (height: number, { prevHash }: { prevHash?: string }) => {
      requests += 1;
      const block = answer(height);
      if (block === undefined) return null;
      const follows = prevHash === undefined || block.header.prevHash === prevHash;
      return verifiedBlock(block, { ...verifyBlock(block), ok: follows });
    },
  };
  trail = new FollowedChain({
    verifier: verifier as unknown as BlockVerifier, // only this of it is asked
    journal,
    chapters,
  });
}

function wellFormed(block: Block): VerifiedBlock {
  return verifiedBlock(block, { ...verifyBlock(block), ok: true });
}

/** The chain parts below a height and grows to another one on a branch of its own. */
function grow(from: number, to: number, branch: number): void {
  chain.length = from;
  for (let height = from; height <= to; height++) chain.push(blockAt(height, branch));
}

function blockAt(height: number, branch: number): Block {
  const parent = chain[height - 1];
  return {
    header: {
      height,
      prevHash: parent === undefined ? '0'.repeat(64) : blockHash(parent.header),
      timestamp: height,
      chainId: 'cpc-devnet-1',
      proposerAddress: '',
      round: branch,
      txRoot: '',
      stateRoot: '',
      computeRoot: '',
      gasUsed: 0n,
      gasLimit: 0n,
    },
    txs: [],
  } as unknown as Block; // what the trail reads of a block
}

function hashAt(height: number): string {
  const block = chain[height];
  if (block === undefined) throw new Error(`no block ${height}`);
  return blockHash(block.header);
}

async function followTo(height: number): Promise<void> {
  const block = chain[height];
  if (block === undefined) throw new Error(`no block ${height}`);
  await trail.follow(wellFormed(block), chapter, {
    onRollback: (from) => rolledBackTo.push(from),
    onBlock: () => undefined,
  });
}

/** A block is not taken in. */
function noRoom(): never {
  throw new Error('no room');
}

async function followEach(from: number, to: number): Promise<void> {
  for (let height = from; height <= to; height++) await followTo(height);
}

function taskOf(height: number): PlannedTask {
  return {
    chapter: chapter.id,
    account: ACCOUNT,
    taskId: `task ${height}`,
    blockHeight: height,
    blockHash: parseBlockHash(hashAt(height)),
    taskNonce: 0,
    matrixSize: 16,
  };
}

/** A result computed from a block, proved in the next, its bytes long pruned. */
function prove(height: number): void {
  const planned = journal.plan(taskOf(height));
  if (planned === null) throw new Error('planned twice');
  const reserved = journal.move(journal.move(planned, 'computed'), 'reserved', {
    accountNonce: BigInt(height),
  });
  const sent = journal.move(journal.move(reserved, 'signed'), 'sent');
  journal.move(journal.move(sent, 'confirmed', { confirmedHeight: height + 1, confirmedIndex: 0 }), 'proved');
}

describe('where a chain parted from what was known', () => {
  it('is found to the block where it went back by one', async () => {
    grow(0, 20, 0);
    await followEach(10, 20);
    grow(20, 21, 1);
    rolledBackTo = [];
    await followTo(21);
    expect(rolledBackTo).toEqual([20]);
  });

  it('is found anywhere in the trail, however far back, and in few requests', async () => {
    grow(0, 2000, 0);
    await followEach(1960, 2000);
    grow(1962, 2001, 1);
    rolledBackTo = [];
    requests = 0;
    await followTo(2001);
    const [from = -1] = rolledBackTo;
    expect(from).toBeGreaterThan(1960);
    expect(from).toBeLessThanOrEqual(1962);
    expect(requests).toBeLessThan(2001 - from + 10);
  });

  it('is found by the blocks that were mined on, also where all that was followed is above the tip', async () => {
    grow(0, 3000, 0);
    for (let height = 10; height < 3000; height += 90) prove(height);
    await followTo(3000);
    start();
    grow(401, 410, 1);
    await followTo(410);
    const [from = -1] = rolledBackTo;
    expect(from).toBeGreaterThan(280);
    expect(from).toBeLessThanOrEqual(401);
  });

  it.each([
    [28, 29],
    [32, 31],
  ])(
    'is the lowest block known, be it mined on (%i) or of the trail, where steps go past it',
    async (mined, parted) => {
      grow(0, 40, 0);
      prove(mined);
      await followTo(30);
      await followEach(31, 40);
      grow(parted, 41, 1);
      rolledBackTo = [];
      await followTo(41);
      expect(rolledBackTo).toEqual([parted]);
    },
  );

  it('is after block 0 where the chain has nothing else of what is known', async () => {
    grow(0, 100, 0);
    await followTo(50);
    await followEach(51, 100);
    grow(1, 101, 1);
    rolledBackTo = [];
    await followTo(101);
    expect(rolledBackTo).toEqual([1]);
  });

  it('is above a tip that is known, as of a node that lags, for which nothing is asked', async () => {
    grow(0, 60, 0);
    await followEach(10, 60);
    [rolledBackTo, requests] = [[], 0];
    await followTo(45);
    expect([rolledBackTo, requests]).toEqual([[46], 0]);
    expect(chapters.followed(chapter.id)).toMatchObject({ height: 45, coveredFrom: 10 });
  });

  it('is found to the block, also where steps went past it', async () => {
    grow(0, 60, 0);
    await followEach(10, 60);
    grow(37, 61, 1);
    rolledBackTo = [];
    await followTo(61);
    expect(rolledBackTo).toEqual([37]);
  });
});

describe('what is known is not taken back on the word of', () => {
  const kept = () => ({ followed: chapters.followed(chapter.id), hash: trail.hashAt(60) });
  const refuses = async (tip: Block, serve: (height: number) => Block | undefined) => {
    const known = kept();
    rolledBackTo = [];
    answer = serve;
    await expect(
      trail.follow(wellFormed(tip), chapter, {
        onRollback: (from) => rolledBackTo.push(from),
        onBlock: noRoom,
      }),
    ).rejects.toMatchObject({ code: 'block_invalid', remedy: 'wait' });
    expect([rolledBackTo, kept()]).toEqual([[], known]);
  };
  let own: Block[];
  let other: Block[];
  beforeEach(async () => {
    grow(0, 70, 7);
    other = [...chain];
    grow(0, 60, 0);
    own = [...chain];
    prove(4);
    prove(44);
    await followEach(10, 60);
  });

  it.each([3, 4, 5, 9, 45, 60, 61, 70])('another chain, at height %i', (height) =>
    refuses(other[height] as Block, (at) => other[at]),
  );

  it('another chain that is longer than what is read of a branch', async () => {
    grow(0, 900, 7);
    const long = [...chain];
    grow(0, 900, 0);
    await followTo(899);
    await followTo(900);
    await refuses(long[900] as Block, (at) => long[at]);
  });

  it.each([0, 1])('the first blocks of another chain, at height %i', (height) =>
    refuses(other[height] as Block, (at) => other[at]),
  );

  it.each([3, 5, 11, 60, 61])(
    'a tip of another chain at height %i, while all else is this chain’s',
    (height) => refuses(other[height] as Block, (at) => own[at]),
  );

  it.each([5, 11, 60])('answers of either chain in turn, at height %i', (height) => {
    let turn = 0;
    return refuses(other[height] as Block, (at) => {
      turn += 1;
      return (turn % 2 === 0 ? own : other)[at];
    });
  });

  it('a branch that has a block which does not add up, or none at a height', async () => {
    chain = own;
    grow(41, 61, 1);
    const branch = [...chain];
    const tip = branch[61] as Block;
    await refuses(tip, (at) => (at === 50 ? undefined : branch[at]));
    await refuses(tip, (at) => (at === 55 ? (other[55] as Block) : branch[at]));
    rolledBackTo = [];
    answer = (at) => branch[at];
    chain = branch;
    await followTo(61);
    expect(rolledBackTo).toEqual([41]);
  });

  it('a branch that is not read to where this one ended, and it goes on from there', async () => {
    chain = own;
    grow(41, 61, 1);
    let left = 14;
    answer = (at) => {
      left -= 1;
      if (left < 0) throw new Error('gone');
      return chain[at];
    };
    const known = kept();
    rolledBackTo = [];
    await expect(followTo(61)).rejects.toThrow('gone');
    expect([rolledBackTo, kept()]).toEqual([[], known]);
    left = 30;
    requests = 0;
    await followTo(61);
    expect(rolledBackTo).toEqual([41]);
    // Five to find where they part, nine of the branch before it failed, and what is left of 31.
    expect(requests).toBe(5 + 31 - 9);
  });

  it('a longer branch than is read back, and it goes on from there where a node fails', async () => {
    grow(0, 900, 0);
    await followTo(899);
    await followTo(900);
    grow(1, 901, 1);
    answer = (at) => {
      if (at === 600) throw new AppError('node_timeout', 'late');
      return chain[at];
    };
    rolledBackTo = [];
    await expect(followTo(901)).rejects.toMatchObject({ code: 'node_timeout' });
    expect(rolledBackTo).toEqual([]);
    answer = (at) => chain[at];
    requests = 0;
    await followTo(901);
    expect(rolledBackTo).toEqual([1]);
    expect(trail.hashAt(900)).toBe(hashAt(900));
    // What is left of the branch from block 600 on, and some to find where they part; not all 720 again.
    expect(requests).toBeLessThan(301 + 20);
  });

  it('a branch that was read in part, where the chain parted further back meanwhile', async () => {
    chain = own;
    grow(46, 61, 1);
    answer = (at) => {
      if (at === 50) throw new AppError('node_timeout', 'late');
      return chain[at];
    };
    await expect(followTo(61)).rejects.toMatchObject({ code: 'node_timeout' });
    chain = [...own];
    grow(41, 61, 2);
    answer = (at) => chain[at];
    rolledBackTo = [];
    await followTo(61);
    expect(rolledBackTo).toEqual([41]);
  });

  it('a branch of which the node goes back while it is read', async () => {
    chain = own;
    grow(41, 61, 1);
    const first = [...chain];
    grow(48, 62, 2);
    const second = [...chain];
    await refuses(first[61] as Block, (at) => (at < 52 ? first : second)[at]);
    answer = (at) => second[at];
    chain = second;
    rolledBackTo = [];
    await followTo(62);
    expect(rolledBackTo).toEqual([41]);
    expect(trail.hashAt(60)).toBe(hashAt(60));
  });
});

describe('which blocks have been taken', () => {
  it('are those since the first, over a restart too', async () => {
    grow(0, 100, 0);
    await followEach(40, 60);
    start();
    await followTo(100);
    expect(trail.coversAfter(38)).toBe(false);
    expect(trail.coversAfter(39)).toBe(true);
  });

  it('are not those of a gap that was too long to follow, and no restart forgets it', async () => {
    grow(0, 2000, 0);
    await followTo(100);
    start();
    await followTo(1900);
    expect(trail.coversAfter(1178)).toBe(false);
    expect(trail.coversAfter(1179)).toBe(true);
    start();
    await followTo(1950);
    expect(trail.coversAfter(1178)).toBe(false);
    expect(trail.coversAfter(1179)).toBe(true);
  });

  it('begin lower where the chain went back further than they did', async () => {
    grow(0, 300, 0);
    prove(40);
    await followEach(200, 210);
    grow(100, 300, 1);
    await followTo(215);
    expect(trail.coversAfter(99)).toBe(true);
  });
});

describe('a trail that a node breaks off', () => {
  const onBlock: number[] = [];
  const follow = (height: number) =>
    trail.follow(wellFormed(chain[height] as Block), chapter, {
      onRollback: (from) => rolledBackTo.push(from),
      onBlock: ({ block }) => onBlock.push(block.header.height),
    });
  const broken = (height: number) => ({
    code: 'block_invalid',
    remedy: 'wait',
    params: { height, failed: 'prev_hash' },
  });
  beforeEach(async () => {
    onBlock.length = 0;
    grow(0, 40, 0);
    await follow(20);
    await follow(21);
  });

  it('takes no block twice, and none past one that is missing, and goes on from there', async () => {
    expect(rolledBackTo).toEqual([0]);
    await follow(21);
    expect(onBlock).toEqual([20, 21]);
    const whole = chain;
    chain = whole.filter((_, height) => height < 24);
    const tip = whole[30] as Block;
    const events = {
      onRollback: () => undefined,
      onBlock: (at: VerifiedBlock) => onBlock.push(at.block.header.height),
    };
    await expect(trail.follow(wellFormed(tip), chapter, events)).rejects.toMatchObject(broken(24));
    expect(onBlock).toEqual([20, 21, 22, 23]);
    expect(trail.hashAt(23)).toBe(blockHash((whole[23] as Block).header));
    expect([trail.hashAt(24), trail.hashAt(19)]).toEqual([undefined, undefined]);
    expect(chapters.followed(chapter.id)).toMatchObject({ height: 23, coveredFrom: 20 });
    chain = whole;
    await follow(30);
    expect(onBlock).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
  });

  it('takes no block that does not add up, and goes on from there after a start too', async () => {
    const spoilt = chain[23] as Block;
    let isSpoilt = true;
    const verifier = {
      at: async (height: number) => {
        const taken = wellFormed(chain[height] as Block);
        const ok = !(isSpoilt && taken.block === spoilt);
        return { ...taken, verification: { ...taken.verification, ok } };
      },
    };
    const restarted = () =>
      new FollowedChain({ verifier: verifier as unknown as BlockVerifier, journal, chapters });
    trail = restarted();
    await expect(follow(30)).rejects.toMatchObject(broken(23));
    expect(onBlock).toEqual([20, 21, 22]);
    isSpoilt = false;
    trail = restarted();
    await follow(25);
    expect(onBlock).toEqual([20, 21, 22, 23, 24, 25]);
  });

  it('does not reach a tip that does not follow from the block before it', async () => {
    const tip = chain[30] as Block;
    chain[30] = { ...tip, header: { ...tip.header, prevHash: 'e'.repeat(64) } };
    await expect(follow(30)).rejects.toMatchObject(broken(30));
    expect(onBlock.at(-1)).toBe(29);
  });

  it('does not reach a tip that names the block it has as the one before, at another height', async () => {
    const tip = chain[30] as Block;
    chain[30] = { ...tip, header: { ...tip.header, prevHash: hashAt(21) } };
    await expect(follow(30)).rejects.toMatchObject(broken(30));
    expect(onBlock.at(-1)).toBe(29);
  });

  it('goes back for a tip of the same height that is another block', async () => {
    rolledBackTo = [];
    grow(21, 21, 1);
    await follow(21);
    expect(rolledBackTo).toEqual([21]);
    expect(onBlock).toEqual([20, 21, 21]);
    expect(trail.hashAt(21)).toBe(hashAt(21));
  });

  it.each([
    ['in the trail', () => undefined],
    [
      'from before a start',
      () => {
        prove(22);
        start();
      },
    ],
  ])(
    'takes blocks %s in again that it went back from and that come back after a start',
    async (_where, then) => {
      await follow(30);
      then();
      const first = [...chain];
      grow(25, 33, 1);
      const tip = wellFormed(chain[33] as Block);
      const gone: number[] = [];
      // Right after that the disk is full.
      const onRollback = (from: number) => gone.push(from);
      await expect(trail.follow(tip, chapter, { onRollback, onBlock: noRoom })).rejects.toThrow('no room');
      const [from = 0] = gone;
      expect(from).toBeLessThanOrEqual(25);
      chain = first;
      start();
      onBlock.length = 0;
      await follow(31);
      expect(onBlock).toEqual(Array.from({ length: 32 - from }, (_, index) => from + index));
    },
  );

  it('takes nothing back without keeping where it went back to', async () => {
    await follow(30);
    grow(25, 33, 1);
    const failing = {
      onRollback: () => {
        journal.plan(taskOf(20));
        throw new Error('no room');
      },
      onBlock: () => undefined,
    };
    await expect(trail.follow(wellFormed(chain[33] as Block), chapter, failing)).rejects.toThrow('no room');
    expect(journal.byTaskId('task 20')).toBeNull();
    expect(chapters.followed(chapter.id)?.height).toBe(30);
    await follow(33);
    expect(rolledBackTo.at(-1)).toBeLessThanOrEqual(25);
    expect(onBlock.slice(-9)).toEqual([25, 26, 27, 28, 29, 30, 31, 32, 33]);
  });

  it('begins anew with another chapter', async () => {
    chapter = chapters.begin('other', 'cpc-devnet-1', 'b'.repeat(64), 0);
    rolledBackTo = [];
    await follow(30);
    expect(rolledBackTo).toEqual([0]);
    expect(onBlock).toEqual([20, 21, 30]);
    expect([trail.hashAt(21), trail.coversAfter(28), trail.coversAfter(29)]).toEqual([
      undefined,
      false,
      true,
    ]);
  });

  it('remembers 1024 blocks', async () => {
    grow(41, 1100, 0);
    // While it runs no gap is too long.
    await follow(800);
    for (let height = 801; height <= 1044; height += 1) await follow(height);
    expect(trail.hashAt(21)).toBe(hashAt(21));
    await follow(1045);
    expect([trail.hashAt(21), trail.hashAt(22)]).toEqual([undefined, hashAt(22)]);
  });
});

describe('the blocks that are taken in', () => {
  let taken: number[];
  let options: [number, object][];
  /** As after a start, by a node that is asked through this. */
  const restart = () => {
    [taken, options, rolledBackTo] = [[], [], []];
    const verifier = {
      at: async (height: number, how: object) => {
        options.push([height, how]);
        const block = chain[height];
        return block === undefined ? null : wellFormed(block);
      },
    };
    trail = new FollowedChain({ verifier: verifier as unknown as BlockVerifier, journal, chapters });
  };
  const follow = (height: number) =>
    trail.follow(wellFormed(chain[height] as Block), chapter, {
      onRollback: (from) => rolledBackTo.push(from),
      onBlock: ({ block }) => taken.push(block.header.height),
    });
  beforeEach(() => {
    grow(0, 40, 0);
    restart();
  });

  /** A result under way since a block. */
  const underWay = (blockHeight: number) =>
    journal.plan({
      chapter: chapter.id,
      account: ACCOUNT,
      taskId: `of ${blockHeight}`,
      blockHeight,
      blockHash: parseBlockHash('b'.repeat(64)),
      taskNonce: blockHeight,
      matrixSize: 16,
    });

  it('begin after the block of the first result that is under way', async () => {
    for (const height of [17, 15, 16]) underWay(height);
    await follow(20);
    expect(taken).toEqual([16, 17, 18, 19, 20]);
    expect([trail.coversAfter(14), trail.coversAfter(15)]).toEqual([false, true]);
    expect(chapters.followed(chapter.id)).toEqual({ height: 20, hash: hashAt(20), coveredFrom: 16 });
  });

  it('begin with the tip where nothing is, or only what is of a later block', async () => {
    underWay(25);
    await follow(20);
    expect([taken, options]).toEqual([[20], []]);
  });

  it('go back an hour of the shortest slots at most', async () => {
    underWay(5);
    grow(41, 800, 0);
    await follow(800);
    expect([taken[0], taken.length]).toEqual([80, 721]);
    expect([trail.coversAfter(78), trail.coversAfter(79)]).toEqual([false, true]);
  });

  it('are asked for by the chain and the block before, where that is known', async () => {
    for (const height of [19, 20, 23]) await follow(height);
    const chainId = 'cpc-devnet-1';
    expect(options.slice(-2)).toStrictEqual([
      [21, { chainId, prevHash: hashAt(20) }],
      [22, { chainId, prevHash: hashAt(21) }],
    ]);
    // What is known already may be another by now: it is asked for as it is.
    expect(options.slice(0, -2)).toStrictEqual([[20, { chainId }]]);
  });

  it('go on after a start from the last one, for which nothing is asked', async () => {
    await follow(20);
    await follow(21);
    restart();
    await follow(21);
    expect([taken, options, rolledBackTo]).toEqual([[21], [], [22]]);
    restart();
    await follow(22);
    expect([taken, options, rolledBackTo]).toEqual([[22], [], [22]]);
    expect(chapters.followed(chapter.id)).toMatchObject({ height: 22, coveredFrom: 20 });
  });

  it('are known no further than to where the chain parted, should it break off there', async () => {
    for (const height of [19, 20, 21]) await follow(height);
    grow(21, 22, 1);
    const tip = wellFormed(chain[22] as Block);
    const events = { onRollback: () => undefined, onBlock: noRoom };
    await expect(trail.follow(tip, chapter, events)).rejects.toThrow('no room');
    expect(chapters.followed(chapter.id)).toEqual({ height: 20, hash: hashAt(20), coveredFrom: 19 });
    restart();
    await follow(22);
    expect(taken).toEqual([21, 22]);
  });

  it('are those after block 0 where the chain has none of them', async () => {
    await follow(20);
    grow(1, 30, 1);
    underWay(28);
    chain[29] = undefined as unknown as Block;
    await expect(follow(30)).rejects.toMatchObject({ code: 'block_invalid' });
    expect(rolledBackTo).toEqual([0, 1]);
    expect(taken).toEqual([20, ...Array.from({ length: 28 }, (_, index) => index + 1)]);
    expect(chapters.followed(chapter.id)).toEqual({ height: 28, hash: hashAt(28), coveredFrom: 1 });
  });
});
