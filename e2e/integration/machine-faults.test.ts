import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exactFee } from '../../src-shared/chain/gas';
import { NETWORKS } from '../../src-shared/chain/network';
import { type Fault, pass, refuse } from '../driver/faults';
import { RigBench } from '../driver/rig-bench';

let bench: RigBench;
beforeEach(async () => {
  bench = await RigBench.open();
});
afterEach(() => bench.close());

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
    bench.vault.locked = true;
    await expect(bench.rig.work()).rejects.toMatchObject({ code: 'keychain_locked' });
    expect(bench.rig.tasks()[0]).toMatchObject({
      state: 'computed',
      accountNonce: null,
      reason: { code: 'keychain_locked' },
    });
    await bench.blocks(1);
    expect(bench.sent).toEqual([]);
    bench.vault.locked = false;
    await bench.blocks(2);
    expect(bench.rig.tasks()[0]?.accountNonce).toBe(0n);
    await bench.assertProved(1);
  });

  it('by a disk that is full: it says so, and once there is room nothing is lost or paid for twice', async () => {
    const full = Number(bench.rig.database.pragma('page_count')) + 6;
    bench.rig.database.exec(`PRAGMA max_page_count = ${full}`);
    const codes = new Set<unknown>();
    for (let result = 0; result < 12; result++) {
      await bench.rig.work().catch(({ code }) => codes.add(code));
      await bench.world.block();
      await bench.rig.look().catch(({ code }) => codes.add(code));
    }
    expect([...codes]).toEqual(['disk_full']);
    bench.rig.database.exec('PRAGMA max_page_count = 1000000');
    await bench.blocks(5);
    const found = await bench.audit();
    expect(found).toMatchObject({ lost: [], duplicated: [], unfinished: [] });
    expect(found.proved).toBeGreaterThan(0);
    expect(found.feesPaidUnits).toBe(found.feesExpectedUnits);
  });

  it('by a clock that is set back: what did not arrive goes again all the same', async () => {
    bench.spoil('/tx/send', refuse);
    await bench.rig.work();
    bench.heal();
    bench.skewMs = -3600_000;
    await bench.blocks(2);
    await bench.assertProved(1);
  });

  it('by sleep: hours later what was sent is found, and old work is not', async () => {
    await bench.rig.work();
    for (let block = 0; block < 40; block++) await bench.world.block();
    bench.world.wait(5 * 3600_000);
    await bench.world.block();
    await bench.rig.look();
    await bench.assertProved(1);
    await bench.rig.work();
    await bench.blocks(1);
    await bench.assertProved(2);
  });
});

describe('a transaction that the proposer drops without a word', () => {
  it('is recognised after it was sent some times, and ends with its reason', async () => {
    // The node says that it took it, and it never comes to a block.
    bench.world.front.fault = neverTaken;
    await bench.rig.work();
    await bench.blocks(24);
    expect(bench.rig.tasks()[0]).toMatchObject({
      state: 'rejected',
      reason: { params: { word: 'dropped by the proposer' } },
    });
    expect(new Set(bench.sent).size).toBe(1);
  });
});

describe('the fee ceiling of an hour', () => {
  it('is checked before anything is signed, and leaves room again as the hour moves on', async () => {
    const fee = exactFee('SUBMIT_RESULT', NETWORKS.devnet.minGasPrice);
    bench.crash();
    await bench.restart(bench.world.front.url, 2n * fee);
    for (let result = 0; result < 2; result++) {
      await bench.rig.work();
      await bench.blocks(1);
    }
    await expect(bench.rig.work()).rejects.toMatchObject({
      code: 'fee_ceiling_reached',
      remedy: 'open_settings',
    });
    expect(bench.rig.tasks().at(-1)).toMatchObject({ state: 'computed', raw: null });
    await bench.world.block();
    await bench.rig.look();
    expect(bench.rig.tasks().at(-1)).toMatchObject({ state: 'computed', raw: null });
    bench.world.wait(3600_000);
    await bench.world.block();
    await bench.rig.look();
    await bench.rig.work();
    await bench.blocks(1);
    // The one that had to wait is still fresh.
    await bench.assertProved(4);
  });
});
