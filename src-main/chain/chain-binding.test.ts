import { describe, expect, it } from 'vitest';
import { type Block, blockHash, NO_BLOCK_HASH, txRootOf } from '../../src-shared/chain/block';
import type { Chapter, Chapters } from '../storage/chapters';
import { ChainBinding } from './chain-binding';
import type { NodeClient } from './node-client';

const GENESIS: Block = {
  header: {
    height: 0,
    prevHash: NO_BLOCK_HASH,
    timestamp: 1_700_000_000,
    chainId: 'cpc-devnet-1',
    proposerAddress: '',
    round: 0,
    txRoot: txRootOf([]),
    stateRoot: '',
    computeRoot: '',
    gasUsed: 0n,
    gasLimit: 0n,
  },
  txs: [],
  pqSignature: '',
  pqSigSchemeId: 1,
};

/** Binds a node that shows this block 0, and says itself that it is its tip. */
async function bind(genesis: Block) {
  const begun: string[] = [];
  const node = { url: 'http://node', block: async () => genesis };
  const chapters = {
    current: () => null,
    begin: (_node: string, chainId: string, genesisHash: string) => {
      begun.push(genesisHash);
      return { id: 1, node: 'node', chainId, genesisHash };
    },
  };
  const binding = new ChainBinding(
    'node',
    node as unknown as NodeClient, // all that is asked of it
    chapters as unknown as Chapters, // likewise
    () => 0,
  );
  const status = { height: 0, lastHash: blockHash(genesis.header), network: 'devnet', dateMs: null };
  const bound = await binding
    .check(status, new AbortController().signal)
    .catch((error: { code: string }) => error.code);
  return { bound, begun };
}

describe('a chain is bound', () => {
  it('by a block 0 that adds up', async () => {
    const { bound, begun } = await bind(GENESIS);
    expect(bound).toMatchObject({ chapter: { chainId: 'cpc-devnet-1' } });
    expect(begun).toEqual([blockHash(GENESIS.header)]);
  });

  it.each<[string, Partial<Block['header']>, string]>([
    ['is not block 0', { height: 1 }, 'block_invalid'],
    ['has another compute_root than its results', { computeRoot: 'ff' }, 'block_invalid'],
    ['has another tx_root than its transactions', { txRoot: 'ff' }, 'block_invalid'],
    ['has used gas for nothing', { gasUsed: 1n }, 'block_invalid'],
    ['is of another network than the node says', { chainId: 'cpc-testnet-1' }, 'chain_mismatch'],
    ['is of a network that nobody knows', { chainId: 'cpc-other-1' }, 'chain_mismatch'],
  ])('by none that %s', async (_why, change, code) => {
    const { bound, begun } = await bind({ ...GENESIS, header: { ...GENESIS.header, ...change } });
    expect(bound).toBe(code);
    expect(begun).toEqual([]);
  });
});

/** A node that shows a chain, before a profile that may know one under its name. */
class Shown {
  known: Chapter | null = null;
  genesis: Block | null = GENESIS;
  /** What the tip is called, or the block after block 0 says of it. */
  named = blockHash(GENESIS.header);
  height = 0;
  network = 'devnet';
  hasBlock1 = true;
  readonly binding: ChainBinding;

  constructor() {
    const after = () => ({ ...GENESIS, header: { ...GENESIS.header, height: 1, prevHash: this.named } });
    const node = {
      url: 'http://node',
      block: async (at: number) => (at === 0 ? this.genesis : this.hasBlock1 ? after() : null),
    };
    const chapters = {
      current: () => this.known,
      begin: (name: string, chainId: string, genesisHash: string, atMs: number) => {
        this.known = { id: 7 + atMs, node: name, chainId, genesisHash };
        return this.known;
      },
    };
    this.binding = new ChainBinding(
      'built-in',
      node as unknown as NodeClient, // all that is asked of it
      chapters as unknown as Chapters, // likewise
      () => 35,
    );
  }

  check() {
    const { height, named: lastHash, network } = this;
    const status = { height, lastHash, network, dateMs: null };
    return this.binding.check(status, new AbortController().signal);
  }

  /** Another chain than before. */
  change(stateRoot: string): void {
    this.genesis = { ...GENESIS, header: { ...GENESIS.header, stateRoot } };
    this.named = blockHash(this.genesis.header);
  }
}

