import { describe, expect, it } from 'vitest';
import { type Block, blockHash, NO_BLOCK_HASH, slotTimestamp, txRootOf } from '../../src-shared/chain/block';
import { NETWORKS } from '../../src-shared/chain/network';
import { type BlockExpectations, verifyBlock } from '../../src-shared/chain/verify-block';
import { AppError } from '../../src-shared/errors';
import { Wake } from '../async/wait';
import { VirtualClock } from '../clock/virtual-clock';
import { WallJumps } from '../clock/wall-jumps';
import type { BlockVerifier } from './block-verifier';
import { verifiedBlock } from './block-verifier';
import type { ChainBinding } from './chain-binding';
import { HeadFollower } from './head-follower';
import { type HeadState, NOTHING_KNOWN, type Tip } from './head-state';
import type { NodeClient } from './node-client';

const SLOT_MS = 5000;
const HOUR = 3_600_000;
// As often as a node is asked before the beat of its blocks is known.
const FOUND_WITHIN_MS = 1500;
const GENESIS_TIME = 1_700_000_000;

/** A chain in memory that a follower looks at; blocks come when the test says so. */
class Scene {
  readonly clock = new VirtualClock(GENESIS_TIME * 1000);
  readonly jumps = new WallJumps(this.clock);
  readonly wake = new Wake();
  readonly blocks: Block[] = [];
  /** The monotonic moment of each request. */
  readonly requests: number[] = [];
  /** What each request was for, and its moment. */
  readonly asked: [what: string, atMs: number][] = [];
  /** When the follower said that a block is due, monotonic. */
  readonly dues: number[] = [];
  /** What it told of how things stand. */
  readonly states: HeadState[] = [];
  /** How often it was looked at what chain the node is of. */
  binds = 0;
  /** Under which id that chain is known. */
  chapterId = 1;
  /** For how long the node asks not to be asked. */
  heldForMs = 0;
  /** How much of each back-off is left out. */
  random = Math.random;
  /** How far apart its blocks are. */
  slotMs = SLOT_MS;
  /** Whether the node says that it has no block. */
  isEmpty = false;
  isGone = false;
  /** How long each answer takes, ms. */
  takesMs = 0;
  /** How many of its blocks the node shows. */
  shown = Number.POSITIVE_INFINITY;
  /** How much more time has gone by for the node than for this machine's monotonic clock. */
  aheadMs = 0;
  /** Whether the node says what time it is. */
  tellsTime = true;
  /** How many blocks more than it has the node says there are. */
  announcesMore = 0;
  /** Whether the node calls its tip by another hash. */
  misnames = false;
  /** Whether the node shows a branch of its own at each look. */
  shifts = false;
  /** From which heights on the follower said that the chain went back. */
  readonly rolledBack: number[] = [];
  /** Heights of the blocks it told of, and whether each was the newest. */
  readonly told: [height: number, newest: boolean][] = [];
  /** What the follower said when it told of the last one. */
  wasOldAtBlock = false;
  #ended = new AbortController();
  readonly follower: HeadFollower;

