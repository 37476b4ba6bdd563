import { describe, expect, it } from 'vitest';
import { type Block, blockHash, NO_BLOCK_HASH, slotTimestamp } from '../../src-shared/chain/block';
import { NETWORKS } from '../../src-shared/chain/network';
import { verifyBlock } from '../../src-shared/chain/verify-block';
import { AppError } from '../../src-shared/errors';
import { Wake } from '../async/wait';
import { VirtualClock } from '../clock/virtual-clock';
import { WallJumps } from '../clock/wall-jumps';
import type { BlockVerifier } from './block-verifier';
import type { ChainBinding } from './chain-binding';
import { HeadFollower } from './head-follower';
import type { NodeClient } from './node-client';
import { verifiedBlock } from './verified-block';

const SLOT_MS = 5000;
const HOUR = 3_600_000;
// As often as a node is asked before the beat of its blocks is known.
const FOUND_WITHIN_MS = 1500;
const GENESIS_TIME = 1_000_000;

/** A chain in memory that a follower looks at; blocks come when the test says so. */
class Scene {
  readonly clock = new VirtualClock();
  readonly wake = new Wake();
  readonly blocks: Block[] = [];
  /** The monotonic moment of each request. */
  readonly requests: number[] = [];
  isGone = false;
  readonly #ended = new AbortController();
  readonly follower: HeadFollower;

  constructor() {
    this.produce();
    const asked = <T>(answer: () => T): Promise<T> => {
      this.requests.push(this.clock.monotonic());
      if (this.isGone) return Promise.reject(new AppError('node_unreachable', 'gone'));
      return Promise.resolve(answer());
    };
    const tip = () => this.blocks.at(-1) as Block; // there always is one
    const node = {
      url: 'http://node',
      status: () =>
        asked(() => ({
          height: tip().header.height,
          lastHash: blockHash(tip().header),
          network: 'devnet',
        })),
      block: (height: number) => asked(() => this.blocks[height] ?? null),
    };
    const chapter = { id: 1, node: 'node', chainId: 'cpc-devnet-1', genesisHash: '' };
    const binding = {
      check: async () => ({ chapter, network: NETWORKS.devnet, genesis: this.blocks[0] as Block }),
    };
    const verifier = {
      verify: async (block: Block) => verifiedBlock(block, { ...verifyBlock(block), ok: true }),
    };
    this.follower = new HeadFollower({
      node: node as unknown as NodeClient, // only this of a node is asked
      binding: binding as unknown as ChainBinding, // likewise
      verifier: verifier as unknown as BlockVerifier, // every block of this chain is well-formed
      wake: this.wake,
      clock: this.clock,
      jumps: new WallJumps(this.clock),
      events: { onBlock: async () => undefined, onRollback: async () => undefined, onState: () => undefined },
    });
    void this.follower.run(this.#ended.signal);
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
      txRoot: '',
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

  it('finds the beat again after the machine slept, for which its monotonic clock stood still', () =>
    withScene(async (scene) => {
      for (let block = 0; block < 2000; block++) scene.produce();
      scene.clock.setWall(2000 * SLOT_MS);
      await scene.slots(3);
      expect(scene.height).toBe(2007);
      const before = scene.requests.length;
      await scene.slots(10);
      expect(scene.height).toBe(2017);
      expect(scene.requests.length - before).toBeLessThanOrEqual(2 * 10);
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
