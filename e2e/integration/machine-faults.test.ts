import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exactFee } from '../../src-shared/chain/gas';
import { NETWORKS } from '../../src-shared/chain/network';
import { JournalScene } from '../driver/miner/journal-scene';
import { type Fault, pass, refuse } from '../driver/world/faults';

let scene: JournalScene;
beforeEach(async () => {
  scene = await JournalScene.open();
});
afterEach(() => scene.close());

/** A node that says it took a transaction, whose proposer drops it: the receipt stays pending. */
const neverTaken = (path: string): Fault => {
  const say =
    (text: string): Fault =>
    ({ response }) =>
      void response.writeHead(200).end(text);
  if (path === '/tx/send') return say(`{"tx_hash":"${'a'.repeat(64)}","status":"received"}`);
  return path.startsWith('/tx/') ? say('{"status":"pending","block_height":null}') : pass;
};
describe('the machine fails in the middle', () => {
  it('by a keychain that locks: the result keeps, its nonce is free, and it goes out once unlocked', async () => {
    scene.vault.locked = true;
    await expect(scene.driver.work()).rejects.toMatchObject({ code: 'keychain_locked' });
    expect(scene.driver.tasks()[0]).toMatchObject({
      state: 'computed',
      accountNonce: null,
      reason: { code: 'keychain_locked' },
    });
    await scene.blocks(1);
    expect(scene.sent).toEqual([]);
    scene.vault.locked = false;
    await scene.blocks(2);
    expect(scene.driver.tasks()[0]?.accountNonce).toBe(0n);
    await scene.assertProved(1);
  });

  it('by a disk that is full: it says so, and once there is room nothing is lost or paid for twice', async () => {
    const full = Number(scene.driver.database.pragma('page_count')) + 6;
    scene.driver.database.exec(`PRAGMA max_page_count = ${full}`);
    const codes = new Set<unknown>();
    for (let result = 0; result < 12; result++) {
      await scene.driver.work().catch(({ code }) => codes.add(code));
      await scene.world.block();
      await scene.driver.look().catch(({ code }) => codes.add(code));
    }
    expect([...codes]).toEqual(['disk_full']);
    scene.driver.database.exec('PRAGMA max_page_count = 1000000');
    await scene.blocks(5);
    const found = await scene.tally();
    expect(found).toMatchObject({ lost: [], duplicated: [], unfinished: [] });
    expect(found.proved).toBeGreaterThan(0);
    expect(found.feesPaidUnits).toBe(found.feesExpectedUnits);
  });

  it('by a clock that is set back: what did not arrive goes again all the same', async () => {
    scene.spoil('/tx/send', refuse);
    await scene.driver.work();
    scene.heal();
    scene.skewMs = -3600_000;
    await scene.blocks(5);
    await scene.assertProved(1);
  });

  it('by sleep: hours later what was sent is found, and old work is not', async () => {
    await scene.driver.work();
    for (let block = 0; block < 40; block++) await scene.world.block();
    scene.world.wait(5 * 3600_000);
    await scene.world.block();
    await scene.driver.look();
    await scene.assertProved(1);
    await scene.driver.work();
    await scene.blocks(1);
    await scene.assertProved(2);
  });
});

describe('a transaction that the proposer drops without a word', () => {
  it('is recognised after it was sent some times, and ends with its reason', async () => {
    // The node says that it took it, and it never comes to a block.
    scene.world.front.fault = neverTaken;
    await scene.driver.work();
    await scene.blocks(24);
    expect(scene.driver.tasks()[0]).toMatchObject({
      state: 'rejected',
      reason: { params: { word: 'dropped by the proposer' } },
    });
    expect(new Set(scene.sent).size).toBe(1);
  });
});

describe('the fee ceiling of an hour', () => {
  it('is checked before anything is signed, and leaves room again as the hour moves on', async () => {
    const fee = exactFee('SUBMIT_RESULT', NETWORKS.devnet.minGasPrice);
    scene.crash();
    await scene.restart(scene.world.front.url, 2n * fee);
    for (let result = 0; result < 2; result++) {
      await scene.driver.work();
      await scene.blocks(1);
    }
    await expect(scene.driver.work()).rejects.toMatchObject({
      code: 'fee_ceiling_reached',
      remedy: 'open_settings',
    });
    expect(scene.driver.tasks().at(-1)).toMatchObject({ state: 'computed', raw: null });
    await scene.world.block();
    await scene.driver.look();
    expect(scene.driver.tasks().at(-1)).toMatchObject({ state: 'computed', raw: null });
    scene.world.wait(3600_000);
    await scene.world.block();
    await scene.driver.look();
    await scene.driver.work();
    await scene.blocks(1);
    // The one that had to wait is still fresh.
    await scene.assertProved(4);
  });
});
