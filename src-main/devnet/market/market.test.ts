import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import vectors from '../../../src-shared/fixtures/poc-job-vectors.json';
import { VirtualClock } from '../../clock/virtual-clock';
import { type Market, type MarketOptions, startMarket } from './market';
import { SMALL, TestCustomer } from './test-customer';
import { type Behaviour, TestWorker } from './test-worker';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const clock = () => new VirtualClock();

async function open(
  options: Partial<MarketOptions> & { readonly path?: string; readonly clock?: VirtualClock } = {},
): Promise<{ market: Market; customer: TestCustomer; connect: Connect }> {
  const market = await startMarket({ port: 0, path: ':memory:', fullAuditOneIn: 1e9, ...options });
  ends.push(() => market.close());
  const connect: Connect = async (behaviour, address, socketOptions) => {
    const worker = await TestWorker.connect(market.worker, behaviour, address, socketOptions);
    ends.push(() => worker.drop());
    return worker;
  };
  return { market, customer: new TestCustomer(market.url), connect };
}
type Connect = (
  behaviour: Behaviour,
  address?: string,
  options?: { maxPayload?: number; autoPong?: boolean },
) => Promise<TestWorker>;

const right: Behaviour = (job, worker) => worker.answer(job);
const silent: Behaviour = () => undefined;
const WRONG = { result_hash: 'ab'.repeat(32) };

