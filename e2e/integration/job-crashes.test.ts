import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error a script without types
import { bundle } from '../../scripts/lib/bundle.mjs';
import { JobStore } from '../../src-main/jobs/job-store';
import { openDatabase } from '../../src-main/storage/database';
import type { JobCrashArguments } from '../crash/job-crash-arguments';
import { PlainValidator } from '../driver/world/plain-validator';

const matrix = (bytes: number) => randomBytes(bytes).toString('base64');
/** By the validator's name for it: one by seed, and one whose matrices are kept in a file. */
const JOBS = {
  drawn: { challenge_type: 'synthetic', seed: 'ab'.repeat(32), matrix_size: 8 },
  given: {
    challenge_type: 'matrix_mult',
    rows: 160,
    inner: 200,
    columns: 160,
    a: matrix(160 * 200),
    b: matrix(200 * 160),
  },
};
/** Of a worker that does not get to its end; most take half a second. */
const RUN_TIMEOUT_MS = 20_000;
const NAMES = Object.keys(JOBS) as (keyof typeof JOBS)[]; // its own keys
const TASK_ID = '5f0c1d8e-0000-4000-8000-0123456789ab';

let program: string;
const folders: string[] = [];
beforeAll(async () => {
  program = await bundle('e2e/crash/job-crash-program.ts');
}, 60_000);
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'job-crash-'));
  folders.push(folder);
  return folder;
};

/** Runs the worker to its end or to the boundary it dies at. @returns the boundaries it passed; null where it died */
function run(folder: string, validator: PlainValidator, dieAt: number): Promise<string[] | null> {
  const args: JobCrashArguments = { folder, validator: validator.url, jobs: NAMES.length, dieAt };
  const child = fork(program, [JSON.stringify(args)], { timeout: RUN_TIMEOUT_MS });
  return new Promise((resolve, reject) => {
    let told: string[] | null = null;
    child.on('message', (message) => {
      told = message as string[];
    });
    child.once('error', reject);
    child.once('exit', () => resolve(told));
  });
}

/** A validator that asks every worker that comes for all of its jobs, as one does that knows of no answer yet. */
async function insistent(): Promise<PlainValidator> {
  const validator = await PlainValidator.start();
  validator.onConnection = () => {
    for (const name of NAMES) validator.job(JOBS[name], name, TASK_ID);
  };
  return validator;
}

describe('after a crash at any point of a job', () => {
  it('each job has one answer, however often it is asked for and sent', async () => {
    const first = await insistent();
    const boundaries = (await run(newFolder(), first, 0)) ?? [];
    const right = Object.fromEntries(NAMES.map((name) => [name, first.answersTo(name)[0]?.result_hash]));
    await first.close();
    for (const name of [
      'before write',
      'after write',
      'before run',
      'after run',
      'before send',
      'after send',
    ])
      expect(boundaries).toContain(name);

    for (const [index, boundary] of boundaries.entries()) {
      const at = `${index + 1}: ${boundary}`;
      const folder = newFolder();
      const validator = await insistent();
      expect([at, await run(folder, validator, index + 1)]).toEqual([at, null]);
      expect([at, await run(folder, validator, 0)]).toEqual([at, expect.any(Array)]);
      for (const name of NAMES) {
        const texts = new Set(validator.answersTo(name).map(({ text }) => text));
        expect([at, name, texts.size]).toEqual([at, name, 1]);
        expect(validator.answersTo(name)[0]).toMatchObject({ type: 'job_result', result_hash: right[name] });
      }
      const { database } = openDatabase(join(folder, 'miner.sqlite'), 0);
      expect(new JobStore(database).newest(9).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
      database.close();
      expect([at, readdirSync(join(folder, 'matrices'))]).toEqual([at, []]);
      await validator.close();
    }
  }, 300_000);
});