  constructor() {
    this.produce();
    const asked = async <T>(what: string, answer: () => T): Promise<T> => {
      this.requests.push(this.clock.monotonic());
      this.asked.push([what, this.clock.monotonic()]);
      const given = answer();
      const { takesMs } = this;
      if (takesMs > 0) await new Promise<void>((resolve) => this.clock.after(takesMs, resolve));
      if (this.isGone) throw new AppError('node_unreachable', 'gone');
      return given;
    };
    const tip = () => this.blocks[Math.min(this.shown, this.blocks.length) - 1] as Block; // there always is one
    // In whole seconds, as HTTP has it.
    const date = () => Math.floor(GENESIS_TIME + (this.clock.monotonic() + this.aheadMs) / 1000) * 1000;
    const scene = this;
    const node = {
      url: 'http://node',
      get heldForMs() {
        return scene.heldForMs;
      },
      status: () =>
        asked('status', () => ({
          height: this.isEmpty ? -1 : tip().header.height + this.announcesMore,
          lastHash: this.announcesMore > 0 || this.misnames ? 'f'.repeat(64) : blockHash(tip().header),
          network: 'devnet',
          dateMs: this.tellsTime ? date() : null,
        })),
      block: (height: number) => asked(`block ${height}`, () => this.#shown(height)),
    };
    const binding = {
      check: async () => {
        this.binds += 1;
        const chapter = { id: this.chapterId, node: 'node', chainId: 'cpc-devnet-1', genesisHash: '' };
        return { chapter, network: NETWORKS.devnet, genesis: this.blocks[0] as Block };
      },
    };
    const verifier = {
      verify: async (block: Block, expected: BlockExpectations) =>
        verifiedBlock(block, verifyBlock(block, expected)),
    };
    this.follower = new HeadFollower({
      node: node as unknown as NodeClient, // only this of a node is asked
      binding: binding as unknown as ChainBinding, // likewise
      verifier: verifier as unknown as BlockVerifier, // all but the proposer's signature
      wake: this.wake,
      clock: this.clock,
      jumps: this.jumps,
      random: () => this.random(),
      events: {
        onDue: () => this.dues.push(this.clock.monotonic()),
        onBlock: async ({ block }, _binding, newest) => {
          this.told.push([block.header.height, newest]);
          this.wasOldAtBlock = this.follower.state.mayBeOld;
        },
        onRollback: async (_binding, fromHeight) => {
          this.rolledBack.push(fromHeight);
        },
        onState: (state) => this.states.push(state),
      },
    });
    this.run();
  }

  run(): void {
    this.#ended = new AbortController();
    void this.follower.run(this.#ended.signal);
  }

  #shown(height: number): Block | null {
    const block = height < this.shown ? (this.blocks[height] ?? null) : null;
    if (block === null || !this.shifts) return block;
    return {
      ...block,
      header: { ...block.header, prevHash: String(this.requests.length).padStart(64, '0') },
    };
  }

  /** The next block, `late` slots after its own. */
  produce(late = 0): void {
    const before = this.blocks.at(-1)?.header;
    const height = this.blocks.length;
    const round = (before?.round ?? 0) + late;
    const header = {
      height,
      prevHash: before === undefined ? NO_BLOCK_HASH : blockHash(before),
      timestamp: slotTimestamp(GENESIS_TIME, height, round, this.slotMs / 1000),
      chainId: 'cpc-devnet-1',
      proposerAddress: '',
      round,
      txRoot: txRootOf([]),
      stateRoot: '',
      computeRoot: '',
      gasUsed: 0n,
      gasLimit: 0n,
    };
    this.blocks.push({ header, txs: [], pqSignature: '', pqSigSchemeId: 1 });
  }

  /** So many slots, each with its block at its end, and time to find the last of them. */
  async slots(count: number): Promise<void> {
    for (let slot = 0; slot < count; slot++) {
      await this.untilSlot();
      this.produce();
    }
    await this.clock.advance(FOUND_WITHIN_MS);
  }

  /** The next moment at which a block is due. */
  untilSlot(): Promise<void> {
    return this.clock.advance(SLOT_MS - (this.clock.monotonic() % SLOT_MS));
  }

  /** Requests while so much time goes by without a block. */
  async asksWithin(ms: number): Promise<number> {
    const before = this.requests.length;
    await this.clock.advance(ms);
    return this.requests.length - before;
  }

  /** What is asked for while so much time goes by. */
  async asksFor(ms: number): Promise<[what: string, atMs: number][]> {
    const before = this.asked.length;
    await this.clock.advance(ms);
    return this.asked.slice(before);
  }

  /** Until the next request is under way. */
  async asking(): Promise<void> {
    const before = this.asked.length;
    while (this.asked.length === before) await this.clock.advance(5);
  }

  get height(): number {
    return this.follower.state.tip?.block.header.height ?? -1;
  }

  end(): void {
    this.#ended.abort();
  }
}

async function withScene(test: (scene: Scene) => Promise<void>): Promise<void> {
  const scene = new Scene();
  try {
    await scene.slots(4);
    expect(scene.height).toBe(4);
    await test(scene);
  } finally {
    scene.end();
  }
}

const JUMPS = [-HOUR, HOUR, -30 * 24 * HOUR, 30 * 24 * HOUR];

describe('the head follower', () => {
  it('asks about once a slot while blocks come in time', () =>
    withScene(async (scene) => {
      const before = scene.requests.length;
      await scene.slots(20);
      expect(scene.height).toBe(24);
      expect(scene.requests.length - before).toBeLessThanOrEqual(2 * 20);
    }));

  it('looks no later from block to block, however long a node takes to answer', () =>
    withScene(async (scene) => {
      scene.takesMs = 40;
      const before = scene.requests.length;
      await scene.slots(60);
      const looks = scene.requests.slice(before).map((atMs) => atMs % SLOT_MS);
      expect(looks.length).toBeGreaterThanOrEqual(60);
      expect(looks.at(-1)).toBeLessThanOrEqual(looks[0] ?? 0);
    }));

  it.each(JUMPS)('whose clock is set by %i ms between two blocks finds the next one in its slot', (byMs) =>
    withScene(async (scene) => {
      scene.clock.setWall(byMs);
      expect(await scene.asksWithin(SLOT_MS - FOUND_WITHIN_MS - 1)).toBe(0);
      await scene.untilSlot();
      scene.produce();
      const producedAtMs = scene.clock.now();
      await scene.clock.advance(FOUND_WITHIN_MS);
      expect(scene.height).toBe(5);
      const { nextBlockAtMs, clockSkewMs, tip } = scene.follower.state;
      expect(Math.abs((nextBlockAtMs ?? 0) - producedAtMs - SLOT_MS)).toBeLessThan(FOUND_WITHIN_MS);
      const skewMs = producedAtMs - (tip?.block.header.timestamp ?? 0) * 1000;
      expect(Math.abs((clockSkewMs ?? 0) - skewMs)).toBeLessThan(FOUND_WITHIN_MS);
    }),
  );

  it.each(JUMPS)(
    'whose clock is set by %i ms while a block is late goes on asking, and not in a burst',
    (byMs) =>
      withScene(async (scene) => {
        await scene.clock.advance(SLOT_MS + 1000);
        scene.clock.setWall(byMs);
        for (let slot = 0; slot < 10; slot++) {
          expect(await scene.asksWithin(2 * SLOT_MS)).toBeGreaterThanOrEqual(1);
          expect(await scene.asksWithin(2 * SLOT_MS)).toBeLessThanOrEqual(8);
        }
        scene.produce(40);
        await scene.clock.advance(2 * SLOT_MS);
        expect(scene.height).toBe(5);
      }),
  );

  it('says that a chain stands still by how long it really has', () =>
    withScene(async (scene) => {
      scene.clock.setWall(30 * 24 * HOUR);
      await scene.clock.advance(SLOT_MS + 1000);
      expect(scene.follower.state.error).toBeNull();
      await scene.clock.advance(40_000);
      expect(scene.follower.state.error?.code).toBe('node_stalled');
    }));

  it('says that a chain is ahead of its node’s clock, where that is why it stands still', () =>
    withScene(async (scene) => {
      scene.aheadMs = -HOUR;
      await scene.clock.advance(45_000);
      expect(scene.follower.state.error).toMatchObject({ code: 'node_ahead', params: { minutes: 60 } });
    }));

  it('finds the beat again after the machine slept, for which its monotonic clock stood still', () =>
    withScene(async (scene) => {
      for (let block = 0; block < 2000; block++) scene.produce();
      scene.clock.setWall(2000 * SLOT_MS);
      scene.aheadMs = 2000 * SLOT_MS;
      await scene.slots(3);
      expect(scene.height).toBe(2007);
      const before = scene.requests.length;
      await scene.slots(10);
      expect(scene.height).toBe(2017);
      expect(scene.requests.length - before).toBeLessThanOrEqual(2 * 10);
    }));

  it('says that its tip may be old after the machine slept, however its clock is set, until it has looked again', () =>
    withScene(async (scene) => {
      const mayBeOld = () => scene.follower.state.mayBeOld;
      scene.clock.setWall(-HOUR);
      await scene.slots(2);
      expect(mayBeOld()).toBe(false);
      for (let block = 0; block < 100; block++) scene.produce();
      scene.clock.setWall(100 * SLOT_MS);
      scene.aheadMs = 100 * SLOT_MS;
      scene.jumps.look();
      expect(scene.follower.state).toMatchObject({ behind: 0, mayBeOld: true });
      await scene.clock.advance(SLOT_MS);
      expect(scene.height).toBe(106);
      expect(mayBeOld()).toBe(false);
    }));

  it('says how far back its tip is once the machine slept, by this machine’s clock: what the node told is of before', () =>
    withScene(async (scene) => {
      scene.tellsTime = true;
      await scene.slots(2);
      scene.clock.setWall(100 * SLOT_MS);
      scene.jumps.look();
      expect(scene.follower.state).toMatchObject({ behind: 100, mayBeOld: true });
    }));

  it.each([true, false])(
    'takes no answer for new that it waited for while the machine slept (a block: %s)',
    (hasBlock) =>
      withScene(async (scene) => {
        scene.takesMs = 500;
        await scene.slots(2);
        if (hasBlock) scene.produce();
        const before = scene.requests.length;
        while (scene.requests.length === before) await scene.clock.advance(10);
        scene.clock.setWall(HOUR);
        scene.jumps.look();
        await scene.clock.advance(scene.takesMs + 20);
        expect(scene.follower.state.mayBeOld).toBe(true);
        expect(scene.wasOldAtBlock).toBe(hasBlock);
        await scene.clock.advance(2 * SLOT_MS);
        expect(scene.follower.state.mayBeOld).toBe(false);
      }),
  );

  it('judges a node anew that shows the same tip after the machine slept', () =>
    withScene(async (scene) => {
      scene.clock.setWall(-HOUR);
      await scene.slots(2);
      scene.shown = scene.blocks.length;
      for (let block = 0; block < 100; block++) scene.produce();
      scene.clock.setWall(100 * SLOT_MS);
      scene.aheadMs = 100 * SLOT_MS;
      await scene.clock.advance(2 * SLOT_MS);
      expect(scene.follower.state.behind).toBeGreaterThanOrEqual(99);
    }));

  it('takes the block that has come in place of its tip, at the same height', () =>
    withScene(async (scene) => {
      const replaced = scene.blocks[4] as Block; // the tip
      const block = { ...replaced, header: { ...replaced.header, stateRoot: 'ab' } };
      scene.blocks[4] = block;
      await scene.clock.advance(2 * SLOT_MS);
      expect(scene.rolledBack).toEqual([4]);
      expect(scene.follower.state.tip?.hash).toBe(blockHash(block.header));
      expect(scene.told.at(-1)).toEqual([4, true]);
    }));

  it('tells of each block that it missed, in order, and of none where it missed too many', () =>
    withScene(async (scene) => {
      scene.isGone = true;
      await scene.clock.advance(SLOT_MS);
      const { told } = scene;
      told.length = 0;
      for (let block = 0; block < 32; block += 1) scene.produce();
      scene.clock.setWall(32 * SLOT_MS);
      scene.aheadMs = 32 * SLOT_MS;
      scene.isGone = false;
      await scene.clock.advance(3 * SLOT_MS);
      expect(told).toEqual(Array.from({ length: 32 }, (_, index) => [index + 5, index === 31]));
      scene.isGone = true;
      await scene.clock.advance(SLOT_MS);
      told.length = 0;
      for (let block = 0; block < 33; block += 1) scene.produce();
      scene.clock.setWall(33 * SLOT_MS);
      scene.aheadMs += 33 * SLOT_MS;
      scene.isGone = false;
      await scene.clock.advance(30_000);
      expect(told).toEqual([[69, true]]);
      expect(scene.rolledBack).toEqual([]);
    }));

  it('waits no longer for a node that is gone again than for one that is gone for the first time', () =>
    withScene(async (scene) => {
      scene.isGone = true;
      await scene.clock.advance(120_000);
      expect(await scene.asksWithin(30_000)).toBeLessThanOrEqual(2);
      scene.isGone = false;
      scene.produce(30);
      await scene.clock.advance(30_000);
      expect(scene.height).toBe(5);
      scene.isGone = true;
      // Waits of 2, 4 and 8 s at the most, in place of 30.
      expect(await scene.asksWithin(20_000)).toBeGreaterThanOrEqual(3);
    }));

  it('waits longer and longer for a node that is gone, and no shorter for a clock that is set', () =>
    withScene(async (scene) => {
      scene.isGone = true;
      await scene.clock.advance(60_000);
      expect(scene.follower.state).toMatchObject({ state: 'offline', error: { code: 'node_unreachable' } });
      scene.clock.setWall(30 * 24 * HOUR);
      expect(await scene.asksWithin(60_000)).toBeLessThanOrEqual(4);
      scene.isGone = false;
      scene.produce(30);
      await scene.clock.advance(30_000);
      expect(scene.follower.state.state).toBe('online');
      expect(scene.height).toBe(5);
    }));
});

describe('a node that is catching up', () => {
  const MINUTE = 60_000;

  /** A chain of 200 blocks more, of which the node shows none yet. */
  const fallBehind = (scene: Scene) => {
    scene.shown = scene.blocks.length;
    for (let block = 0; block < 200; block++) scene.produce();
    scene.clock.setWall(200 * SLOT_MS);
    scene.aheadMs = 200 * SLOT_MS;
  };

  for (const blocksASecond of [0.2, 3, 50]) {
    it(`by ${blocksASecond} blocks a second is never taken to be at the head before it is, and asked no more often`, () =>
      withScene(async (scene) => {
        fallBehind(scene);
        const before = scene.requests.length;
        for (let second = 1; second <= 60; second++) {
          scene.shown = 5 + Math.floor(second * blocksASecond);
          if (second % 5 === 0) scene.produce();
          await scene.clock.advance(1000);
          const { behind, error, tip, clockSkewMs } = scene.follower.state;
          const missing = scene.blocks.length - 1 - (tip?.block.header.height ?? 0);
          // It is noticed with the first look.
          if (missing > 3 && second > 5) expect(behind, `after ${second} s`).toBeGreaterThan(3);
          if (missing <= 3) expect(behind).toBe(0);
          if (missing > 3 && second > 10) expect(error?.code).toBe('node_syncing');
          expect(Math.abs(clockSkewMs ?? 0)).toBeLessThan(SLOT_MS);
        }
        const blocks = Math.min(scene.blocks.length, scene.shown) - 5;
        expect(scene.requests.length - before - blocks).toBeLessThanOrEqual(2 * (MINUTE / SLOT_MS) + 60);
        scene.shown = Number.POSITIVE_INFINITY;
        await scene.slots(2);
        expect(scene.follower.state).toMatchObject({ behind: 0, error: null });
      }));
  }

  it('is told by this machine’s clock where it does not say what time it is', () =>
    withScene(async (scene) => {
      scene.tellsTime = false;
      fallBehind(scene);
      scene.shown = 8;
      await scene.clock.advance(SLOT_MS);
      scene.shown = 9;
      await scene.clock.advance(SLOT_MS);
      expect(scene.follower.state.error).toMatchObject({ code: 'node_syncing', params: { height: 8 } });
    }));

  it('is said to be without a break, also while a block of it is taken in', () =>
    withScene(async (scene) => {
      fallBehind(scene);
      for (let shown = 6; shown < 30; shown += 1) {
        scene.shown = shown;
        await scene.clock.advance(1000);
      }
      const codes = scene.states.map(({ error }) => error?.code);
      const since = codes.indexOf('node_syncing');
      expect(since).toBeGreaterThan(0);
      expect(new Set(codes.slice(since))).toEqual(new Set(['node_syncing']));
    }));

  it.each(JUMPS)('is not a machine whose clock is set by %i ms', (byMs) =>
    withScene(async (scene) => {
      scene.clock.setWall(byMs);
      for (let slot = 0; slot < 10; slot++) {
        await scene.slots(1);
        expect(scene.follower.state).toMatchObject({ behind: 0, error: null });
      }
    }),
  );

  it.each([
    ['its answers tell the time', true],
    ['they do not', false],
  ])('is so however this machine’s clock is set meanwhile, where %s', (_, tellsTime) =>
    withScene(async (scene) => {
      scene.tellsTime = tellsTime;
      fallBehind(scene);
      scene.shown = 8;
      const said: number[] = [];
      for (let step = 0; step < 60; step++) {
        if (step === 30) scene.clock.setWall(-400 * SLOT_MS);
        await scene.clock.advance(SLOT_MS / 20);
        if (step >= 20) said.push(scene.follower.state.behind);
      }
      expect(Math.min(...said)).toBeGreaterThan(100);
    }),
  );

  it('is not a chain that stood still: its next block says so', () =>
    withScene(async (scene) => {
      scene.clock.setWall(24 * HOUR);
      scene.aheadMs = 24 * HOUR;
      const { follower } = scene;
      const said: unknown[] = [];
      for (let step = 0; step < 20; step++) {
        await scene.clock.advance(SLOT_MS / 20);
        if (follower.state.error !== null) said.push(follower.state.error);
      }
      expect(follower.state.behind).toBeGreaterThan(3);
      scene.produce((24 * HOUR) / SLOT_MS);
      await scene.slots(2);
      expect([follower.state.behind, said]).toEqual([0, []]);
    }));
});

describe('whatever a node says, it is asked at most twice a slot and once a second', () => {
  const MINUTE = 60_000;
  const MOST = 2 * (MINUTE / SLOT_MS) + MINUTE / 1000;

  it('that it has a block that it does not serve: that is said', () =>
    withScene(async (scene) => {
      scene.announcesMore = 1;
      expect(await scene.asksWithin(MINUTE)).toBeLessThanOrEqual(MOST);
      expect(scene.follower.state.error?.code).toBe('node_block_missing');
      scene.announcesMore = 0;
      const before = scene.height;
      for (let slot = 1; slot <= MINUTE / SLOT_MS; slot += 1) {
        scene.produce(slot === 1 ? MINUTE / SLOT_MS : 0);
        await scene.clock.advance(SLOT_MS);
      }
      expect(scene.height).toBe((before ?? 0) + MINUTE / SLOT_MS);
      expect(scene.follower.state.error).toBeNull();
    }));

  it('now and then a replica that lags: the block is there at the next look, and nothing is said', () =>
    withScene(async (scene) => {
      scene.announcesMore = 1;
      await scene.clock.advance(SLOT_MS);
      scene.announcesMore = 0;
      scene.produce();
      await scene.clock.advance(SLOT_MS);
      expect(scene.follower.state.error).toBeNull();
      expect(scene.height).toBe(5);
    }));

  it('a thousand wild events a second', () =>
    withScene(async (scene) => {
      const before = scene.requests.length;
      for (let second = 0; second < 60; second += 1) {
        if (second % 5 === 0) scene.produce();
        for (let event = 0; event < 1000; event += 1) scene.follower.hint(1_000_000 + event);
        await scene.clock.advance(1000);
      }
      expect(scene.requests.length - before).toBeLessThanOrEqual(MOST);
      expect(scene.height).toBeGreaterThanOrEqual(15);
    }));

  it('events while it is gone: none of them shortens the wait', () =>
    withScene(async (scene) => {
      scene.isGone = true;
      await scene.clock.advance(2 * SLOT_MS);
      const undisturbed = await scene.asksWithin(MINUTE);
      const before = scene.requests.length;
      for (let second = 0; second < 60; second += 1) {
        for (let event = 0; event < 100; event += 1) scene.follower.hint(1_000_000);
        await scene.clock.advance(1000);
      }
      expect(scene.requests.length - before).toBeLessThanOrEqual(undisturbed + 1);
    }));

  it('an event that comes while a look is under way that fails: the wait after it is not shortened', () =>
    withScene(async (scene) => {
      scene.isGone = true;
      scene.takesMs = 1000;
      const asked = scene.requests.length;
      while (scene.requests.length === asked) await scene.clock.advance(10);
      scene.follower.hint(1_000_000);
      // Of the second that the answer takes and the wait after it, 1.5 s at the least, nothing is left out.
      expect(await scene.asksWithin(2300)).toBe(0);
      expect(scene.follower.state.error?.code).toBe('node_unreachable');
    }));

  it('an event that comes while a look is under way that finds nothing: the next look comes at once', () =>
    withScene(async (scene) => {
      scene.takesMs = 1000;
      const asked = scene.requests.length;
      while (scene.requests.length === asked) await scene.clock.advance(10);
      scene.produce();
      scene.follower.hint(5);
      await scene.clock.advance(2000);
      expect(scene.height).toBe(5);
    }));

  it('another chain at every look', () =>
    withScene(async (scene) => {
      scene.shifts = true;
      const before = scene.requests.length;
      for (let slot = 0; slot < MINUTE / SLOT_MS; slot += 1) {
        scene.produce();
        await scene.clock.advance(SLOT_MS);
      }
      expect(scene.requests.length - before).toBeLessThanOrEqual(MOST);
    }));

  it('and an event a slot brings each look forward, also where it comes a little early', () =>
    withScene(async (scene) => {
      await scene.clock.advance(SLOT_MS / 2);
      for (const height of [5, 6, 7]) {
        scene.produce();
        scene.follower.hint(height);
        await scene.clock.advance(10);
        expect(scene.height).toBe(height);
        await scene.clock.advance(SLOT_MS - 60);
      }
    }));

  it('and one event a slot still brings a look forward', () =>
    withScene(async (scene) => {
      // In the middle of a slot, where nobody looks by the clock.
      await scene.clock.advance(SLOT_MS / 2);
      scene.produce();
      scene.follower.hint(5);
      await scene.clock.advance(10);
      expect(scene.height).toBe(5);
    }));
});

describe('a node whose blocks do not add up', () => {
  /** Has the block so late that the node's status is asked for it, and not the block alone. */
  const late = (scene: Scene) => scene.clock.advance(2 * SLOT_MS);
  const failed = (scene: Scene) => scene.follower.state.error?.params.failed;

  it('is found out by the timestamp of a slot', () =>
    withScene(async (scene) => {
      await scene.untilSlot();
      scene.produce();
      const block = scene.blocks.at(-1) as Block; // just made
      const { header } = block;
      scene.blocks[scene.blocks.length - 1] = {
        ...block,
        header: { ...header, timestamp: header.timestamp + 1 },
      };
      await scene.clock.advance(FOUND_WITHIN_MS);
      expect(scene.height).toBe(4);
      // The node is there; it is its chain that is not believed.
      expect(scene.follower.state).toMatchObject({
        state: 'online',
        error: {
          code: 'block_invalid',
          remedy: 'open_settings',
          params: { height: 5, failed: 'timestamp' },
        },
        retryAtMs: expect.any(Number),
      });
    }));

  it('is found out by all that is wrong with them, another chain’s id too', () =>
    withScene(async (scene) => {
      scene.produce();
      const block = scene.blocks[5] as Block; // just made
      scene.blocks[5] = { ...block, header: { ...block.header, chainId: 'cpc-testnet-1', txRoot: 'ff' } };
      await scene.clock.advance(SLOT_MS);
      expect(failed(scene)).toBe('chain_id, tx_root');
    }));

  it('is found out by the hash that it calls its tip by', () =>
    withScene(async (scene) => {
      await late(scene);
      scene.misnames = true;
      scene.produce(2);
      await scene.clock.advance(SLOT_MS);
      expect(scene.height).toBe(4);
      expect(failed(scene)).toBe('hash');
    }));

  it('is followed on another branch from where the two part, with nothing said against it', () =>
    withScene(async (scene) => {
      await late(scene);
      const forked = scene.blocks.pop() as Block; // the one at height 4
      scene.blocks.push({ ...forked, header: { ...forked.header, stateRoot: 'ab' } });
      for (let block = 0; block < 3; block++) scene.produce(block === 0 ? 2 : 0);
      await scene.clock.advance(2 * SLOT_MS);
      expect(scene.rolledBack).toEqual([4]);
      expect(scene.follower.state.error).toBeNull();
      const tip = scene.blocks.at(-1) as Block; // there always is one
      expect(scene.follower.state.tip?.hash).toBe(blockHash(tip.header));
    }));
});

describe('when a node is asked, and for what', () => {
  /** When block 5 is due in a scene: each block is looked for a little earlier than the one before it was found. */
  const DUE_MS = 25_985;

  it('once a second before the beat of its blocks is known, then for the block that is due alone', async () => {
    const scene = new Scene();
    await scene.clock.advance(2500);
    expect(scene.asked).toEqual([
      ['status', 0],
      ['block 0', 0],
      ['status', 1000],
      ['status', 2000],
    ]);
    expect(scene.dues).toEqual([]);
    await scene.untilSlot();
    scene.produce();
    await scene.clock.advance(FOUND_WITHIN_MS);
    scene.asked.length = 0;
    await scene.slots(3);
    expect(scene.asked).toEqual([
      ['block 2', 11_000],
      ['block 3', 15_995],
      ['block 4', 20_990],
    ]);
    expect(scene.dues).toEqual([11_000, 15_995, 20_990]);
    expect(scene.binds).toBe(1);
    scene.end();
  });

  it('four times a slot at the least before the beat of a quick chain is known', async () => {
    const scene = new Scene();
    scene.slotMs = 2000;
    for (let block = 0; block < 3; block += 1) scene.produce();
    await scene.clock.advance(1000);
    expect(scene.asked).toEqual([
      ['status', 0],
      ['block 3', 0],
      ['status', 500],
      ['status', 1000],
    ]);
    scene.end();
  });

  it('for a block that is late soon again, then for how things stand, less and less often, twice a slot at the least', () =>
    withScene(async (scene) => {
      scene.dues.length = 0;
      const asked = await scene.asksFor(15_000);
      expect(asked.map(([what, atMs]) => [what, atMs - DUE_MS])).toEqual([
        ['block 5', 0],
        ['block 5', 120],
        ['block 5', 360],
        ['status', 840],
        ['status', 1800],
        ['status', 3720],
        ['status', 6220],
        ['status', 8720],
      ]);
      expect(scene.dues).toEqual([DUE_MS]);
    }));

  it('for how things stand first, and its chain, after the machine slept or its clock was set', () =>
    withScene(async (scene) => {
      const { binds } = scene;
      scene.clock.setWall(HOUR);
      await scene.untilSlot();
      scene.produce();
      expect((await scene.asksFor(FOUND_WITHIN_MS)).map(([what]) => what)).toEqual(['status', 'block 5']);
      expect(scene.binds).toBe(binds + 1);
      await scene.untilSlot();
      scene.produce();
      expect((await scene.asksFor(FOUND_WITHIN_MS)).map(([what]) => what)).toEqual(['block 6']);
      expect(scene.binds).toBe(binds + 1);
    }));

  it('and its chain anew after a failure', () =>
    withScene(async (scene) => {
      scene.random = () => 0;
      const { binds } = scene;
      scene.isGone = true;
      await scene.clock.advance(SLOT_MS);
      scene.isGone = false;
      const asked = await scene.asksFor(1500);
      expect(asked.map(([what]) => what)).toEqual(['status']);
      expect(scene.binds).toBe(binds + 1);
    }));

  it('after a failure at two seconds, then twice as long each time, half a minute at the most', () =>
    withScene(async (scene) => {
      scene.random = () => 0;
      scene.isGone = true;
      const asked = await scene.asksFor(100_000);
      expect(asked.map(([what, atMs]) => [what, atMs - DUE_MS])).toEqual([
        ['block 5', 0],
        ['status', 2000],
        ['status', 6000],
        ['status', 14_000],
        ['status', 30_000],
        ['status', 60_000],
        ['status', 90_000],
      ]);
    }));

  it('not before it asked to be, and that is said', () =>
    withScene(async (scene) => {
      scene.random = () => 0;
      scene.isGone = true;
      await scene.untilSlot();
      scene.heldForMs = 60_000;
      expect(await scene.asksFor(SLOT_MS)).toHaveLength(1);
      expect(scene.follower.state).toMatchObject({
        state: 'offline',
        error: { code: 'node_unreachable' },
        retryAtMs: GENESIS_TIME * 1000 + DUE_MS + 60_000,
      });
      expect(await scene.asksFor(DUE_MS + 59_999 - scene.clock.monotonic())).toEqual([]);
      expect(await scene.asksFor(1)).toEqual([['status', DUE_MS + 60_000]]);
    }));

  it('nothing more once it is no longer followed, and what fails then is not said', () =>
    withScene(async (scene) => {
      scene.takesMs = 1000;
      await scene.asking();
      const { state } = scene.follower;
      scene.isGone = true;
      scene.end();
      expect(await scene.asksFor(60_000)).toEqual([]);
      scene.clock.setWall(HOUR);
      scene.jumps.look();
      expect(scene.follower.state).toBe(state);
      expect(scene.clock.waiting).toBe(0);
    }));

  it('as one whose chain moves where it was not followed for a while', () =>
    withScene(async (scene) => {
      scene.end();
      await scene.clock.advance(60_000);
      scene.run();
      await scene.clock.advance(1000);
      expect(scene.follower.state).toMatchObject({ state: 'online', error: null });
    }));
});

describe('an event that tells of a block', () => {
  it('that is there already brings no look forward, nor does one before it', () =>
    withScene(async (scene) => {
      for (const height of [0, 3, 4]) scene.follower.hint(height);
      expect(await scene.asksFor(1000)).toEqual([]);
    }));

  it('brings one look forward, and another only in the next slot while no block comes', () =>
    withScene(async (scene) => {
      scene.follower.hint(5);
      expect(await scene.asksFor(0)).toEqual([['status', 21_500]]);
      scene.follower.hint(6);
      expect(await scene.asksFor(1000)).toEqual([]);
      // So late that it is looked for twice a slot.
      await scene.clock.advance(10_500);
      scene.follower.hint(7);
      expect(await scene.asksFor(0)).toEqual([['status', 33_000]]);
      await scene.clock.advance(4000);
      scene.follower.hint(8);
      expect(await scene.asksFor(0)).toEqual([]);
      // There is a look at its end in any case; the event brings one more.
      await scene.clock.advance(1000);
      scene.follower.hint(9);
      expect(await scene.asksFor(0)).toEqual([['status', 38_000]]);
    }));

  it.each([
    ['finds it', false],
    ['fails', true],
  ])('while a look is under way that %s has no later look brought forward', (_how, isGone) =>
    withScene(async (scene) => {
      scene.random = () => 0;
      scene.takesMs = 1000;
      scene.produce();
      await scene.asking();
      scene.isGone = isGone;
      scene.follower.hint(5);
      scene.follower.hint(6);
      await scene.clock.advance(1000);
      scene.isGone = false;
      scene.blocks.length = 5;
      await scene.asking();
      const asked = await scene.asksFor(1100);
      // The answer takes a second, and the next look is 120 ms later.
      expect(asked).toEqual([]);
    }),
  );

  it('and comes half a slot early has it asked how things stand', () =>
    withScene(async (scene) => {
      await scene.clock.advance(1985);
      scene.follower.hint(5);
      expect(await scene.asksFor(0)).toEqual([['status', 23_485]]);
    }));

  it('and comes a little early has the very block asked for', () =>
    withScene(async (scene) => {
      await scene.clock.advance(1986);
      scene.produce();
      scene.follower.hint(5);
      expect(await scene.asksFor(0)).toEqual([['block 5', 23_486]]);
      expect(scene.height).toBe(5);
    }));

  it('may be of block 0, where none is known', async () => {
    const scene = new Scene();
    scene.isEmpty = true;
    await scene.clock.advance(500);
    scene.isEmpty = false;
    scene.follower.hint(0);
    await scene.clock.advance(0);
    expect(scene.asked).toEqual([
      ['status', 0],
      ['status', 500],
      ['block 0', 500],
    ]);
    scene.end();
  });
});

describe('what is known of the head', () => {
  it('is when its next block is due, how far this machine’s clock is off, and what its slots are', () =>
    withScene(async (scene) => {
      expect(scene.follower.state).toMatchObject({
        state: 'online',
        behind: 0,
        nextBlockAtMs: GENESIS_TIME * 1000 + 25_985,
        blockTimeMs: SLOT_MS,
        slots: { genesisTime: GENESIS_TIME, blockTimeSeconds: 5 },
        clockSkewMs: 1000,
        error: null,
        retryAtMs: null,
      });
      expect(scene.states.at(-1)).toBe(scene.follower.state);
    }));

  it('is nothing before the first answer, and no moment before a block was seen to arrive', async () => {
    const scene = new Scene();
    expect(scene.follower.state).toEqual(NOTHING_KNOWN);
    await scene.clock.advance(1000);
    expect(scene.follower.state).toMatchObject({
      state: 'online',
      nextBlockAtMs: null,
      blockTimeMs: SLOT_MS,
      slots: undefined,
      clockSkewMs: null,
    });
    scene.end();
  });

  it('is begun anew where the node is of another chain', () =>
    withScene(async (scene) => {
      scene.random = () => 0;
      scene.isGone = true;
      await scene.clock.advance(SLOT_MS);
      scene.isGone = false;
      scene.chapterId = 2;
      scene.shown = 3;
      scene.told.length = 0;
      await scene.clock.advance(1500);
      expect(scene.told).toEqual([[2, true]]);
      expect(scene.rolledBack).toEqual([]);
      expect(scene.follower.state).toMatchObject({
        binding: { chapter: { id: 2 } },
        nextBlockAtMs: null,
        slots: { genesisTime: GENESIS_TIME, blockTimeSeconds: 5 },
        error: null,
      });
    }));

  it('is of the chain that block 0 says at the same look, where it follows from nothing known', async () => {
    const scene = new Scene();
    // It announces more than it serves: its chain is known, a tip is not.
    scene.announcesMore = 3;
    await scene.clock.advance(SLOT_MS / 4);
    expect([scene.binds > 0, scene.height]).toEqual([true, -1]);
    scene.announcesMore = 0;
    scene.chapterId = 2;
    await scene.clock.advance(SLOT_MS);
    expect(scene.told).toEqual([[0, true]]);
    expect(scene.follower.state.binding?.chapter.id).toBe(2);
    scene.end();
  });

  it.each([
    [32, 1],
    [33, 2],
  ])('is of the chain that block 0 says where %i blocks came at once (chapter %i)', (blocks, chapterId) =>
    withScene(async (scene) => {
      scene.shown = 5;
      await scene.clock.advance(SLOT_MS);
      for (let block = 0; block < blocks; block += 1) scene.produce();
      scene.chapterId = 2;
      scene.shown = Number.POSITIVE_INFINITY;
      await scene.clock.advance(SLOT_MS);
      expect(scene.height).toBe(4 + blocks);
      expect(scene.follower.state.binding?.chapter.id).toBe(chapterId);
    }),
  );

  it('stays as it is where the node says that it has no block, until that is too long', () =>
    withScene(async (scene) => {
      scene.isEmpty = true;
      await scene.clock.advance(5 * SLOT_MS);
      expect(scene.height).toBe(4);
      expect(scene.rolledBack).toEqual([]);
      expect(scene.follower.state).toMatchObject({ state: 'online', error: null });
      await scene.clock.advance(2 * SLOT_MS);
      expect(scene.follower.state.error?.code).toBe('node_stalled');
    }));

  it('is nothing still where the clock is set before the first block', async () => {
    const scene = new Scene();
    scene.isEmpty = true;
    await scene.clock.advance(500);
    scene.clock.setWall(HOUR);
    await scene.clock.advance(1000);
    expect(scene.follower.state).toMatchObject({ state: 'online', tip: null, behind: 0, error: null });
    scene.end();
  });

  it('is at the head of its chain while its next block is late', () =>
    withScene(async (scene) => {
      await scene.clock.advance(24_000);
      expect(scene.follower.state).toMatchObject({ behind: 0, error: null });
    }));

  it('is how little a clock may be off', async () => {
    const scene = new Scene();
    await scene.untilSlot();
    scene.produce();
    await scene.clock.advance(200);
    scene.follower.hint(1);
    await scene.clock.advance(0);
    expect(scene.follower.state).toMatchObject({
      clockSkewMs: 200,
      nextBlockAtMs: GENESIS_TIME * 1000 + 10_200,
    });
    scene.end();
  });

  it('is a block that passed all checks that can be made of it', () =>
    withScene(async (scene) => {
      const { checks } = (scene.follower.state.tip as Tip).verification; // there is one
      const passed = checks.filter(({ ok }) => ok === true).map(({ name }) => name);
      expect(passed).toEqual(expect.arrayContaining(['height', 'chain_id', 'timestamp', 'prev_hash']));
    }));

  it('is of a node that answers again from its next block on', () =>
    withScene(async (scene) => {
      scene.isGone = true;
      await scene.clock.advance(SLOT_MS);
      expect(scene.follower.state.state).toBe('offline');
      scene.isGone = false;
      scene.produce();
      await scene.clock.advance(SLOT_MS);
      expect(scene.states.find(({ tip }) => tip?.block.header.height === 5)).toMatchObject({
        state: 'online',
        error: null,
        retryAtMs: null,
      });
    }));

  it('has the beat of its blocks still, where a node was gone for a few of them', () =>
    withScene(async (scene) => {
      scene.random = () => 0;
      scene.isGone = true;
      for (let slot = 0; slot < 3; slot += 1) {
        await scene.untilSlot();
        scene.produce();
      }
      scene.isGone = false;
      const asked = await scene.asksFor(7000);
      expect(asked).toEqual([
        ['status', 39_985],
        ['block 5', 39_985],
        ['block 6', 39_985],
        ['block 7', 39_985],
        ['block 8', 41_005],
        ['block 8', 41_125],
        ['block 8', 41_365],
        ['status', 41_845],
      ]);
    }));

  it('goes back as far as block 0', () =>
    withScene(async (scene) => {
      const { binds } = scene;
      scene.shown = 1;
      await scene.clock.advance(2 * SLOT_MS);
      expect(scene.rolledBack).toEqual([0]);
      expect(scene.height).toBe(0);
      // What chain it is of is looked at anew.
      expect(scene.binds).toBe(binds + 1);
    }));

  it('goes back where the block that is due follows another one, and is sought again whatever the node serves', () =>
    withScene(async (scene) => {
      const forked = scene.blocks.pop() as Block; // the tip
      scene.blocks.push({ ...forked, header: { ...forked.header, stateRoot: 'ab' } });
      scene.produce();
      scene.announcesMore = 1;
      const asked = await scene.asksFor(4800);
      expect(asked).toEqual([
        ['block 5', 25_985],
        ['status', 25_985],
        ['block 6', 25_985],
        ['status', 26_225],
        ['block 6', 26_225],
      ]);
      expect(scene.rolledBack).toEqual([4]);
      expect(scene.follower.state).toMatchObject({ tip: null, behind: 0, error: null });
    }));

  it('goes back at once, and a second time only at the next look', () =>
    withScene(async (scene) => {
      await scene.clock.advance(6000);
      scene.shown = 4;
      await scene.asking();
      expect([scene.height, scene.rolledBack]).toEqual([3, [3]]);
      scene.shown = 3;
      scene.follower.hint(4);
      await scene.clock.advance(0);
      expect([scene.height, scene.rolledBack]).toEqual([-1, [3, 2]]);
      const atMs = scene.clock.monotonic();
      await scene.asking();
      expect(scene.height).toBe(2);
      expect(scene.clock.monotonic() - atMs).toBe(SLOT_MS);
    }));

  it('goes back at once again a slot later', () =>
    withScene(async (scene) => {
      await scene.clock.advance(6000);
      scene.shown = 4;
      await scene.asking();
      expect([scene.height, scene.clock.monotonic()]).toEqual([3, 27_785]);
      const forked = scene.blocks[3] as Block; // the tip
      scene.blocks.splice(3, 2, { ...forked, header: { ...forked.header, stateRoot: 'ab' } });
      scene.produce();
      scene.shown = Number.POSITIVE_INFINITY;
      expect(await scene.asksFor(SLOT_MS)).toEqual([
        ['block 4', 32_785],
        ['status', 32_785],
        ['block 4', 32_785],
      ]);
      expect([scene.height, scene.rolledBack]).toEqual([4, [3, 3]]);
    }));

  it('tells of every block how many more there are, and of no beat while it is behind', () =>
    withScene(async (scene) => {
      scene.isGone = true;
      await scene.clock.advance(SLOT_MS);
      for (let block = 0; block < 20; block += 1) scene.produce();
      scene.clock.setWall(100 * SLOT_MS);
      scene.aheadMs = 100 * SLOT_MS;
      scene.isGone = false;
      scene.states.length = 0;
      await scene.clock.advance(2 * SLOT_MS);
      const behind = new Map(scene.states.map((state) => [state.tip?.block.header.height, state.behind]));
      expect([5, 6, 23].map((height) => behind.get(height))).toEqual([19, 18, 1]);
      expect(scene.follower.state.behind).toBeGreaterThan(70);
      expect(scene.follower.state.nextBlockAtMs).toBeNull();
    }));
});

describe('a block that is announced and not served', () => {
  it('is said to be missing at the third look in a row, until one comes', () =>
    withScene(async (scene) => {
      scene.random = () => 0;
      scene.announcesMore = 1;
      const missing = () => scene.follower.state.error;
      await scene.clock.advance(29_704 - scene.clock.monotonic());
      expect(missing()).toBeNull();
      await scene.clock.advance(1);
      expect(missing()).toMatchObject({
        code: 'node_block_missing',
        remedy: 'wait',
        params: { url: 'http://node', height: 5 },
      });
      scene.announcesMore = 0;
      scene.produce();
      await scene.clock.advance(2000);
      expect([scene.height, missing()]).toEqual([5, null]);
      scene.announcesMore = 1;
      await scene.clock.advance(2000);
      expect(missing()).toBeNull();
      await scene.clock.advance(1000);
      expect(missing()).toMatchObject({ code: 'node_block_missing', params: { height: 6 } });
    }));
});
