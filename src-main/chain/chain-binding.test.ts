import { describe, expect, it } from 'vitest';
import { type Block, blockHash, NO_BLOCK_HASH, txRootOf } from '../../src-shared/chain/block';
import type { Chapters } from '../storage/chapters';
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
