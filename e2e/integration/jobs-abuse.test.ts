import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DevnetScene } from '../driver/miner/devnet-scene';
import { PlainValidator } from '../driver/world/plain-validator';

const SMALL = { challenge_type: 'synthetic', seed: 'ab'.repeat(32), matrix_size: 4 };

let scene: DevnetScene;
let validator: PlainValidator;

beforeEach(async () => {
  validator = await PlainValidator.start();
  scene = await DevnetScene.open();
  await scene.fund({ validatorUrl: validator.url, jobSubmit: false });
  scene.miner.power.start();
  await validator.until('connected', () => validator.isConnected);
});
afterEach(async () => {
  await scene.close();
  await validator.close();
});

/** Makes a block and sees the miner's own task for it accepted. */
async function minesOn(): Promise<void> {
  const height = await scene.block();
  const isIn = () => scene.tasks().some((task) => task.blockHeight === height && task.state === 'in_pool');
  await scene.until(`own task of block ${height}`, isIn);
}

// Longer than what is waited for in them.
describe('a validator that sends what it should not', { timeout: 120_000 }, () => {
  it('gets one answer to each of thousands of jobs at once, and own tasks go on', async () => {
    const count = 10_000;
    // Fewer than come with one reading of the connection.
    scene.miner.settings.save({ jobQueueLimit: 100 });
    for (let index = 0; index < count; index += 1) validator.job(SMALL, `job-${index}`);
    await minesOn();
    await validator.until('all answered', () => validator.answers.length >= count, 60_000);
    const kinds = new Map<unknown, number>();
    for (const { type, code } of validator.answers)
      kinds.set(code ?? type, (kinds.get(code ?? type) ?? 0) + 1);
    expect([...kinds.keys()].toSorted()).toEqual(['busy', 'job_result']);
    expect(new Set(validator.answers.map(({ job_id }) => job_id)).size).toBe(count);
    expect(validator.answers).toHaveLength(count);
  });

  it('gets the same bytes for each of thousands of copies of a job, which is computed once', async () => {
    const frame = validator.job(SMALL, 'one');
    await validator.until('answered', () => validator.answers.length === 1);
    const { runs } = scene.compute;
    const copies = 100_000;
    for (let index = 0; index < copies; index += 1) validator.send(frame);
    await validator.until('all answered', () => validator.answers.length === copies + 1, 60_000);
    expect(validator.connections).toBe(1);
    expect(new Set(validator.answers.map(({ text }) => text)).size).toBe(1);
    expect(scene.compute.runs).toBe(runs);
    await minesOn();
  });

  it('and does not read what it asked for is read no further: what waits for it stays small', async () => {
    const bytes = (length: number) => randomBytes(length).toString('base64');
    const [rows, inner, columns] = [400, 700, 400];
    const payload = {
      challenge_type: 'matrix_mult',
      rows,
      inner,
      columns,
      a: bytes(rows * inner),
      b: bytes(inner * columns),
    };
    const frame = validator.job({ ...payload, return_output: true }, 'large');
    await validator.until('answered', () => validator.answers.length === 1);
    validator.pause();
    const copies = 60;
    for (let index = 0; index < copies; index += 1) validator.send(frame);
    // Neither side reads: most of the questions stay where they are.
    await validator.untilStuck();
    expect(validator.unread).toBeGreaterThan((copies / 2) * frame.length);
    validator.resume();
    await validator.until('all answered', () => validator.answers.length === copies + 1, 60_000);
    expect(new Set(validator.answers.map(({ text }) => text)).size).toBe(1);
    expect(validator.connections).toBe(1);
  });

  it('keeps its connection, whatever JSON it sends, and each job with a name gets one answer', async () => {
    const frames = fc.sample(fc.json({ maxDepth: 4 }), 300);
    for (const json of frames) {
      validator.send(json);
      validator.send(`{"type":"job","job_id":"${randomUUID()}","task_id":${json},"payload":${json}}`);
    }
    for (const text of [
      '{"type":',
      '\\u0000',
      '['.repeat(50_000),
      '{"type":"job","job_id":"n","payload":1e999}',
    ])
      validator.send(text);
    validator.job(SMALL, 'last');
    await validator.until('the last', () => validator.answersTo('last').length === 1);
    expect(
      validator.answers.filter(({ type, code }) => type === 'job_error' && code === 'invalid_job'),
    ).toHaveLength(frames.length + 1);
    expect(validator.connections).toBe(1);
    expect(scene.errors).toEqual([]);
  });

  it('loses its connection over a frame past the limit or text that is none, and has it again', async () => {
    validator.send(`{"type":"job","pad":"${'x'.repeat(2 << 20)}"}`);
    await validator.until('closed', () => !validator.isConnected);
    await scene.until('said', ({ jobs }) => jobs.status?.error?.code === 'validator_frame');
    scene.miner.jobs.retry();
    await validator.until('connected again', () => validator.isConnected);
    validator.job(SMALL, 'after');
    await validator.until('answered', () => validator.answersTo('after').length === 1);
    validator.sendBadText();
    await validator.until('closed', () => !validator.isConnected);
    await minesOn();
  });
});
