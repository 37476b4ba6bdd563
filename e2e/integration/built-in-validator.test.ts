import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src-main/clock/clock';
import { jobHandlers } from '../../src-main/ipc/handlers/job-handlers';
import { MinerScene } from '../driver/miner/miner-scene';
import { PlainValidator } from '../driver/world/plain-validator';

// Nothing answers there: what is tried of jobs needs no chain.
const NO_NODE = 'http://127.0.0.1:9';
const SMALL = { challenge_type: 'synthetic', seed: 'ab'.repeat(32), matrix_size: 8 };

let scene: MinerScene;
const validators: PlainValidator[] = [];

beforeEach(() => {
  scene = new MinerScene();
});
afterEach(async () => {
  scene.dispose();
  for (const validator of validators.splice(0)) await validator.close();
});

/** The built-in network is up, with its validator at another port than before. */
async function networkUp(): Promise<PlainValidator> {
  const validator = await PlainValidator.start();
  validators.push(validator);
  scene.builtInMarket.worker = validator.url;
  scene.miner.changes.tell('node');
  await validator.until('connected', () => validator.isConnected);
  return validator;
}

async function mine(): Promise<void> {
  await scene.start(NO_NODE, { validatorUrl: 'built-in' });
  if (scene.miner.account.state.address === null) await scene.miner.account.create();
  scene.miner.power.startForRun();
}

describe('the built-in validator', () => {
  it('is told as not running until its network is up, and connected to then', async () => {
    await mine();
    expect(scene.miner.jobs.status).toMatchObject({
      url: 'built-in',
      state: 'waiting',
      error: { code: 'validator_not_running' },
      retryAtMs: null,
    });
    scene.miner.jobs.retry();
    await networkUp();
    await scene.until('connected', ({ jobs }) => jobs.status?.state === 'connected');
    expect(scene.miner.jobs.status).toMatchObject({ url: 'built-in', error: null });
  });

  it('is the same one at another port: what it has no answer to yet, it gets there', async () => {
    await mine();
    const first = await networkUp();
    let open = () => {};
    scene.compute.gate = new Promise((resolve) => {
      open = () => resolve();
    });
    first.job(SMALL, 'one');
    await scene.until('computing', () => scene.compute.status.state === 'busy');
    await first.close();
    const second = await networkUp();
    open();
    await second.until('answered', () => second.answers.length === 1);
    expect(second.answersTo('one')).toMatchObject([{ type: 'job_result' }]);
    expect(scene.miner.jobs.answeredLastMinute).toBe(1);
    expect(first.answers).toEqual([]);

    scene.stop();
    await mine();
    const third = await networkUp();
    third.job(SMALL, 'two');
    await third.until('answered', () => third.answersTo('two').length === 1);
    expect(scene.miner.jobs.store.newest(2)).toMatchObject([
      { validator: 'built-in', jobId: 'two' },
      { validator: 'built-in', jobId: 'one' },
    ]);
    expect(scene.errors).toEqual([]);
  });

  it('is left alone where its network goes', async () => {
    await mine();
    const validator = await networkUp();
    scene.builtInMarket.worker = null;
    scene.miner.changes.tell('node');
    await validator.until('gone', () => !validator.isConnected);
    expect(scene.miner.jobs.status?.error).toMatchObject({ code: 'validator_not_running' });
  });
});

describe('the built-in market', () => {
  const FROM_WINDOW = { window: 1, signal: new AbortController().signal };
  const TASK = { matrixSize: 64, iterations: 1, reward: '10.0' };

  it('takes a task from the window while it is there, and is said to be gone where it is not', async () => {
    await mine();
    const { 'market:create': create } = jobHandlers(scene.miner, systemClock);
    await expect(create(TASK, FROM_WINDOW)).rejects.toMatchObject({ code: 'market_unreachable' });
    const taskId = '5f0c1d8e-0000-4000-8000-0123456789ab';
    const server = createServer((_request, response) => response.end(JSON.stringify({ task_id: taskId })));
    try {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      scene.builtInMarket.market = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      expect(await create(TASK, FROM_WINDOW)).toEqual({ taskId });
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
