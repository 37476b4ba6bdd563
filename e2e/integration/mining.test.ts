import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BlockLookup, type Recompute } from '../../src-main/chain/block-lookup';
import { NodeClient } from '../../src-main/chain/node-client';
import { systemClock } from '../../src-main/clock/clock';
import { type Devnet, startDevnet } from '../../src-main/devnet/devnet';
import type { TaskRecord } from '../../src-main/submissions/task-record';
import { parseAddress } from '../../src-shared/chain/address';
import { BASE_GAS, exactFee } from '../../src-shared/chain/gas';
import { NETWORKS } from '../../src-shared/chain/network';
import { toNonce } from '../../src-shared/chain/nonce';
import { serializeTransaction, signTransaction, transactionHash } from '../../src-shared/chain/transaction';
import { AppError } from '../../src-shared/errors';
import { MinerScene } from '../driver/miner/miner-scene';
import { FaultNode } from '../driver/world/fault-node';
import { loseAnswer, pass, refuse } from '../driver/world/faults';

const FEE = exactFee('SUBMIT_RESULT', NETWORKS.devnet.minGasPrice);

let devnets: Devnet[] = [];
let folders: string[] = [];
let proxy: FaultNode;
let devnet: Devnet;
let scene: MinerScene;

const openDevnet = async (dataFolder: string | null = null): Promise<Devnet> => {
  const opened = await startDevnet({ port: 0, blockTimeSeconds: 5, dataFolder, manual: true });
  devnets.push(opened);
  return opened;
};
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'chain-'));
  folders.push(folder);
  return folder;
};

beforeEach(async () => {
  scene = new MinerScene();
});
afterEach(async () => {
  scene.dispose();
  await proxy.close();
  for (const opened of devnets) await opened.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  devnets = [];
  folders = [];
});

/** A miner with a key and a balance before a devnet of its own, block 1 seen. */
async function begin(dataFolder: string | null = null): Promise<void> {
  devnet = await openDevnet(dataFolder);
  await devnet.produceBlock();
  proxy = await FaultNode.start(devnet.url);
  const miner = await scene.start(proxy.url);
  await miner.account.create();
  await scene.until('the tip', ({ node: { session } }) => session?.head.tip != null);
  await scene.topUp();
  await block();
  await scene.until('the top-up', ({ node: { session } }) => session?.balance === 10n * 10n ** 18n);
}

/** Makes a block and waits until the miner has verified it and settled what it holds. */
async function block(): Promise<number> {
  const height = await devnet.produceBlock();
  scene.miner.node.session?.retry();
  await scene.until(
    `block ${height}`,
    ({ node: { session } }) => session?.head.tip?.block.header.height === height,
  );
  return height;
}

const inState = (...states: string[]) => scene.tasks().filter(({ state }) => states.includes(state));
const proved = (count: number) => scene.until(`${count} proved`, () => inState('proved').length >= count);
const pooled = () => scene.until('a result in the pool', () => inState('in_pool').length === 1);

