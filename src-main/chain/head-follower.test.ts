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
  readonly #ended = new AbortController();
  readonly follower: HeadFollower;

  constructor() {
    this.produce();
    const asked = async <T>(answer: () => T): Promise<T> => {
      this.requests.push(this.clock.monotonic());
      const given = answer();
      const { takesMs } = this;
      if (takesMs > 0) await new Promise<void>((resolve) => this.clock.after(takesMs, resolve));
      if (this.isGone) throw new AppError('node_unreachable', 'gone');
      return given;
    };
    const tip = () => this.blocks[Math.min(this.shown, this.blocks.length) - 1] as Block; // there always is one
    // In whole seconds, as HTTP has it.
    const date = () => Math.floor(GENESIS_TIME + (this.clock.monotonic() + this.aheadMs) / 1000) * 1000;
    const node = {
      url: 'http://node',
      heldForMs: 0,
      status: () =>
        asked(() => ({
          height: tip().header.height + this.announcesMore,
          lastHash: this.announcesMore > 0 || this.misnames ? 'f'.repeat(64) : blockHash(tip().header),
          network: 'devnet',
          dateMs: this.tellsTime ? date() : null,
        })),
      block: (height: number) => asked(() => this.#shown(height)),
    };
    const chapter = { id: 1, node: 'node', chainId: 'cpc-devnet-1', genesisHash: '' };
    const binding = {
      check: async () => ({ chapter, network: NETWORKS.devnet, genesis: this.blocks[0] as Block }),
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
      random: Math.random,
      events: {
        onDue: () => undefined,
        onBlock: async ({ block }, _binding, newest) => {
          this.told.push([block.header.height, newest]);
          this.wasOldAtBlock = this.follower.state.mayBeOld;
        },
        onRollback: async (_binding, fromHeight) => {
          this.rolledBack.push(fromHeight);
        },
        onState: () => undefined,
      },
    });
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
      timestamp: slotTimestamp(GENESIS_TIME, height, round, SLOT_MS / 1000),
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
      expect(failed(scene)).toBe('timestamp');
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
      expect(scene.follower.state.error).toBeNull();
      const tip = scene.blocks.at(-1) as Block; // there always is one
      expect(scene.follower.state.tip?.hash).toBe(blockHash(tip.header));
    }));
});
