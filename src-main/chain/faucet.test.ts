import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import { NETWORKS } from '../../src-shared/chain/network';
import type { Binding } from './chain-binding';
import { Faucet } from './faucet';
import { type HeadState, NOTHING_KNOWN } from './head-state';
import type { NodeClient } from './node-client';

const ME = parseAddress('cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp');

/** A node that takes whatever it is sent, and counts it. */
function node() {
  const sent: string[] = [];
  const client = {
    url: 'http://node',
    pendingNonce: async () => 0n,
    send: async (body: string) => {
      sent.push(body);
      return { status: 'received' };
    },
  };
  return { sent, client: client as unknown as NodeClient }; // all that a top-up asks of it
}

/** As it is followed: on the chain of this id, or on one that is not known yet. */
function head(chainId: string | null): HeadState {
  if (chainId === null) return NOTHING_KNOWN;
  const chapter = { id: 1, node: 'node', chainId, genesisHash: 'a'.repeat(64) };
  return { ...NOTHING_KNOWN, binding: { chapter } as Binding }; // of which the faucet looks at the chain id
}

const DEVNET = NETWORKS.devnet.chainId;
const OTHERS = [NETWORKS.testnet.chainId, NETWORKS.mainnet.chainId, `${DEVNET}2`, 'cpc-devnet-2', '', null];

describe('the faucet', () => {
  it.each([
    { loopback: true, chainId: DEVNET, isThere: true },
    { loopback: false, chainId: DEVNET, isThere: false },
    ...OTHERS.flatMap((chainId) => [true, false].map((loopback) => ({ loopback, chainId, isThere: false }))),
  ])('signs only on the development network on this machine: $loopback, $chainId', async (given) => {
    const { sent, client } = node();
    const { loopback, chainId, isThere } = given;
    const faucet = new Faucet({
      node: client,
      loopback,
      head: () => head(chainId),
      onChange: () => undefined,
    });
    expect(faucet.available).toBe(isThere);
    if (isThere) await faucet.topUp(ME);
    else await expect(faucet.topUp(ME)).rejects.toMatchObject({ code: 'faucet_unavailable' });
    expect(sent).toHaveLength(isThere ? 1 : 0);
  });
});
