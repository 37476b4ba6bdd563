import type { Probe, Rounds } from '../lib/interleave';
import type { ComputePage } from './compute-page';
import type { ContenderName, Measure } from './measure';
import type { NumPy } from './numpy-process';
import { DEFAULT_SIZE, LARGE_SIZE, OPENED_ROWS, THREADS_SIZE } from './sizes';
import { kernelsAt, othersAt, peaksOf, type Surroundings } from './surroundings';

/** Rounds of what takes a software adapter long. */
const SLOW_ROUNDS = 7;

/**
 * All that is measured at one size, in the order in which each round runs it. NumPy's threads and SwiftShader's spin on
 * for a while: plain JavaScript, which has one thread only, comes after them.
 */
export function probesAt(n: number, page: ComputePage, around: Surroundings, numpy: NumPy | null): Probe[] {
  const probe = (name: string, measure: Measure): Probe => ({ name, run: () => page.measure(measure) });
  const { threads } = around;
  const probes = [probe('all', { kind: 'task', n, threads })];
  if (n <= THREADS_SIZE) probes.push(probe('one', { kind: 'task', n, threads: 1 }));
  if (n === THREADS_SIZE && threads > 1) {
    // Right beside each other: what the machine gives two threads changes from one second to the next.
    probes.push(
      probe('two', { kind: 'task', n, threads: 2 }),
      probe('one-core', { kind: 'cores', threads: 1 }),
      probe('two-cores', { kind: 'cores', threads: 2 }),
    );
  }
  if (n === DEFAULT_SIZE) probes.push(probe('audit', { kind: 'rows', n, threads, rows: OPENED_ROWS }));
  if (numpy !== null) probes.push({ name: 'numpy', run: async () => ({ totalMs: await numpy.run() }) });
  probes.push(...gpuProbes(n, page, around));
  if (n <= DEFAULT_SIZE) probes.push(probe('javascript', { kind: 'javascript', n }));
  return probes;
}

function gpuProbes(n: number, page: ComputePage, around: Surroundings): Probe[] {
  const probe = (name: string, measure: Measure): Probe => ({
    name,
    run: () => page.measure(measure),
    ...(around.adapter?.software ? { atMost: SLOW_ROUNDS } : {}),
  });
  const product = (by: ContenderName) => probe(by, { kind: 'product', n, by });
  const kernels = kernelsAt(n, around);
  const peaks = kernels.length === 0 ? [] : peaksOf(around);
  return [
    ...othersAt(n, around).map((by) => ({ ...product(by), mayFail: by !== 'naive' })),
    ...kernels.flatMap((by) => [
      product(by),
      probe(`${by}-kernel`, { kind: 'kernel', n, by }),
      probe(`${by}-task`, { kind: 'gpuTask', n, by, threads: around.threads }),
    ]),
    ...peaks.map((of) => probe(`${of}-peak`, { kind: 'peak', of })),
  ];
}

/** More rounds where one is short. */
export function roundsAt(n: number): Rounds {
  const rounds = n <= DEFAULT_SIZE ? 21 : n <= THREADS_SIZE ? 9 : n <= LARGE_SIZE ? 5 : 1;
  return { rounds, budgetMs: 60_000 };
}
