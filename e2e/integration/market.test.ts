import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Devnet, startDevnet } from '../../src-main/devnet/devnet';
import type { MarketOptions } from '../../src-main/devnet/market/market';
import { TestCustomer } from '../../src-main/devnet/market/test-customer';
import { solve } from '../../src-main/devnet/market/test-worker';
import vectors from '../../src-shared/fixtures/poc-job-vectors.json';
import { MinerScene } from '../driver/miner/miner-scene';

const SMALL = { challenge_type: 'synthetic', seed: 'cd'.repeat(32), matrix_size: 33 };

let scene: MinerScene;
let devnet: Devnet;

beforeEach(() => {
  scene = new MinerScene();
});
afterEach(async () => {
  scene.dispose();
  await devnet.close();
});

/** The network with its market, and a miner that works for it. @returns the market's customer */
async function begin(market: Omit<MarketOptions, 'port'> = {}): Promise<TestCustomer> {
  devnet = await startDevnet({ port: 0, dataFolder: null, manual: true, market: { port: 0, ...market } });
  await scene.start(devnet.url, { validatorUrl: devnet.worker, jobSubmit: false });
  await scene.miner.account.create();
  scene.miner.power.startForRun();
  if (devnet.market === null) throw new Error('no market');
  return new TestCustomer(devnet.market);
}

describe('the miner and the development validator', () => {
  it('do tasks of every kind, each audited in full', { timeout: 60_000 }, async () => {
    const customer = await begin({ fullAuditOneIn: 1 });
    const payloads = [
      ...[...vectors.given, ...vectors.synthetic].map(({ payload }) => payload),
      SMALL,
      { ...SMALL, commitment: 'flat' },
      { ...SMALL, iterations: 5 },
      { ...SMALL, iterations: 5, commitment: 'flat' },
    ];
    const tasks = await Promise.all(
      payloads.map(async (payload) => ({ payload, taskId: await customer.create(payload) })),
    );
    for (const { payload, taskId } of tasks) {
      const { status, result } = await customer.finished(taskId);
      const { reason } = await customer.audit(taskId);
      expect([status, reason]).toEqual(['completed', null]);
      expect(result).toMatchObject({
        result_hash: solve(payload).result_hash,
        worker_address: scene.miner.account.state.address,
      });
    }
    expect(scene.errors).toEqual([]);
  });

  it.each(['duplicate', 'reorder', 'fragment', 'wrong_types'] as const)(
    'do all tasks although its frames are at fault: %s',
    { timeout: 60_000 },
    async (fault) => {
      const customer = await begin({ faults: [fault] });
      for (let count = 0; count < 12; count += 1) await customer.create({ ...SMALL, matrix_size: 8 + count });
      await customer.until('completed', 12);
      expect(scene.errors).toEqual([]);
    },
  );

  it('do a task over the next connection where the first is broken off', { timeout: 60_000 }, async () => {
    const customer = await begin({ faults: ['drop'] });
    const taskId = await customer.create(SMALL);
    expect(await customer.finished(taskId)).toMatchObject({ status: 'completed' });
  });
});