describe.each([0, 1])('a chain at height %i', (height) => {
  const shown = async () => {
    const scene = new Shown();
    scene.height = height;
    await scene.check();
    return scene;
  };

  it('is known from then on under its node’s name', async () => {
    const scene = await shown();
    const chapter = {
      id: 42,
      node: 'built-in',
      chainId: 'cpc-devnet-1',
      genesisHash: blockHash(GENESIS.header),
    };
    expect(scene.known).toEqual(chapter);
    expect(await scene.check()).toEqual({
      chapter,
      network: expect.objectContaining({ name: 'devnet' }),
      genesis: GENESIS,
    });
  });

  it('gives way to another one only with consent, and to that one alone', async () => {
    const scene = await shown();
    const before = scene.known;
    scene.change('aa');
    const refused = {
      code: 'chain_mismatch',
      remedy: 'accept_chain',
      params: {
        expected: `cpc-devnet-1 ${before?.genesisHash}`,
        actual: `cpc-devnet-1 ${scene.named}`,
      },
    };
    await expect(scene.check()).rejects.toMatchObject(refused);
    await expect(scene.check()).rejects.toMatchObject(refused);
    expect(scene.known).toEqual(before);
    scene.binding.accept();
    const agreed = scene.named;
    scene.change('bb');
    await expect(scene.check()).rejects.toMatchObject({ remedy: 'accept_chain' });
    scene.change('aa');
    await expect(scene.check()).rejects.toMatchObject({ remedy: 'accept_chain' });
    scene.binding.accept();
    expect((await scene.check()).chapter.genesisHash).toBe(agreed);
  });

  it('needs consent anew for what was agreed to before the old chain came back', async () => {
    const scene = await shown();
    scene.change('aa');
    await expect(scene.check()).rejects.toMatchObject({ remedy: 'accept_chain' });
    scene.binding.accept();
    scene.genesis = GENESIS;
    scene.named = blockHash(GENESIS.header);
    await scene.check();
    scene.change('aa');
    await expect(scene.check()).rejects.toMatchObject({ remedy: 'accept_chain' });
  });

  it('that gives way is told by how both begin, which a person can compare', async () => {
    const scene = await shown();
    const before = blockHash(GENESIS.header);
    scene.change('aa');
    const message = await scene.check().catch((error: Error) => error.message);
    for (const hash of [before, scene.named]) {
      expect(message).toContain(`cpc-devnet-1 starting with ${hash.slice(0, 12)}…`);
      expect(message).not.toContain(hash.slice(0, 13));
    }
  });

  it('is not asked about where its block 0 came spoilt: nobody is to agree to that', async () => {
    const scene = await shown();
    const { named } = scene;
    scene.change('aa');
    scene.named = named;
    await expect(scene.check()).rejects.toMatchObject({
      code: 'block_invalid',
      remedy: 'open_settings',
      params: { height: 0, failed: 'prev_hash of block 1' },
    });
    scene.binding.accept();
    await expect(scene.check()).rejects.toMatchObject({ code: 'block_invalid' });
  });
});

describe('a node’s word on its chain', () => {
  it('is worth nothing without a block 0', async () => {
    const scene = new Shown();
    scene.genesis = null;
    await expect(scene.check()).rejects.toMatchObject({
      code: 'node_bad_answer',
      remedy: 'open_settings',
      params: { url: 'http://node' },
    });
  });

  it('is worth nothing where it does not serve the block after block 0 that it announces', async () => {
    const scene = new Shown();
    scene.height = 1;
    scene.hasBlock1 = false;
    await expect(scene.check()).rejects.toMatchObject({
      code: 'node_bad_answer',
      message: expect.stringContaining('does not serve block 1'),
    });
    expect(scene.known).toBeNull();
  });

  it('is refused where it and block 0 name different networks, or ones that nobody knows', async () => {
    const scene = new Shown();
    scene.network = 'testnet';
    await expect(scene.check()).rejects.toMatchObject({
      code: 'chain_mismatch',
      remedy: 'open_settings',
      params: { expected: 'testnet', actual: 'cpc-devnet-1' },
    });
  });

  it('agrees to nothing where nothing was asked', async () => {
    const scene = new Shown();
    scene.binding.accept();
    await scene.check();
    scene.change('aa');
    await expect(scene.check()).rejects.toMatchObject({ remedy: 'accept_chain' });
  });

  it('tells which checks block 0 fails', async () => {
    const scene = new Shown();
    scene.genesis = { ...GENESIS, header: { ...GENESIS.header, txRoot: 'ff', computeRoot: 'ff' } };
    await expect(scene.check()).rejects.toMatchObject({ params: { failed: 'tx_root, compute_root' } });
  });
});