describe('the development validator', () => {
  it('has a worker that speaks nothing but results do every kind of task', async () => {
    const { customer, connect } = await open();
    await connect(right);
    for (const vector of [...vectors.given, ...vectors.synthetic]) {
      const taskId = await customer.create(vector.payload);
      expect(await customer.finished(taskId)).toEqual({
        task_id: taskId,
        status: 'completed',
        result: {
          result_hash: vector.result_hash,
          worker_address: 'cpc1worker',
          completed_at: expect.any(Number),
        },
      });
    }
  });

  it('names the task in each job, under an id of its own', async () => {
    const { customer, connect } = await open();
    const taskId = await customer.create({ ...SMALL, seed: 'AB'.repeat(32) });
    const worker = await connect(silent);
    await worker.gotJobs(1);
    expect(worker.jobs[0]).toEqual({
      type: 'job',
      job_id: expect.stringMatching(/^job-/),
      task_id: taskId,
      payload: { ...SMALL, iterations: 1, commitment: 'merkle' },
    });
    expect(await customer.show(taskId)).toEqual({ task_id: taskId, status: 'in_progress', result: null });
  });

  it('shares the tasks out among workers, and gives each but some at a time', async () => {
    const { customer, connect } = await open();
    const one = await connect(silent);
    const other = await connect(silent);
    for (let count = 0; count < 1000; count += 1) await customer.create();
    await customer.until('in_progress', 8);
    await customer.until('pending', 992);
    expect([one.jobs.length, other.jobs.length]).toEqual([4, 4]);
    for (const job of one.jobs.slice(0, 2)) one.answer(job);
    await one.gotJobs(6);
    await customer.until('completed', 2);
    await customer.until('in_progress', 8);
    expect(other.jobs).toHaveLength(4);
  });

  it('gives a task to another where its worker is gone', async () => {
    const { customer, connect } = await open();
    const taskId = await customer.create();
    const first = await connect((_, worker) => worker.drop());
    await first.until(() => first.closedBy !== null);
    const second = await connect(right, 'cpc1second');
    expect(await customer.finished(taskId)).toMatchObject({ result: { worker_address: second.address } });
  });

  it('gives a task to another where its worker is late, and takes the late answer where it comes first', async () => {
    const time = clock();
    const { customer, connect } = await open({ clock: time, jobTimeoutMs: 20_000 });
    const taskId = await customer.create();
    const slow = await connect(silent, 'cpc1slow');
    await slow.gotJobs(1);
    const other = await connect(silent, 'cpc1other');
    await time.advance(20_001);
    await other.gotJobs(1);
    expect(other.jobs).toEqual(slow.jobs);
    for (const job of slow.jobs) slow.answer(job);
    expect(await customer.finished(taskId)).toMatchObject({ result: { worker_address: 'cpc1slow' } });
    // The other's comes too late, and changes nothing; then it is free for more.
    for (const job of other.jobs) other.answer(job);
    await customer.create({ ...SMALL, matrix_size: 9 });
    await other.gotJobs(2);
    expect(await customer.show(taskId)).toMatchObject({ result: { worker_address: 'cpc1slow' } });
  });

  it('asks the only worker again after a while', async () => {
    const time = clock();
    const { customer, connect } = await open({ clock: time, jobTimeoutMs: 20_000 });
    await customer.create();
    const worker = await connect(silent);
    await worker.gotJobs(1);
    await time.advance(20_001);
    expect(worker.jobs).toHaveLength(1);
    await time.advance(6000);
    await worker.gotJobs(2);
    expect(worker.jobs[1]).toEqual(worker.jobs[0]);
  });

  it('finds out that a worker is dead, however still its connection stands', async () => {
    const time = clock();
    const { customer, connect } = await open({ clock: time, jobTimeoutMs: 1e9 });
    const taskId = await customer.create();
    const dead = await connect(silent, 'cpc1dead', { autoPong: false });
    await dead.gotJobs(1);
    await time.advance(25_001);
    await dead.until(() => dead.closedBy !== null);
    await connect(right, 'cpc1alive');
    expect(await customer.finished(taskId)).toMatchObject({ result: { worker_address: 'cpc1alive' } });
  });

  it('lets a worker that has no time rest, and gives the task to another', async () => {
    const time = clock();
    const { customer, connect } = await open({ clock: time });
    let codes = ['busy', 'paused', 'stopped', 'busy', 'busy', 'busy'];
    const busy = await connect((job, worker) => {
      const [code, ...rest] = codes;
      codes = rest;
      if (code === undefined) worker.answer(job);
      else worker.refuse(job, code);
    });
    const taskId = await customer.create();
    while (codes.length > 0) await time.advance(1000);
    await time.advance(61_000);
    expect(await customer.finished(taskId)).toMatchObject({ status: 'completed' });
    expect(busy.jobs).toHaveLength(7);
  });

  it('fails a task that workers refuse again and again, and says why', async () => {
    const { customer, connect } = await open();
    const taskId = await customer.create();
    for (const code of ['invalid_job', 'unsupported', 'failed']) {
      const worker = await connect((job, self) => self.refuse(job, code));
      await worker.gotJobs(1);
    }
    expect(await customer.finished(taskId)).toMatchObject({ status: 'failed', result: null });
    expect(await customer.audit(taskId)).toEqual({
      task_id: taskId,
      audit: null,
      reason: 'refused 3 times, the last time with failed: for a test',
    });
  });

  it('gives a refused task to another worker', async () => {
    const { customer, connect } = await open();
    const refusing = await connect((job, worker) => worker.refuse(job, 'too_large'));
    const taskId = await customer.create();
    await refusing.gotJobs(1);
    await connect(right, 'cpc1other');
    expect(await customer.finished(taskId)).toMatchObject({ result: { worker_address: 'cpc1other' } });
  });

  it('fails a task whose frame no worker can take, instead of ending every connection', async () => {
    const { customer, connect } = await open();
    const a = Buffer.alloc(1024 * 1024).toString('base64');
    const payload = {
      challenge_type: 'matrix_mult',
      rows: 1024,
      inner: 1024,
      columns: 1,
      a,
      b: a.slice(0, 1368),
    };
    const b = Buffer.alloc(1024).toString('base64');
    const taskId = await customer.create({ ...payload, b });
    for (let count = 0; count < 3; count += 1) {
      const worker = await connect(silent, 'cpc1small', { maxPayload: 1 << 20 });
      await worker.until(() => worker.closedBy !== null);
    }
    expect(await customer.finished(taskId)).toMatchObject({ status: 'failed' });
  });

  it('ends a task at its deadline, whoever has it in hand', async () => {
    const time = clock();
    const { customer, connect } = await open({ clock: time });
    const deadline = time.now() / 1000 + 10;
    const held = await customer.create(SMALL, { deadline });
    await connect(silent);
    await customer.until('in_progress', 1);
    await time.advance(9000);
    expect(await customer.show(held)).toMatchObject({ status: 'in_progress' });
    await time.advance(2000);
    expect(await customer.show(held)).toMatchObject({ status: 'failed', result: null });
  });

  it('goes on with its tasks after a restart, and takes an answer to a job from before it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'market-'));
    ends.push(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'market.db');
    const before = await open({ path });
    const done = await before.customer.create();
    const worker = await before.connect(right);
    const result = await before.customer.finished(done);
    worker.drop();
    const held = await before.customer.create({ ...SMALL, matrix_size: 9 });
    const kept = await before.connect(silent);
    await kept.gotJobs(1);
    await before.market.close();
    await kept.until(() => kept.closedBy === 1001);
    const after = await open({ path });
    expect(await after.customer.show(held)).toMatchObject({ status: 'pending' });
    expect(await after.customer.show(done)).toEqual(result);
    const again = await after.connect(silent);
    for (const job of kept.jobs) again.answer(job);
    expect(await after.customer.finished(held)).toMatchObject({ status: 'completed' });
  });

  it('begins anew beside tasks that are damaged, and keeps them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'market-'));
    ends.push(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'market.db');
    writeFileSync(path, 'no database '.repeat(1000));
    vi.spyOn(console, 'error').mockReturnValue();
    const { customer } = await open({ path });
    await customer.create();
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toHaveLength(1);
  });

  it('hears what makes no sense, and serves the worker all the same', async () => {
    const { customer, connect } = await open();
    const worker = await connect(silent);
    const spoilt = ['', '{', '[]', 'null', '{"type":"hello"}', '{"type":"job_result","job_id":"job-x"}'];
    for (const frame of spoilt) worker.send(frame);
    worker.send({ type: 'job_result', job_id: 7 });
    worker.send({ type: 'job_error', job_id: 'other', code: 'failed', message: '' });
    const taskId = await customer.create();
    await worker.gotJobs(1);
    for (const job of worker.jobs) worker.answer(job);
    expect(await customer.finished(taskId)).toMatchObject({ status: 'completed' });
  });
});

