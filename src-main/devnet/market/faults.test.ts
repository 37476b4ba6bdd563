import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../clock/virtual-clock';
import { FAULTS } from './faults';
import { type Market, startMarket } from './market';
import { SMALL, TestCustomer } from './test-customer';
import { type SeenJob, TestWorker } from './test-worker';

let market: Market;
let customer: TestCustomer;
let worker: TestWorker;
const clock = new VirtualClock();

beforeEach(async () => {
  market = await startMarket({ port: 0, path: ':memory:', clock, jobTimeoutMs: 20_000 });
  customer = new TestCustomer(market.url);
});
afterEach(async () => {
  worker.drop();
  await market.close();
});

const connect = async (behaviour: (job: SeenJob, worker: TestWorker) => void = () => undefined) => {
  worker = await TestWorker.connect(market.worker, behaviour);
};
const switchOn = (...faults: string[]) => customer.post('/faults', { faults });
const namedRightly = () => worker.jobs.filter(({ job_id }) => String(job_id).startsWith('job-'));
const idsOf = () => worker.jobs.map(({ task_id }) => task_id);

describe('a validator with faults', () => {
  it('has those that were switched on last, and no unknown ones', async () => {
    await connect();
    expect(await switchOn(...FAULTS)).toEqual({ status: 200, body: { faults: FAULTS } });
    expect(await switchOn()).toEqual({ status: 200, body: { faults: [] } });
    expect(await switchOn('sabotage')).toMatchObject({ status: 422 });
  });

  it('sends a job twice', async () => {
    await switchOn('duplicate');
    await connect((job, self) => self.answer(job));
    const taskId = await customer.create();
    await worker.gotJobs(2);
    expect(worker.jobs[1]).toEqual(worker.jobs[0]);
    expect(await customer.finished(taskId)).toMatchObject({ status: 'completed' });
  });

  it('has a job overtaken by the next, or held back for a moment where none follows', async () => {
    await switchOn('reorder');
    await connect();
    const first = await customer.create();
    const second = await customer.create({ ...SMALL, matrix_size: 9 });
    await worker.gotJobs(2);
    expect(idsOf()).toEqual([second, first]);
    const third = await customer.create();
    await clock.advance(200);
    await worker.gotJobs(3);
    expect(idsOf()).toEqual([second, first, third]);
  });

  it('sends a frame in pieces', async () => {
    await switchOn('fragment');
    await connect((job, self) => self.answer(job));
    const taskId = await customer.create();
    expect(await customer.finished(taskId)).toMatchObject({ status: 'completed' });
  });

  it('sends half of a frame, and all of it when the time is over', async () => {
    await switchOn('truncate');
    await connect((job, self) => self.answer(job));
    const taskId = await customer.create();
    await customer.until('in_progress', 1);
    await clock.advance(20_001);
    await clock.advance(6000);
    expect(await customer.finished(taskId)).toMatchObject({ status: 'completed' });
    expect(worker.jobs).toHaveLength(1);
  });

  it('sends jobs that nobody can take before each, and is answered the right one', async () => {
    await switchOn('wrong_types');
    await connect((job, self) => {
      if (String(job.job_id).startsWith('job-')) self.answer(job);
      else self.refuse(job, 'invalid_job');
    });
    const taskId = await customer.create();
    expect(await customer.finished(taskId)).toMatchObject({ status: 'completed' });
    expect(worker.jobs.length).toBeGreaterThan(6);
    expect(namedRightly()).toHaveLength(1);
  });

  it('breaks the connection off after a job, and takes the answer over the next one', async () => {
    await switchOn('drop');
    await connect();
    const taskId = await customer.create();
    await worker.until(() => worker.closedBy !== null);
    const { jobs } = worker;
    await connect();
    for (const job of jobs) worker.answer(job);
    expect(await customer.finished(taskId)).toMatchObject({ status: 'completed' });
  });

  it('gives nothing to anybody', async () => {
    await switchOn('stall');
    await connect();
    const taskId = await customer.create();
    await customer.until('in_progress', 1);
    await switchOn();
    await clock.advance(20_001);
    await clock.advance(6000);
    await worker.gotJobs(1);
    expect(idsOf()).toEqual([taskId]);
  });

  it('never pings', async () => {
    await switchOn('silent');
    worker = await TestWorker.connect(market.worker, () => undefined, 'cpc1worker', { autoPong: false });
    await clock.advance(60_000);
    await customer.create();
    await worker.gotJobs(1);
    expect(worker.closedBy).toBeNull();
  });
});
