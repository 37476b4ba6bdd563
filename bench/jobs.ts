import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { PlainValidator } from '../e2e/driver/world/plain-validator';
import { loadVerifier } from '../src-main/signatures/load-verifier';
import { AppWorker } from './jobs/app-worker';
import { type Asked, askAll, checkAll, givenJob, smallJob } from './jobs/asked';
import { PlainWorker } from './jobs/plain-worker';
import { GIVEN_SIZE, JOBS_QUEUED, SMALL_SIZE } from './jobs/sizes';
import { type Figure, figure, untested } from './lib/figures';
import { interleave, type Probe } from './lib/interleave';
import { percentile } from './lib/percentile';
import { report } from './lib/report';
import type { Samples } from './lib/samples';

const AT_ONCE = 1000;
const AT_ONCE_PLAIN = 200;
const ONE_BY_ONE = 100;
const GIVEN = 16;
const GIVEN_PLAIN = 8;
const SAMPLE_MEMORY_MS = 50;

/**
 * `npm run bench -- jobs [--json] [--rounds 5]`: a validator's jobs in the app without a window, with submitting and the
 * built-in network as they come, beside a plain Python worker on jobs of the same kind. @returns the exit code
 */
export async function main(args: string[]): Promise<number> {
  await loadVerifier();
  const { values } = parseArgs({
    args,
    options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '5' } },
  });
  const [ours, plains] = [await PlainValidator.start(), await PlainValidator.start()];
  const app = await AppWorker.start(ours.url);
  const plain = PlainWorker.start(plains.port);
  try {
    // Before anything else: what was computed before leaves garbage behind.
    const idleMiB = app.memoryMiB;
    const queuedMiB = await memoryWithQueue(ours, app);
    if (plain !== null) await plains.until('the plain worker is there', () => plains.isConnected);
    const asked: Asked[] = [];
    const probes = [...appProbes(ours, app, asked), ...(plain === null ? [] : plainProbes(plains))];
    const samples = await interleave(probes, { rounds: Number(values.rounds), budgetMs: 120_000 });
    if (plain === null) for (const name of ['plain', 'plain-given']) samples.fail(name, 'there is no NumPy');
    checkAll(ours.answers, asked);
    return report([...figuresOf(samples), memoryFigure(queuedMiB - idleMiB)], { json: values.json });
  } finally {
    await app.close();
    await plain?.close();
    await Promise.all([ours.close(), plains.close()]);
  }
}

function appProbes(validator: PlainValidator, app: AppWorker, asked: Asked[]): Probe[] {
  const jobs = (count: number, job: () => Asked) => {
    const made = Array.from({ length: count }, job);
    asked.push(...made);
    return made;
  };
  return [
    {
      name: 'app',
      run: async () => ({ rate: (AT_ONCE * 1000) / (await askAll(validator, jobs(AT_ONCE, smallJob))) }),
    },
    {
      name: 'alone',
      run: async () => {
        const one = jobs(ONE_BY_ONE, smallJob);
        const took: number[] = [];
        for (const job of one) took.push(await askAll(validator, [job]));
        const computing = app.computeMs(one.map(({ jobId }) => jobId));
        const besides = took.map((ms, index) => ms - (computing[index] ?? 0));
        return { median: percentile(besides, 50) ?? Number.NaN, p95: percentile(besides, 95) ?? Number.NaN };
      },
    },
    {
      name: 'given',
      run: async () => {
        const made = jobs(GIVEN, givenJob);
        const jobMs = (await askAll(validator, made)) / GIVEN;
        // Nothing else is to be done meanwhile.
        const alone = jobs(GIVEN / 4, givenJob);
        for (const job of alone) await askAll(validator, [job]);
        const productMs = percentile(app.computeMs(alone.map(({ jobId }) => jobId)), 50) ?? Number.NaN;
        return { jobMs, productMs };
      },
    },
  ];
}

function plainProbes(validator: PlainValidator): Probe[] {
  const made = (count: number, job: () => Asked) => Array.from({ length: count }, job);
  return [
    {
      name: 'plain',
      run: async () => ({
        rate: (AT_ONCE_PLAIN * 1000) / (await askAll(validator, made(AT_ONCE_PLAIN, smallJob))),
      }),
    },
    {
      name: 'plain-given',
      run: async () => ({ jobMs: (await askAll(validator, made(GIVEN_PLAIN, givenJob))) / GIVEN_PLAIN }),
    },
  ];
}

/** The most that the app holds while nearly all of so many jobs wait, MiB. */
async function memoryWithQueue(validator: PlainValidator, app: AppWorker): Promise<number> {
  const before = validator.answers.length;
  const all = askAll(validator, Array.from({ length: JOBS_QUEUED }, smallJob));
  let most = 0;
  while (validator.answers.length < before + JOBS_QUEUED / 10) {
    most = Math.max(most, app.memoryMiB);
    await sleep(SAMPLE_MEMORY_MS);
  }
  await all;
  return most;
}

function figuresOf(samples: Samples): Figure[] {
  const small = `N = ${SMALL_SIZE}`;
  const given = `given ${GIVEN_SIZE}×${GIVEN_SIZE}×${GIVEN_SIZE}`;
  return [
    figure(`jobs answered a second, ${small}`, samples.median('app.rate'), '', { atLeast: 400 }),
    figure(`plain Python worker: jobs answered a second, ${small}`, samples.median('plain.rate'), ''),
    figure(`÷ the plain Python worker, ${small}`, samples.ratio('app.rate', 'plain.rate'), '', {
      atLeast: 3,
    }),
    figure(`one by one: beside computing, median, ${small}`, samples.median('alone.median'), 'ms', {
      atMost: 2,
    }),
    figure(`one by one: beside computing, 95 %, ${small}`, samples.median('alone.p95'), 'ms', { atMost: 8 }),
    figure(`a job, ${given}`, samples.median('given.jobMs'), 'ms'),
    figure(`its product, commitment and self-check alone`, samples.median('given.productMs'), 'ms'),
    figure(`÷ alone, ${given}`, samples.ratio('given.jobMs', 'given.productMs'), '', { atMost: 3 }),
    figure(`plain Python worker: a job, ${given}`, samples.median('plain-given.jobMs'), 'ms'),
  ];
}

function memoryFigure(overIdleMiB: number): Figure {
  const value = process.platform === 'linux' ? overIdleMiB : untested('memory is read as Linux tells it');
  return figure(`memory over idle with ${JOBS_QUEUED} jobs waiting`, value, 'MiB', { atMost: 64 });
}
