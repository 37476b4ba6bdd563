import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publicKeyOf, verifyHash } from '../../src-shared/chain/key';
import vectors from '../../src-shared/fixtures/poc-job-vectors.json';
import { helloSchema } from '../../src-shared/jobs/frames';
import { MinerScene } from '../driver/miner/miner-scene';
import { PlainValidator } from '../driver/world/plain-validator';

// Nothing answers there: what is tried of jobs needs no chain.
const NO_NODE = 'http://127.0.0.1:9';
const SMALL = { challenge_type: 'synthetic', seed: 'ab'.repeat(32), matrix_size: 8 };

let scene: MinerScene;
let validator: PlainValidator;

beforeEach(async () => {
  validator = await PlainValidator.start();
  scene = new MinerScene();
});
afterEach(async () => {
  scene.dispose();
  await validator.close();
});

/** A miner that is on, and connected. */
async function mine(overrides: object = {}): Promise<void> {
  await scene.start(NO_NODE, { validatorUrl: validator.url, ...overrides });
  if (scene.miner.account.state.address === null) await scene.miner.account.create();
  scene.miner.power.startForRun();
  await validator.until('connected', () => validator.isConnected);
}

const resultOf = (jobId: string) => {
  const answers = validator.answersTo(jobId);
  expect(answers).toHaveLength(1);
  return answers[0];
};

describe('a validator that is to know who comes', () => {
  it('is told, signed by the worker’s own key, before anything else', async () => {
    await mine({ jobIntroduce: true });
    await validator.until('introduced', () => validator.answers.length === 1);
    const [hello] = validator.answers;
    const address = scene.miner.account.state.address ?? '';
    expect(hello).toMatchObject({ type: 'hello', worker_address: address, engines: ['webgpu', 'cpu'] });
    const { agent, timestamp, signature } = helloSchema.parse(hello);
    const publicKey = await scene.miner.account.withPrivateKey((key) => bytesToHex(publicKeyOf(key)));
    const hash = sha256(utf8ToBytes(`${address}${agent}${timestamp}`));
    expect(verifyHash(hash, signature, publicKey)).toBe(true);
    expect(Math.abs(timestamp - Date.now() / 1000)).toBeLessThan(60);
  });
});

