import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blockHash } from '../../src-shared/chain/block';
import { blockJson } from '../../src-shared/chain/block-json';
import { stringifyJson } from '../../src-shared/chain/json';
import { VirtualClock } from '../clock/virtual-clock';
import { signedBlock } from '../devnet/test-network';
import { testNode } from './test-node';

const GENESIS_MS = 1_700_000_000_000;
const bare = signedBlock([]);

let server: Server;
let url: string;
let height: number;
let network: string;
let chainId: string;
let slotSeconds: number;
/** What the answers' `Date` says; null where they have none. */
let date: string | null;
let hasBlocks: (at: number) => boolean;
let clock: VirtualClock;

const blockAt = (at: number) => ({
  ...bare,
  header: { ...bare.header, height: at, chainId, timestamp: GENESIS_MS / 1000 + at * slotSeconds },
});

function answerTo(path: string): string | null {
  if (path === '/status') {
    const counts = { mempool_size: 0, epoch: 0 };
    return JSON.stringify({ height, last_hash: 'a'.repeat(64), network, ...counts });
  }
  const at = Number(/^\/block\/(\d+)$/.exec(path)?.[1]);
  return hasBlocks(at) ? stringifyJson(blockJson(blockAt(at))) : null;
}

beforeEach(async () => {
  height = 100;
  network = 'devnet';
  chainId = 'cpc-devnet-1';
  slotSeconds = 5;
  date = null;
  hasBlocks = () => true;
  clock = new VirtualClock(GENESIS_MS + 100 * 5000);
  server = createServer(({ url: path = '' }, response) => {
    const text = answerTo(path);
    response.sendDate = false;
    if (date !== null) response.setHeader('date', date);
    response.writeHead(text === null ? 404 : 200).end(text ?? '{"detail":"Block not found"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('a node that is tried before it is chosen', () => {
  it('says its network, its chain and its height', async () => {
    expect(await testNode(` ${url}/ `, clock)).toEqual({
      url,
      network: 'devnet',
      chainId: 'cpc-devnet-1',
      height: 100,
      clockSkewMs: null,
      behind: 0,
    });
  });

  it('may have block 0 alone', async () => {
    height = 0;
    expect(await testNode(url, clock)).toMatchObject({ height: 0, behind: 100 });
  });

  it('is behind by the slots since its newest block, of its chain’s own length', async () => {
    await clock.advance(20_000);
    expect(await testNode(url, clock)).toMatchObject({ behind: 4 });
    slotSeconds = 2;
    clock = new VirtualClock(GENESIS_MS + 120 * 2000);
    expect(await testNode(url, clock)).toMatchObject({ behind: 20 });
  });

  it('is behind since block 0 where it does not serve the newest', async () => {
    hasBlocks = (at) => at === 0;
    expect(await testNode(url, clock)).toMatchObject({ height: 100, behind: 100 });
  });

  it('is behind by its own clock, which this machine’s is said to be off', async () => {
    date = new Date(GENESIS_MS + 110 * 5000).toUTCString();
    clock.setWall(3_600_000);
    expect(await testNode(url, clock)).toMatchObject({ behind: 10, clockSkewMs: 3_600_000 - 10 * 5000 });
  });

  it.each([
    ['no block 0', () => (hasBlocks = () => false)],
    ['a height below 0', () => (height = -1)],
  ])('has no chain yet with %s', async (_what, spoil) => {
    spoil();
    await expect(testNode(url, clock)).rejects.toMatchObject({
      code: 'node_bad_answer',
      remedy: 'wait',
      params: { url },
    });
  });

  it.each([
    ['cpc-devnet-1', 'testnet'],
    ['cpc-other-1', 'other'],
  ])('is refused with a block 0 of %s on a network that it calls %s', async (id, name) => {
    chainId = id;
    network = name;
    await expect(testNode(url, clock)).rejects.toMatchObject({
      code: 'chain_mismatch',
      remedy: 'open_settings',
      params: { expected: name, actual: `${id} ${blockHash(blockAt(0).header)}` },
    });
  });

  it('is asked nothing under an address that is none', async () => {
    await expect(testNode('node', clock)).rejects.toMatchObject({ code: 'invalid_node_url' });
  });
});
