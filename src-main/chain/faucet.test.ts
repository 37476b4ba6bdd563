import { beforeEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import { DEVNET_FAUCET_ADDRESS } from '../../src-shared/chain/faucet';
import { parseJson } from '../../src-shared/chain/json';
import { NETWORKS } from '../../src-shared/chain/network';
import { parseTransaction, transactionHash } from '../../src-shared/chain/transaction';
import { AppError, toErrorReport } from '../../src-shared/errors';
import type { VerifiedBlock } from './block-verifier';
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

describe('a top-up', () => {
  let sentBodies: string[];
  let answer: { status: string; word?: string } | Error;
  let changes: string[];
  let state: HeadState;
  let faucet: Faucet;
  const block = (height: number, ...txHashes: string[]) =>
    ({ block: { header: { height } }, txHashes }) as unknown as VerifiedBlock; // what is read of it

  beforeEach(() => {
    sentBodies = [];
    answer = { status: 'received' };
    changes = [];
    state = { ...head(DEVNET), tip: block(100) };
    const client = {
      url: 'http://node',
      pendingNonce: async () => 4n,
      send: async (body: string) => {
        sentBodies.push(body);
        if (answer instanceof Error) throw answer;
        return answer;
      },
    };
    faucet = new Faucet({
      node: client as unknown as NodeClient, // all that a top-up asks of it
      loopback: true,
      head: () => state,
      onChange: () => changes.push(faucet.state.state),
    });
  });

  it('is ten CPC of the public key, once however often it is asked for', async () => {
    expect(faucet.state).toEqual({ state: 'idle', txHash: null, error: null });
    await Promise.all([faucet.topUp(ME), faucet.topUp(ME)]);
    await faucet.topUp(ME);
    expect(sentBodies).toHaveLength(1);
    const sent = parseTransaction(parseJson(sentBodies[0] ?? ''));
    expect(sent).toMatchObject({
      type: 'TRANSFER',
      from: DEVNET_FAUCET_ADDRESS,
      to: ME,
      amount: 10n ** 19n,
      nonce: 4n,
      fee: 21_000_000n,
      payload: {},
    });
    expect(faucet.state).toEqual({ state: 'confirming', txHash: transactionHash(sent), error: null });
    expect(changes).toEqual(['sending', 'confirming']);
  });

  it('is there once a block has it, and may be asked for again then', async () => {
    expect(faucet.takeBlock(block(101))).toBe(false);
    await faucet.topUp(ME);
    const { txHash } = faucet.state;
    expect(faucet.takeBlock(block(101, 'ab'))).toBe(false);
    expect(faucet.takeBlock(block(102, 'ab', txHash ?? ''))).toBe(true);
    expect(faucet.state).toEqual({ state: 'confirmed', txHash, error: null });
    expect(faucet.takeBlock(block(103, txHash ?? ''))).toBe(false);
    await faucet.topUp(ME);
    expect(sentBodies).toHaveLength(2);
  });

  it('is given up after twelve blocks without it', async () => {
    await faucet.topUp(ME);
    expect(faucet.takeBlock(block(112))).toBe(false);
    expect(faucet.state.state).toBe('confirming');
    expect(faucet.takeBlock(block(113))).toBe(false);
    expect(faucet.state).toMatchObject({
      state: 'failed',
      txHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      error: { code: 'tx_rejected', remedy: 'top_up', params: { word: 'no block took it' } },
    });
  });

  it('counts from block 0 where there was no tip', async () => {
    state = head(DEVNET);
    await faucet.topUp(ME);
    faucet.takeBlock(block(12));
    expect(faucet.state.state).toBe('confirming');
    faucet.takeBlock(block(13));
    expect(faucet.state.state).toBe('failed');
  });

  it('says why it failed, and may be asked for again', async () => {
    answer = { status: 'rejected', word: 'mempool_full' };
    await expect(faucet.topUp(ME)).rejects.toMatchObject({ code: 'tx_mempool_full' });
    expect(faucet.state).toMatchObject({ state: 'failed', txHash: null, error: { code: 'tx_mempool_full' } });
    answer = new AppError('node_timeout', 'late');
    await expect(faucet.topUp(ME)).rejects.toBe(answer);
    expect(changes).toEqual(['sending', 'failed', 'sending', 'failed']);
  });

  it('is not sent to a node that is catching up, whose other troubles do not keep it back', async () => {
    const trouble = (code: 'node_syncing' | 'node_stalled') => toErrorReport(new AppError(code, 'behind'));
    state = { ...state, error: trouble('node_syncing') };
    await expect(faucet.topUp(ME)).rejects.toMatchObject({ code: 'node_syncing' });
    expect([sentBodies, changes]).toEqual([[], []]);
    state = { ...state, error: trouble('node_stalled') };
    await faucet.topUp(ME);
    expect(sentBodies).toHaveLength(1);
  });

  it('says where it works', async () => {
    state = head(null);
    await expect(faucet.topUp(ME)).rejects.toMatchObject({ remedy: 'open_settings' });
  });
});
