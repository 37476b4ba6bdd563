import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import type { ComputeOutcome } from '../../src-shared/ipc/compute';
import { operandsSeed } from '../../src-shared/matrix-mult/seed';
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings';
import { VirtualClock } from '../clock/virtual-clock';
import { ALICE } from '../devnet/test-network';
import { openDatabase } from '../storage/database';
import { readerHere, readLargeFrame } from './frame-reader';
import { JobStore } from './job-store';
import { MatricesFolder } from './matrices-folder';
import { ValidatorJobs } from './validator-jobs';
import type { ValidatorSocket } from './validator-socket';

const VALIDATOR = 'ws://127.0.0.1:9/worker';
const SMALL = { challenge_type: 'synthetic', seed: 'ab'.repeat(32), matrix_size: 8 };
const frame = (jobId: string, payload: object = SMALL) =>
  Buffer.from(
    JSON.stringify({
      type: 'job',
      job_id: jobId,
      task_id: '5f0c1d8e-0000-0000-0000-0123456789ab',
      payload,
    }),
  );

const OUTCOME: ComputeOutcome = {
  kind: 'task',
  resultHash: 'ab'.repeat(32),
  proof: '00',
  product: null,
  engine: 'cpu',
  timings: { generateMs: 0, multiplyMs: 1, commitMs: 1, selfCheckMs: 1 },
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Jobs of a validator whose connection keeps what is sent over it. */
function scene(frameReader = readerHere) {
  folder = mkdtempSync(join(tmpdir(), 'jobs-'));
  const { database } = openDatabase(join(folder, 'miner.sqlite'), 0);
  const store = new JobStore(database);
  const sent: { type: string; job_id: string; code?: string }[] = [];
  const socket = {
    isOpen: true,
    send: (text: string) => sent.push(JSON.parse(text)),
    ping: () => ++pings,
    flush: () => undefined,
    drained: async () => undefined,
  };
  let pings = 0;
  const errors: unknown[] = [];
  const logged: string[] = [];
  const clock = new VirtualClock();
  const parts = {
    database,
    store,
    matrices: new MatricesFolder(join(folder, 'matrices'), (error) => errors.push(error)),
    frameReader,
    validator: VALIDATOR,
    account: { state: { state: 'ready', address: parseAddress(ALICE.address), error: null } },
    settings: () => DEFAULT_SETTINGS,
    isWorking: () => true,
    clock,
    onWork: () => undefined,
    onChange: () => undefined,
    onJob: () => undefined,
    onAnswers: () => undefined,
    onError: (error) => errors.push(error),
    log: (message) => logged.push(message),
  } satisfies ConstructorParameters<typeof ValidatorJobs>[0];
  const opened = (jobs: ValidatorJobs) => {
    jobs.opened(socket as unknown as ValidatorSocket); // all it uses of one
    return jobs;
  };
  const jobs = opened(new ValidatorJobs(parts));
  const open = () => opened(jobs);
  const restarted = () => opened(new ValidatorJobs(parts));
  return { database, store, jobs, sent, errors, logged, open, restarted, clock, pings: () => pings };
}

describe('the jobs of a validator that is left', () => {
  it('get an answer each: one that waits, one in hand, and one that was read in that very turn', async () => {
    const { database, store, jobs, sent, errors } = scene();
    void jobs.take(frame('in hand'));
    void jobs.take(frame('waits'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(jobs.next()?.jobId).toBe('in hand');
    void jobs.take(frame('just read'));
    await jobs.close();
    expect(sent.map(({ job_id, code }) => [job_id, code]).toSorted()).toEqual([
      ['in hand', 'stopped'],
      ['just read', 'stopped'],
      ['waits', 'stopped'],
    ]);
    expect(store.idsIn(VALIDATOR, 'queued')).toEqual([]);
    expect(errors).toEqual([]);
    database.close();
  });

  it('get one too where they are still being read', async () => {
    let read = () => {};
    const isAskedFor = new Promise<void>((resolve) => {
      read = resolve;
    });
    const reader = {
      ...readerHere,
      read: async (bytes: Uint8Array, frameBytes: number) => {
        await isAskedFor;
        return readLargeFrame(bytes, frameBytes);
      },
    };
    const { database, store, jobs, sent, errors } = scene(reader);
    const [rows, inner, columns] = [160, 200, 160];
    const zeros = Buffer.alloc(rows * inner).toString('base64');
    const payload = { challenge_type: 'matrix_mult', rows, inner, columns, a: zeros, b: zeros };
    const reading = jobs.take(frame('large', payload));
    const closed = jobs.close();
    read();
    await Promise.all([reading, closed]);
    expect(sent.map(({ job_id, code }) => [job_id, code])).toEqual([['large', 'stopped']]);
    expect(store.newest(9)).toEqual([]);
    expect(existsSync(join(folder, 'matrices'))).toBe(false);
    expect(errors).toEqual([]);
    database.close();
  });
});

describe('a job that comes again', () => {
  it('and whose answer can not be read back keeps those that came with it from nothing', async () => {
    const { database, jobs, errors } = scene();
    void jobs.take(frame('again'));
    await turn();
    const job = jobs.next();
    if (job === null) throw new Error('it is not there');
    jobs.done(job, OUTCOME);
    await turn();
    vi.spyOn(JobStore.prototype, 'answerOf').mockImplementation(() => {
      throw new Error('disk I/O error');
    });
    void jobs.take(frame('again'));
    void jobs.take(frame('new'));
    await turn();
    expect(errors).toHaveLength(1);
    expect(jobs.next()?.jobId).toBe('new');
    database.close();
  });
});

describe('an answer', () => {
  const [NORMAL, FULL] = [1, 2];
  const answer = async ({ jobs }: ReturnType<typeof scene>) => {
    const job = jobs.next();
    if (job === null) throw new Error('it is not there');
    jobs.done(job, OUTCOME);
    await turn();
  };

  it('is not flushed itself where its job reached the disk while it was computed', async () => {
    const validator = scene();
    const { database, jobs, sent } = validator;
    const flushes = vi.spyOn(database, 'flush');
    for (const jobId of ['one', 'two']) {
      void jobs.take(frame(jobId));
      await expect.poll(() => flushes.mock.calls).toHaveLength(1);
      expect(await flushes.mock.results[0]?.value).toBe(true);
      await turn();
      await answer(validator);
      expect([sent.at(-1)?.job_id, database.pragma('synchronous')]).toEqual([jobId, NORMAL]);
      flushes.mockClear();
    }
    database.close();
  });

  it.each([
    ['did not yet', () => new Promise<boolean>(() => undefined)],
    ['can not', async () => false],
  ])('is flushed where its job %s reach the disk', async (_why, flush) => {
    const validator = scene();
    const { database, jobs, sent } = validator;
    vi.spyOn(database, 'flush').mockImplementation(flush);
    void jobs.take(frame('one'));
    await turn();
    await turn();
    expect(database.pragma('synchronous')).toBe(NORMAL);
    await answer(validator);
    expect([sent.at(-1)?.job_id, database.pragma('synchronous')]).toEqual(['one', FULL]);
    database.close();
  });

  it('is flushed that comes with one whose job is not there yet, and takes that one along', async () => {
    const validator = scene();
    const { database, jobs, sent } = validator;
    const flush = vi.spyOn(database, 'flush').mockResolvedValueOnce(true).mockResolvedValue(false);
    void jobs.take(frame('there'));
    await expect.poll(() => flush.mock.calls).toHaveLength(1);
    await turn();
    void jobs.take(frame('not there'));
    await turn();
    const both = [jobs.next(), jobs.next()];
    for (const job of both) if (job !== null) jobs.done(job, OUTCOME);
    await turn();
    expect(sent.map(({ job_id }) => job_id)).toEqual(['there', 'not there']);
    expect(database.pragma('synchronous')).toBe(FULL);
    database.close();
  });

  it('is flushed of a job that was kept anew while it was still being flushed as it came before', async () => {
    const validator = scene();
    const { database, jobs } = validator;
    let reached = (_isThere: boolean) => {};
    const before = new Promise<boolean>((resolve) => {
      reached = resolve;
    });
    const flush = vi.spyOn(database, 'flush').mockReturnValueOnce(before).mockResolvedValue(false);
    void jobs.take(frame('one'));
    await expect.poll(() => flush.mock.calls).toHaveLength(1);
    const job = jobs.next();
    if (job === null) throw new Error('it is not there');
    jobs.failed(job, new Error('it broke'), false);
    await turn();
    void jobs.take(frame('one'));
    await turn();
    reached(true);
    await turn();
    expect(database.pragma('synchronous')).toBe(NORMAL);
    await answer(validator);
    expect(database.pragma('synchronous')).toBe(FULL);
    database.close();
  });

  it('is flushed of a job that was kept before a start, and so is an error', async () => {
    const validator = scene();
    const { database, jobs, clock } = validator;
    void jobs.take(frame('kept'));
    await turn();
    const again = validator.restarted();
    await answer({ ...validator, jobs: again });
    expect(database.pragma('synchronous')).toBe(FULL);
    void again.take(frame('fails'));
    await expect.poll(() => database.flush()).toBe(true);
    await turn();
    const job = again.next();
    if (job === null) throw new Error('it is not there');
    expect(database.pragma('synchronous')).toBe(NORMAL);
    again.failed(job, new Error('it broke'), false);
    await clock.advance(0);
    expect(database.pragma('synchronous')).toBe(FULL);
    database.close();
  });
});

describe('answers that were sent', () => {
  it('are asked about once until that is answered: a validator that is behind hangs up on who asks on and on', async () => {
    const { database, store, jobs, clock, pings } = scene();
    const answer = async (jobId: string) => {
      void jobs.take(frame(jobId));
      await turn();
      const job = jobs.next();
      if (job === null) throw new Error('it is not there');
      jobs.done(job, OUTCOME);
      await turn();
      await clock.advance(1000);
    };
    for (const jobId of ['one', 'two', 'three']) await answer(jobId);
    expect([pings(), jobs.counts.undelivered]).toEqual([1, 3]);
    const settle = async (ping: number) => {
      jobs.pong(ping);
      await clock.advance(1000);
      await turn();
    };
    await settle(1);
    expect([pings(), store.idsIn(VALIDATOR, 'answered')]).toEqual([2, [2, 3]]);
    await settle(1);
    expect([pings(), jobs.counts.undelivered]).toEqual([2, 2]);
    // One that comes for a later question answers the earlier ones too (RFC 6455, section 5.5.3).
    await settle(7);
    expect([pings(), jobs.counts.undelivered, store.idsIn(VALIDATOR, 'answered')]).toEqual([2, 0, []]);
    database.close();
  });
});

describe('a large job', () => {
  it('is computed from what its file holds, and leaves none behind once it is answered', async () => {
    const { database, jobs, sent, errors } = scene();
    const [rows, inner, columns] = [160, 200, 160];
    const [a, b] = [randomBytes(rows * inner), randomBytes(inner * columns)];
    const given = { rows, inner, columns, a: a.toString('base64'), b: b.toString('base64') };
    await jobs.take(frame('large', { challenge_type: 'matrix_mult', ...given }));
    await new Promise((resolve) => setImmediate(resolve));
    expect(readdirSync(join(folder, 'matrices'))).toHaveLength(1);
    const job = jobs.next();
    if (job === null) throw new Error('it is not there');
    const { operands } = jobs.task(job);
    if (operands.kind === 'drawn') throw new Error('it gives its matrices');
    expect(Buffer.from(operands.a)).toEqual(a);
    expect(Buffer.from(operands.b)).toEqual(b);
    expect(operands.seed).toEqual(operandsSeed({ rows, inner, columns }, operands.a, operands.b));
    jobs.done(job, OUTCOME);
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toMatchObject([{ job_id: 'large', type: 'job_result', result_hash: 'ab'.repeat(32) }]);
    await expect.poll(() => readdirSync(join(folder, 'matrices'))).toEqual([]);
    expect(errors).toEqual([]);
    database.close();
  });
});

describe('a validator that sends without an end', () => {
  it('is told 10 000 of what could not be said while it was away, and no more', async () => {
    const { jobs, sent, open, clock } = scene();
    jobs.closed();
    const most = 10_000;
    const kept = DEFAULT_SETTINGS.jobQueueLimit;
    for (let job = 0; job < kept + most + 1; job += 1) void jobs.take(frame(`${job}`));
    await clock.advance(1000);
    open();
    const busy = sent.filter(({ type, code }) => type === 'job_error' && code === 'busy');
    expect(busy.map(({ job_id }) => job_id)).toEqual(
      Array.from({ length: most }, (_, index) => `${kept + index}`),
    );
  });

  it('what is no job is told of in the log once a kind, 32 kinds', () => {
    const { jobs, logged } = scene();
    for (let kind = 0; kind < 40; kind += 1)
      for (let time = 0; time < 2; time += 1) void jobs.take(Buffer.from(`{"type":"kind ${kind}"}`));
    expect(logged).toHaveLength(32);
    expect(new Set(logged).size).toBe(32);
  });
});