describe('a result that does not audit', () => {
  it.each([
    ['a made-up hash', WRONG, SMALL],
    ['a made-up hash of what opens nothing', WRONG, { ...SMALL, commitment: 'flat' }],
    ['a made-up hash of several iterations', { ...WRONG, proof: null }, { ...SMALL, iterations: 3 }],
    ['a hash in upper case', { result_hash: 'AB'.repeat(32) }, SMALL],
    ['another proof', { proof: '00' }, SMALL],
  ])('fails its task: %s', async (_, change, payload) => {
    const { customer, connect } = await open();
    await connect((job, worker) => worker.answer(job, change));
    const taskId = await customer.create(payload);
    expect(await customer.finished(taskId)).toMatchObject({ status: 'failed', result: null });
    expect((await customer.audit(taskId)).reason).toContain('does not audit');
  });

  it('does not while another worker has the task in hand', async () => {
    const time = clock();
    const { customer, connect } = await open({ clock: time, jobTimeoutMs: 20_000 });
    const taskId = await customer.create();
    const late = await connect(silent, 'cpc1late');
    await late.gotJobs(1);
    const other = await connect(silent, 'cpc1other');
    await time.advance(20_001);
    await other.gotJobs(1);
    for (const job of late.jobs) late.answer(job, WRONG);
    for (const job of other.jobs) other.answer(job);
    expect(await customer.finished(taskId)).toMatchObject({ result: { worker_address: 'cpc1other' } });
  });

  it('has all further results of its worker audited in full, and nobody else’s', async () => {
    const { customer, connect } = await open();
    const cheat = await connect((job, worker) => worker.answer(job, WRONG), 'cpc1cheat');
    await customer.finished(await customer.create());
    cheat.drop();
    await cheat.until(() => cheat.closedBy !== null);
    for (const [address, audit] of [
      ['cpc1cheat', 'full'],
      ['cpc1honest', 'sampled'],
    ] as const) {
      const worker = await connect(right, address);
      const taskId = await customer.create();
      await customer.finished(taskId);
      expect(await customer.audit(taskId)).toMatchObject({ audit });
      worker.drop();
      await worker.until(() => worker.closedBy !== null);
    }
  });

  it('is looked for in full in one of so many results', async () => {
    const { customer, connect } = await open({ fullAuditOneIn: 4, random: () => 0.2 });
    await connect(right);
    const taskId = await customer.create();
    await customer.finished(taskId);
    expect(await customer.audit(taskId)).toMatchObject({ audit: 'full' });
  });
});