describe('one block, one result', () => {
  it('goes from the block to a result proved under compute_root, at exactly its fee', async () => {
    await begin();
    scene.miner.power.start();
    for (let round = 1; round <= 3; round++) {
      await pooled();
      await block();
      await proved(round);
    }
    const client = new NodeClient(devnet.url, systemClock);
    const address = scene.miner.account.state.address ?? '';
    await pooled();
    expect((await client.balance(address)).units).toBe(10n * 10n ** 18n - 3n * FEE);
    expect(scene.miner.node.session?.balance).toBe(10n * 10n ** 18n - 3n * FEE);
    for (const task of inState('proved')) {
      expect(task.evidence?.inclusion?.root).toBe(
        (await client.block(task.confirmedHeight ?? 0))?.header.computeRoot,
      );
      expect(task.evidence?.checks.filter(({ ok }) => ok === false)).toEqual([]);
    }
    expect(scene.miner.status.state.kind).toBe('mining');
    expect(scene.miner.node.session?.usedElsewhere).toBeNull();
    expect(scene.errors).toEqual([]);
  });

  it('is told of with at most four requests a block when all is well', async () => {
    await begin();
    scene.miner.power.start();
    await pooled();
    await block();
    await proved(1);
    await pooled();
    const before = proxy.requests.length;
    await block();
    await proved(2);
    await pooled();
    const asked = proxy.requests.slice(before).filter((path) => !path.startsWith('/events'));
    // The look that found the block, and at most one before it was there.
    expect(asked.filter((path) => path !== '/status')).toHaveLength(3);
    expect(asked.length).toBeLessThanOrEqual(5);
  });

  it('is dropped, not submitted, when its block has grown stale meanwhile', async () => {
    await begin();
    let open = () => {};
    scene.compute.gate = new Promise((resolve) => {
      open = () => resolve();
    });
    scene.miner.power.start();
    await scene.until('a run', () => scene.compute.runs === 1);
    for (let i = 0; i < 4; i++) await block();
    open();
    await scene.until('dropped', () => inState('abandoned').length >= 1);
    expect(inState('abandoned')[0]).toMatchObject({ txHash: null, reason: { code: 'compute_cancelled' } });
  });
});

describe('an audit of a result on the chain', () => {
  it('agrees, sampled and fully; and does not where something else is recomputed', async () => {
    await begin();
    scene.miner.power.start();
    await pooled();
    await block();
    await proved(1);
    const {
      compute,
      node: { session },
    } = scene.miner;
    const [{ confirmedHeight, txHash }] = inState('proved') as [TaskRecord];
    if (session == null || confirmedHeight === null || txHash === null) throw new Error('not proved');
    const lookup = new BlockLookup(session.client, session.verifier, { chainId: 'cpc-devnet-1' });
    const { signal } = new AbortController();
    const here: Recompute = {
      rows: (rows) => compute.recomputeRows(rows, signal),
      task: (task) => compute.recompute(task, signal),
      now: Date.now,
    };
    for (const mode of ['sampled', 'full'] as const)
      expect(await lookup.audit(confirmedHeight, txHash, mode, here)).toMatchObject({ mode, ok: true });
    const other: Recompute = {
      rows: async (rows) => (await here.rows(rows)).map(() => new Uint8Array(32)),
      task: async (task) => ({ ...(await here.task(task)), resultHash: '00'.repeat(32) }),
      now: Date.now,
    };
    for (const mode of ['sampled', 'full'] as const)
      expect(await lookup.audit(confirmedHeight, txHash, mode, other)).toMatchObject({ mode, ok: false });
    const small: Recompute = {
      ...here,
      rows: () =>
        Promise.reject(new AppError('invalid_matrix_size', 'too large', { remedy: 'open_settings' })),
    };
    await expect(lookup.audit(confirmedHeight, txHash, 'sampled', small)).rejects.toMatchObject({
      code: 'audit_too_large',
      remedy: 'none',
    });
  });
});