describe('a validator’s jobs', () => {
  it('are answered as the reference does, whatever they ask for', async () => {
    await mine();
    const cases = [...vectors.given, ...vectors.synthetic];
    for (const [index, { payload }] of cases.entries()) validator.job(payload, `job-${index}`);
    await validator.until('all answered', () => validator.answers.length === cases.length);
    const worker_address = scene.miner.account.state.address;
    for (const [index, one] of cases.entries()) {
      const { result_hash, proof } = one;
      const output = 'output' in one && one.payload.return_output ? one.output : undefined;
      const { text: _, ...frame } = resultOf(`job-${index}`) ?? { text: '' };
      expect(frame).toEqual({
        type: 'job_result',
        job_id: `job-${index}`,
        worker_address,
        result_hash,
        proof,
        ...(output === undefined ? {} : { output }),
      });
    }
    expect(scene.errors).toEqual([]);
  });

  it('that come again are answered with the same bytes, and not computed again', async () => {
    await mine();
    const frame = validator.job(SMALL, 'one');
    await validator.until('answered', () => validator.answers.length === 1);
    const { runs } = scene.compute;
    validator.send(frame);
    await validator.until('answered again', () => validator.answers.length === 2);
    expect(validator.answers[1]?.text).toBe(validator.answers[0]?.text);
    expect(scene.compute.runs).toBe(runs);
    validator.job({ ...SMALL, matrix_size: 9 }, 'one');
    await validator.until('refused', () => validator.answers.length === 3);
    expect(validator.answers[2]).toMatchObject({ type: 'job_error', job_id: 'one', code: 'conflict' });
  });

  it('are answered over the next connection where the first one broke', async () => {
    await mine();
    let open = () => {};
    scene.compute.gate = new Promise((resolve) => {
      open = () => resolve();
    });
    validator.job(SMALL, 'one');
    await scene.until('computing', () => scene.compute.status.state === 'busy');
    validator.drop();
    await validator.until('gone', () => !validator.isConnected);
    open();
    await validator.until('answered', () => validator.answers.length === 1);
    expect(validator.connections).toBe(2);
    expect(resultOf('one')).toMatchObject({ type: 'job_result' });
  });

  it('that end in an error while no connection is there are answered with it over the next', async () => {
    await mine({ jobTimeLimitSeconds: 1 });
    scene.compute.gate = new Promise(() => undefined);
    validator.job(SMALL, 'one');
    await scene.until('computing', () => scene.compute.status.state === 'busy');
    const { port } = validator;
    await validator.close();
    await scene.until('timed out', ({ jobs }) => jobs.status?.errors.timeout === 1);
    validator = await PlainValidator.start(port);
    scene.miner.jobs.retry();
    await validator.until('answered', () => validator.answers.length === 1);
    expect(resultOf('one')).toMatchObject({ type: 'job_error', code: 'timeout' });
  });

  it('survive the end of the app at any moment with one answer each', async () => {
    await mine();
    scene.compute.gate = new Promise(() => undefined);
    validator.job(SMALL, 'one');
    await scene.until('computing', () => scene.compute.status.state === 'busy');
    scene.crash();
    await validator.until('gone', () => !validator.isConnected);
    await mine();
    await validator.until('answered', () =>
      validator.answersTo('one').some(({ type }) => type === 'job_result'),
    );
    const delivered = () => scene.miner.jobs.store.newest(1)[0]?.state === 'delivered';
    await scene.until('delivered', delivered);
    scene.crash();
    await validator.until('gone', () => !validator.isConnected);
    await mine();
    validator.job(SMALL, 'two');
    await validator.until('the next', () => validator.answersTo('two').length === 1);
    expect(validator.answersTo('one').filter(({ type }) => type === 'job_result')).toHaveLength(1);
  });

  it('are refused while the miner is paused, those that wait among them', async () => {
    await mine();
    let open = () => {};
    scene.compute.gate = new Promise((resolve) => {
      open = () => resolve();
    });
    for (let index = 0; index < 10; index += 1) validator.job(SMALL, `job-${index}`);
    await scene.until(
      'computing',
      ({ jobs }) => (jobs.status?.computing ?? 0) + (jobs.status?.queued ?? 0) === 10,
    );
    scene.miner.power.pause('manual');
    open();
    await validator.until('all refused', () => validator.answers.length === 10);
    expect(new Set(validator.answers.map(({ code }) => code))).toEqual(new Set(['paused']));
    validator.job(SMALL, 'late');
    await validator.until('refused', () => validator.answers.length === 11);
    scene.compute.gate = Promise.resolve();
    scene.miner.power.resume();
    validator.job(SMALL, 'late');
    await validator.until('done', () => validator.answers.length === 12);
    expect(validator.answers.at(-1)).toMatchObject({ type: 'job_result', job_id: 'late' });
  });

  it('past the queue’s end are answered busy, and those in it in full', async () => {
    await mine({ jobQueueLimit: 5 });
    for (let index = 0; index < 40; index += 1) validator.job(SMALL, `job-${index}`);
    await validator.until('all answered', () => validator.answers.length === 40);
    const busy = validator.answers.filter(({ code }) => code === 'busy');
    const done = validator.answers.filter(({ type }) => type === 'job_result');
    expect(busy.length + done.length).toBe(40);
    expect(done.length).toBeGreaterThanOrEqual(5);
    expect(busy.length).toBeGreaterThan(0);
  });

  it('that take longer than allowed are ended and answered so', async () => {
    await mine({ jobTimeLimitSeconds: 1 });
    scene.compute.gate = new Promise(() => undefined);
    validator.job(SMALL, 'slow');
    await validator.until('answered', () => validator.answers.length === 1);
    expect(resultOf('slow')).toMatchObject({ type: 'job_error', code: 'timeout' });
  });

  it('get an answer where the validator is switched, or the miner ends', async () => {
    const other = await PlainValidator.start();
    try {
      await mine();
      scene.compute.gate = new Promise(() => undefined);
      for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) validator.job(SMALL, id);
      await scene.until(
        'kept',
        ({ jobs }) => (jobs.status?.computing ?? 0) + (jobs.status?.queued ?? 0) === 7,
      );
      const store = scene.miner.jobs.store;
      const kept = store.idsIn(validator.url, 'queued').length;
      scene.miner.settings.save({ validatorUrl: other.url });
      await validator.until('all refused', () => validator.answers.length === 7);
      expect(kept).toBe(7);
      expect(store.idsIn(validator.url, 'queued')).toEqual([]);
      expect(new Set(validator.answers.map(({ code }) => code))).toEqual(new Set(['stopped']));
      await other.until('connected', () => other.isConnected);
      other.job(SMALL, 'a');
      await scene.until('kept', ({ jobs }) => jobs.status?.computing === 1);
      await scene.miner.close();
      await other.until('refused', () => other.answers.length === 1);
      expect(other.answers[0]).toMatchObject({ job_id: 'a', code: 'stopped' });
    } finally {
      await other.close();
    }
  });

  it('are asked for again after a pause that grows, and not hammered where it is refused', async () => {
    await validator.close();
    await scene.start(NO_NODE, { validatorUrl: 'ws://127.0.0.1:9/worker' });
    await scene.until('waiting', ({ jobs }) => jobs.status?.state === 'waiting');
    expect(scene.miner.jobs.status?.error).toMatchObject({ code: 'validator_unreachable' });
    validator = await PlainValidator.start(0, {
      verifyClient: (_info: unknown, answer: (ok: boolean, code: number) => void) => answer(false, 401),
    });
    scene.miner.settings.save({ validatorUrl: validator.url });
    await scene.until('refused', ({ jobs }) => jobs.status?.error?.code === 'validator_unauthorized');
    const { retryAtMs, sinceMs } = scene.miner.jobs.status ?? {};
    expect((retryAtMs ?? 0) - (sinceMs ?? 0)).toBeGreaterThanOrEqual(45_000);
  });

  it('come in frames of any kind, and none ends the connection', async () => {
    await mine();
    for (const frame of [
      '',
      '{',
      '[]',
      'null',
      '{"type":"job"}',
      '{"type":"welcome","x":1}',
      '{"type":"job","job_id":7}',
    ])
      validator.send(frame);
    validator.send(new Uint8Array([1, 2, 3]));
    validator.job({ challenge_type: 'synthetic', seed: 'ab', matrix_size: 8 }, 'bad');
    validator.job(SMALL, 'good');
    await validator.until('both answered', () => validator.answers.length === 2);
    expect(resultOf('bad')).toMatchObject({ type: 'job_error', code: 'invalid_job' });
    expect(resultOf('good')).toMatchObject({ type: 'job_result' });
    expect(validator.connections).toBe(1);
  });
});
