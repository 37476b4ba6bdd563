import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DevnetScene } from '../driver/miner/devnet-scene';
import { PlainValidator } from '../driver/world/plain-validator';

const SMALL = { challenge_type: 'synthetic', seed: 'ab'.repeat(32), matrix_size: 8 };

let scene: DevnetScene;
let validator: PlainValidator;

beforeEach(async () => {
  validator = await PlainValidator.start();
  scene = await DevnetScene.open();
});
afterEach(async () => {
  await scene.close();
  await validator.close();
});

const ofJobs = () => scene.tasks().filter(({ job }) => job !== null);
const connected = () => validator.until('connected', () => validator.isConnected);
const answered = (count: number) =>
  validator.until(
    `${count} answered`,
    () => validator.answers.filter(({ type }) => type === 'job_result').length === count,
  );

describe('results of a validator’s jobs', () => {
  it('go to the chain too, each paid for once and proved, whatever a job’s commitment has to show', async () => {
    await scene.fund({ validatorUrl: validator.url });
    scene.miner.power.start();
    await connected();
    const tasks = [randomUUID(), randomUUID()];
    validator.job(SMALL, 'a', tasks[0]);
    validator.job({ ...SMALL, commitment: 'flat', iterations: 2 }, 'b', tasks[1]);
    await answered(2);
    await scene.until(
      'both in the pool',
      () => ofJobs().every(({ state }) => state === 'in_pool') && ofJobs().length === 2,
    );
    await scene.block();
    await scene.until('both proved', () => ofJobs().every(({ state }) => state === 'proved'));
    expect(ofJobs().map(({ taskId }) => taskId)).toEqual(tasks);
    for (const { taskId, resultHash, proof } of ofJobs()) {
      const [answer] = validator.answersTo(taskId === tasks[0] ? 'a' : 'b');
      expect(answer).toMatchObject({ result_hash: resultHash, proof: proof === '' ? null : proof });
    }
    expect(scene.errors).toEqual([]);
  });

  it('cost one fee a task, however many jobs it comes in', async () => {
    await scene.fund({ validatorUrl: validator.url });
    scene.miner.power.start();
    await connected();
    const task = randomUUID();
    for (const id of ['a', 'b', 'c']) validator.job(SMALL, id, task);
    await answered(3);
    await scene.until('in the pool', () => ofJobs()[0]?.state === 'in_pool');
    await scene.block();
    await scene.until('proved', () => ofJobs()[0]?.state === 'proved');
    await scene.block();
    expect(ofJobs()).toHaveLength(1);
  });

  it('go there once there is a way, also after a crash', async () => {
    await scene.fund({ validatorUrl: validator.url });
    scene.miner.settings.save({ nodeUrl: 'http://127.0.0.1:9' });
    await scene.until('no node', ({ node }) => node.session?.head.error != null);
    scene.miner.power.startForRun();
    await connected();
    const task = randomUUID();
    validator.job(SMALL, 'a', task);
    await answered(1);
    scene.crash();
    await validator.until('gone', () => !validator.isConnected);
    expect(validator.answers).toHaveLength(1);
    await scene.start(scene.devnet.url, { validatorUrl: validator.url, nodeUrl: scene.devnet.url });
    await scene.until('in the pool', () => ofJobs()[0]?.state === 'in_pool');
    await scene.block();
    await scene.until('proved', () => ofJobs()[0]?.state === 'proved');
    expect(ofJobs().map(({ taskId }) => taskId)).toEqual([task]);
  });

  it('stay off the chain where a person wants it so', async () => {
    await scene.fund({ validatorUrl: validator.url, jobSubmit: false });
    scene.miner.power.start();
    await connected();
    validator.job(SMALL, 'a');
    await answered(1);
    await scene.block();
    await scene.until('an own task', () => scene.tasks().some(({ job }) => job === null));
    expect(ofJobs()).toEqual([]);
  });
});