describe('when the outcome is unknown', () => {
  it('a network change in the midst of sending is said and lived with: one result, proved once and paid once', async () => {
    await begin();
    proxy.fault = (path) => {
      if (path !== '/tx/send') return pass;
      return async ({ ask }) => {
        await ask();
        await proxy.close();
      };
    };
    scene.miner.power.start();
    await scene.until('cut off', ({ node: { session } }) => session?.head.error?.code === 'node_unreachable');
    expect(scene.miner.status.state).toMatchObject({ kind: 'blocked', stage: 'node' });
    await devnet.produceBlock();
    await devnet.produceBlock();
    proxy.fault = () => pass;
    await proxy.reconnect();
    await proved(1);
    await scene.until('mining', ({ status: { state } }) => state.kind === 'mining');
    await pooled();
    await block();
    await proved(2);
    const { nonce, units } = await new NodeClient(devnet.url, systemClock).balance(
      scene.miner.account.state.address ?? '',
    );
    expect(nonce).toBe(2n);
    expect(units).toBe(10n * 10n ** 18n - 2n * FEE);
  });

  it('a lost answer is not a failure: the result is proved once and paid once', async () => {
    await begin();
    proxy.fault = (path) => (path === '/tx/send' ? loseAnswer : pass);
    scene.miner.power.start();
    await scene.until('sent', () => inState('sent').some(({ reason }) => reason !== null));
    proxy.fault = () => pass;
    await block();
    await proved(1);
    const client = new NodeClient(devnet.url, systemClock);
    expect((await client.balance(scene.miner.account.state.address ?? '')).nonce).toBe(1n);
  });

  it('after a crash the same bytes are followed, and nothing is signed twice', async () => {
    await begin();
    scene.miner.power.start();
    await pooled();
    const [before] = inState('in_pool');
    scene.stop();
    await devnet.produceBlock();
    const miner = await scene.start(proxy.url);
    await scene.until('proved', () => inState('proved').length === 1);
    expect(inState('proved')[0]).toMatchObject({ txHash: before?.txHash, raw: before?.raw, sends: 1 });
    expect(miner.power.running).toBe(false);
  });

  it('a node that forgot its mempool is sent the identical bytes again', async () => {
    const data = newFolder();
    await begin(data);
    scene.miner.power.start();
    await pooled();
    const [before] = inState('in_pool');
    scene.stop();
    await devnet.close();
    devnets = [];
    devnet = await openDevnet(data);
    proxy.target = devnet.url;
    await scene.start(proxy.url);
    await scene.until('sent again', () => inState('in_pool').some(({ sends }) => sends === 2));
    await block();
    await proved(1);
    expect(inState('proved')[0]).toMatchObject({ txHash: before?.txHash, raw: before?.raw });
  });
});

