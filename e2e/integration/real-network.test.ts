import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { signed } from '../../src-main/chain/send-transaction';
import { addressFromPublicKey } from '../../src-shared/chain/address';
import { UNITS_PER_CPC } from '../../src-shared/chain/amount';
import { DEVNET_FAUCET_PRIVATE_KEY } from '../../src-shared/chain/faucet';
import { parsePrivateKey, publicKeyOf } from '../../src-shared/chain/key';
import { NETWORKS } from '../../src-shared/chain/network';
import { toNonce } from '../../src-shared/chain/nonce';
import { DevnetScene } from '../driver/miner/devnet-scene';

// The same node, with blocks of the test network: there coins are worth something as far as the app can know.
vi.mock('../../src-main/devnet/parameters', async (original) => {
  const others = await original<typeof import('../../src-main/devnet/parameters')>();
  return { ...others, DEVNET: NETWORKS.testnet };
});

let scene: DevnetScene;
beforeEach(async () => {
  scene = await DevnetScene.open();
});
afterEach(() => scene.close());

/** Pays the key as somebody else would: there is no faucet here. */
async function pay(address: string): Promise<void> {
  const key = parsePrivateKey(DEVNET_FAUCET_PRIVATE_KEY);
  const from = addressFromPublicKey(publicKeyOf(key));
  const { raw } = signed(
    { type: 'TRANSFER', from, to: address, amount: 10n * UNITS_PER_CPC, nonce: toNonce(0n), payload: {} },
    NETWORKS.testnet,
    key,
  );
  const answer = await scene.miner.node.required.client.send(raw);
  expect(answer.status).toBe('received');
}

it('a network of worth is mined only with a key that somebody could bring back', async () => {
  const miner = await scene.start(scene.devnet.url);
  const address = await miner.keys.create();
  await scene.until('the tip', ({ node }) => node.session?.head.tip != null);
  await expect(scene.topUp()).rejects.toMatchObject({ code: 'faucet_unavailable' });
  await pay(address);
  await scene.block();
  await scene.until('a balance', ({ node }) => (node.session?.balance ?? 0n) > 0n);
  miner.power.start();
  await scene.until('blocked', ({ status }) => status.state.kind === 'blocked');
  expect(miner.status.state).toMatchObject({
    kind: 'blocked',
    stage: 'key',
    error: { code: 'backup_needed', remedy: 'back_up_key' },
  });
  await scene.block();
  expect(scene.tasks()).toEqual([]);
  const backup = await miner.account.backUp('a passphrase');
  await miner.keys.checkBackup(address, backup, 'a passphrase');
  await scene.until('in the pool', () => scene.inState('in_pool').length === 1);
  await scene.block();
  await scene.until('proved', () => scene.inState('proved').length === 1);
  expect(readFileSync(`${scene.folder}/keys/keys.json`, 'utf8')).toContain(address);
});

it('a key that came from elsewhere needs no backup', async () => {
  const miner = await scene.start(scene.devnet.url);
  const address = await miner.keys.import('4e95ea9552ae7d7f0c317ec30f367abcb17df3b6652326629dfed745064384de');
  await scene.until('the tip', ({ node }) => node.session?.head.tip != null);
  await pay(address);
  await scene.block();
  await scene.until('a balance', ({ node }) => (node.session?.balance ?? 0n) > 0n);
  miner.power.start();
  await scene.until('in the pool', () => scene.inState('in_pool').length === 1);
});
