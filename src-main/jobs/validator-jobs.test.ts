import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings';
import { VirtualClock } from '../clock/virtual-clock';
import { ALICE } from '../devnet/test-network';
import { openDatabase } from '../storage/database';
import { JobStore } from './job-store';
import { ValidatorJobs } from './validator-jobs';
import type { ValidatorSocket } from './validator-socket';

const VALIDATOR = 'ws://127.0.0.1:9/worker';
const frame = (jobId: string) =>
  JSON.stringify({
    type: 'job',
    job_id: jobId,
    task_id: '5f0c1d8e-0000-0000-0000-0123456789ab',
    payload: { challenge_type: 'synthetic', seed: 'ab'.repeat(32), matrix_size: 8 },
  });

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Jobs of a validator whose connection keeps what is sent over it. */
function scene() {
  folder = mkdtempSync(join(tmpdir(), 'jobs-'));
  const { database } = openDatabase(join(folder, 'miner.sqlite'), 0);
  const store = new JobStore(database);
  const sent: { type: string; job_id: string; code?: string }[] = [];
  const socket = {
    isOpen: true,
    send: (text: string) => sent.push(JSON.parse(text)),
    ping: () => 1,
    drained: async () => undefined,
  };
  const errors: unknown[] = [];
  const jobs = new ValidatorJobs({
    database,
    store,
    validator: VALIDATOR,
    account: { state: { state: 'ready', address: parseAddress(ALICE.address), error: null } },
    settings: () => DEFAULT_SETTINGS,
    isWorking: () => true,
    clock: new VirtualClock(),
    onWork: () => undefined,
    onChange: () => undefined,
    onJob: () => undefined,
    onAnswers: () => undefined,
    onError: (error) => errors.push(error),
    log: () => undefined,
  });
  jobs.opened(socket as unknown as ValidatorSocket); // all it uses of one
  return { database, store, jobs, sent, errors };
}

describe('the jobs of a validator that is left', () => {
  it('get an answer each: one that waits, one in hand, and one that was read in that very turn', async () => {
    const { database, store, jobs, sent, errors } = scene();
    jobs.take(frame('in hand'));
    jobs.take(frame('waits'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(jobs.next()?.jobId).toBe('in hand');
    jobs.take(frame('just read'));
    jobs.close();
    expect(sent.map(({ job_id, code }) => [job_id, code]).toSorted()).toEqual([
      ['in hand', 'stopped'],
      ['just read', 'stopped'],
      ['waits', 'stopped'],
    ]);
    expect(store.idsIn(VALIDATOR, 'queued')).toEqual([]);
    expect(errors).toEqual([]);
    database.close();
  });
});
