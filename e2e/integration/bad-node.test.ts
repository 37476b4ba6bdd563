import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Devnet, startDevnet } from '../../src-main/devnet/devnet';
import { MinerScene } from '../driver/miner/miner-scene';
import { FaultNode } from '../driver/world/fault-node';
import { BAD_ANSWERS, pass, rewrite } from '../driver/world/faults';

/** What is said of them; of all others that they do not follow the protocol. */
const CODES: Readonly<Record<string, string>> = {
  'HTML with status 200': 'node_web_page',
  'half a body': 'node_connection_lost',
  'status 500': 'node_refused',
  'a redirect elsewhere': 'node_redirects',
};

let scene: MinerScene;
beforeEach(() => {
  scene = new MinerScene();
});
afterEach(() => scene.dispose());

const blockedAtNode = () =>
  scene.until(
    'blocked at the node',
    ({ status: { state } }) => state.kind === 'blocked' && state.stage === 'node',
  );

describe('a node that is no node', () => {
  it.each(Object.entries(BAD_ANSWERS))(
    'answering with %s is named, with its cause and remedy, and not asked in a loop',
    async (name, answer) => {
      const node = await FaultNode.alone(answer);
      const miner = await scene.start(node.url);
      await miner.account.create();
      miner.power.start();
      await blockedAtNode();
      const { state } = miner.status;
      if (state.kind !== 'blocked') throw new Error('not blocked');
      expect(state.error.code).toBe(CODES[name] ?? 'node_bad_answer');
      expect(state.error.message).toContain('127.0.0.1');
      expect(state.error.remedy).not.toBe('none');
      // The next try is at least a back-off away, and said.
      expect(state.retryAtMs).toBeGreaterThan(Date.now());
      expect(node.requests.length).toBeLessThanOrEqual(3);
      await node.close();
    },
  );

  it('that is down is named, and mining goes on by itself when it is back', async () => {
    const devnet: Devnet = await startDevnet({
      port: 0,
      blockTimeSeconds: 5,
      dataFolder: null,
      manual: true,
    });
    await devnet.produceBlock();
    const proxy = await FaultNode.start('http://127.0.0.1:9');
    const miner = await scene.start(proxy.url);
    await miner.account.create();
    miner.power.start();
    await blockedAtNode();
    expect(scene.compute.runs).toBe(0);
    proxy.target = devnet.url;
    await miner.retry();
    await scene.until(
      'no longer blocked at the node',
      ({ status: { state } }) => state.kind === 'blocked' && state.stage === 'balance',
    );
    await proxy.close();
    await devnet.close();
  });

  it('that calls its network by another name than its block 0 is refused', async () => {
    const devnet: Devnet = await startDevnet({
      port: 0,
      blockTimeSeconds: 5,
      dataFolder: null,
      manual: true,
    });
    await devnet.produceBlock();
    const liar = await FaultNode.start(devnet.url);
    liar.fault = () => rewrite((text) => text.replace('"devnet"', '"mainnet"'));
    const miner = await scene.start(liar.url);
    await miner.account.create();
    miner.power.start();
    await scene.until(
      'refused',
      ({ status: { state } }) => state.kind === 'blocked' && state.error.code === 'chain_mismatch',
    );
    await expect(scene.topUp()).rejects.toMatchObject({ code: 'faucet_unavailable' });
    await liar.close();
    await devnet.close();
  });

  it('whose blocks do not add up is not believed, and nothing is sent to it', async () => {
    const devnet: Devnet = await startDevnet({
      port: 0,
      blockTimeSeconds: 5,
      dataFolder: null,
      manual: true,
    });
    await devnet.produceBlock();
    await devnet.produceBlock();
    const forger = await FaultNode.start(devnet.url);
    const forge = rewrite((text) => text.replace(/"gas_limit":\d+/, '"gas_limit":49999999'));
    forger.fault = (path) => (path === '/block/1' ? forge : pass);
    const miner = await scene.start(forger.url);
    await miner.account.create();
    miner.power.start();
    await scene.until(
      'not believed',
      ({ status: { state } }) => state.kind === 'blocked' && state.error.code === 'block_invalid',
    );
    expect(miner.status.state).toMatchObject({ stage: 'chain' });
    await forger.close();
    await devnet.close();
  });

  it('whose list of validators came spoilt once is believed again as soon as it is right', async () => {
    const devnet: Devnet = await startDevnet({
      port: 0,
      blockTimeSeconds: 5,
      dataFolder: null,
      manual: true,
    });
    await devnet.produceBlock();
    await devnet.produceBlock();
    const node = await FaultNode.start(devnet.url);
    const spoil = rewrite((text) =>
      // Another byte than there is.
      text.replace(
        /"pq_pub_key":"(..)(..)/,
        (_all, first, second) => `"pq_pub_key":"${first}${second === 'ff' ? '00' : 'ff'}`,
      ),
    );
    node.fault = (path) => (path === '/validators' ? spoil : pass);
    const miner = await scene.start(node.url);
    miner.power.start();
    await scene.until(
      'not believed',
      ({ node: { session } }) => session?.head.error?.code === 'block_invalid',
    );
    node.fault = () => pass;
    await miner.retry();
    await scene.until(
      'believed',
      ({ node: { session } }) => session?.head.tip != null && session.head.error === null,
    );
    await node.close();
    await devnet.close();
  });
});