describe('when the world changes', () => {
  it('a nonce another program took: the result goes again while it is fresh, and the other program is noticed', async () => {
    await begin();
    // Another program of the same account is quicker: it sends right after we asked for the nonce.
    let raced = false;
    const client = new NodeClient(devnet.url, systemClock);
    const race = async () => {
      const body = await scene.miner.account.withPrivateKey((privateKey, from) =>
        serializeTransaction(
          signTransaction(
            {
              type: 'TRANSFER',
              from,
              to: from,
              amount: 1n,
              fee: exactFee('TRANSFER', 2000n),
              nonce: toNonce(0n),
              payload: {},
              gasPrice: 2000n,
              gasLimit: BASE_GAS.TRANSFER,
            },
            privateKey,
          ),
        ),
      );
      expect(await client.send(body)).toEqual({ status: 'received' });
      await devnet.produceBlock();
    };
    proxy.fault = (path) => (path === '/tx/send' && !raced ? refuse : pass);
    scene.miner.power.start();
    await scene.until('a send that did not arrive', () =>
      inState('sent').some(({ reason }) => reason !== null),
    );
    raced = true;
    await race();
    scene.miner.node.session?.retry();
    await scene.until('seen', () =>
      scene.tasks().some(({ state }) => state === 'superseded' || state === 'sent'),
    );
    for (let i = 0; i < 6 && inState('proved').length === 0; i++) await block();
    await proved(1);
    const nonces = inState('proved').map(({ accountNonce }) => accountNonce);
    expect(new Set(nonces).size).toBe(nonces.length);
    expect(nonces).not.toContain(0n);
    const { height, txHash } = scene.miner.node.session?.usedElsewhere ?? {};
    const { txs } = (await client.block(height ?? 0)) ?? {};
    expect(txs?.find((tx) => transactionHash(tx) === txHash)).toMatchObject({ type: 'TRANSFER', nonce: 0n });
  });

  it('a balance that does not pay for one result stops it before work is wasted, and a top-up resumes it', async () => {
    devnet = await openDevnet();
    await devnet.produceBlock();
    proxy = await FaultNode.start(devnet.url);
    const miner = await scene.start(proxy.url);
    await miner.account.create();
    miner.power.start();
    await scene.until(
      'blocked',
      ({ status: { state } }) => state.kind === 'blocked' && state.stage === 'balance',
    );
    expect(scene.compute.runs).toBe(0);
    await scene.topUp();
    await block();
    await pooled();
    await block();
    await proved(1);
  });

  it('the fees of an hour never pass the ceiling, and mining goes on once the oldest is an hour old', async () => {
    await begin();
    scene.miner.settings.save({ feeCeilingUnits: String(2n * FEE + FEE / 2n) });
    scene.miner.power.start();
    for (let count = 1; count <= 2; count++) {
      await pooled();
      await block();
      await proved(count);
    }
    await block();
    await scene.until('blocked', ({ status: { state } }) => state.kind === 'blocked');
    const { runs } = scene.compute;
    const address = parseAddress(scene.miner.account.state.address ?? '');
    const [oldest] = scene.miner.journal.feesSince(address, 0);
    expect(scene.miner.status.state).toMatchObject({
      stage: 'balance',
      error: { code: 'fee_ceiling_reached', remedy: 'open_settings' },
      retryAtMs: (oldest?.atMs ?? 0) + 3_600_000,
    });
    await block();
    expect(scene.compute.runs).toBe(runs);
    expect(inState('proved')).toHaveLength(2);
    scene.laterMs = 3_600_001;
    await block();
    await pooled();
    await block();
    await proved(3);
  });

  it('whatever keeps results from getting through, a block still brings the top-up and the balance', async () => {
    await begin();
    const { session } = scene.miner.node;
    if (session === null) throw new Error('not connected');
    session.submissions.takeBlock = async () => {
      throw new AppError('keychain_locked', 'The keychain is locked.', {});
    };
    await scene.topUp();
    await block();
    await scene.until('the top-up', () => session.balance === 20n * 10n ** 18n);
    expect(session.faucet.state.state).toBe('confirmed');
    expect(scene.miner.troubles.submission?.code).toBe('keychain_locked');
  });

  it('another chain stops everything that signs until the person agrees; then a new chapter begins', async () => {
    await begin();
    scene.miner.power.start();
    await pooled();
    const old = devnet;
    devnet = await openDevnet();
    // A chain of its own: block 0 carries another time.
    await devnet.produceBlock();
    proxy.target = devnet.url;
    scene.miner.node.session?.retry();
    await scene.until(
      'blocked',
      ({ status: { state } }) => state.kind === 'blocked' && state.error.code === 'chain_mismatch',
    );
    const runs = scene.compute.runs;
    const sends = proxy.requests.filter((path) => path === 'POST /tx/send').length;
    await devnet.produceBlock();
    await old.produceBlock();
    scene.miner.node.session?.retry();
    await scene.until('still blocked', ({ status: { state } }) => state.kind === 'blocked');
    expect(scene.compute.runs).toBe(runs);
    expect(proxy.requests.filter((path) => path === 'POST /tx/send')).toHaveLength(sends);

    scene.miner.node.required.acceptChain();
    await scene.until(
      'the new chain',
      ({ node: { session } }) => session?.head.tip != null && session.head.error === null,
    );
    await scene.until('old tasks ended', () =>
      inState('abandoned').some(({ reason }) => reason?.code === 'chain_mismatch'),
    );
    await scene.topUp();
    await block();
    await pooled();
    await block();
    await proved(1);
  });

  it('a tip that goes back takes what was proved with it, and the same bytes are proved on the new branch', async () => {
    const data = newFolder();
    await begin(data);
    const fork = newFolder();
    cpSync(data, fork, { recursive: true, filter: (path) => !path.endsWith('.lock') });
    scene.miner.power.start();
    await pooled();
    await block();
    await proved(1);
    const [before] = inState('proved');
    scene.miner.power.stop();
    await block();
    await block();

    devnet = await openDevnet(fork);
    proxy.target = devnet.url;
    scene.miner.node.session?.retry();
    await scene.until('taken back', () =>
      scene.tasks().some((task) => task.id === before?.id && task.state !== 'proved'),
    );
    for (let i = 0; i < 8 && inState('proved').length === 0; i++) await block();
    await proved(1);
    expect(inState('proved')[0]).toMatchObject({ id: before?.id, raw: before?.raw });
  });
});
