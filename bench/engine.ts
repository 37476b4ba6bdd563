import { parseArgs } from 'node:util';
import { ComputePage } from './engine/compute-page';
import type { Measure } from './engine/measure';
import { openNumPy } from './engine/numpy-process';
import { type Figure, figure, type Untested, untested } from './lib/figures';
import { interleave, type Probe, type Rounds } from './lib/interleave';
import { report } from './lib/report';
import type { Samples } from './lib/samples';

/** N of a task unless the settings say otherwise. */
const DEFAULT_SIZE = 1024;
/** Where threads pay off, whatever starting them costs. */
const THREADS_SIZE = 2048;
const LARGE_SIZE = 4096;
const OPENED_ROWS = 8;

/** `npm run bench -- engine [--json] [--sizes 1024,2048,4096]`. @returns the exit code */
export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      sizes: { type: 'string', default: '1024,2048,4096' },
    },
  });
  const page = await ComputePage.open();
  try {
    const cores = Math.min(await page.cores, 16);
    const figures: Figure[] = [];
    for (const n of values.sizes.split(',').map(Number)) figures.push(...(await measureSize(page, n, cores)));
    return report(figures, { json: values.json });
  } finally {
    await page.close();
  }
}

async function measureSize(page: ComputePage, n: number, cores: number): Promise<Figure[]> {
  const probe = (name: string, measure: Measure): Probe => ({
    name,
    run: async () => (await page.measure(measure)) ?? {},
  });
  const numpy = n === DEFAULT_SIZE ? openNumPy(n) : null;
  const isDefault = n === DEFAULT_SIZE;
  const probes: Probe[] = [probe('all', { kind: 'task', n, threads: cores })];
  if (n <= THREADS_SIZE) probes.push(probe('one', { kind: 'task', n, threads: 1 }));
  if (n === THREADS_SIZE) probes.push(probe('two', { kind: 'task', n, threads: Math.min(cores, 2) }));
  if (isDefault) {
    probes.push(probe('audit', { kind: 'rows', n, threads: cores, rows: OPENED_ROWS }));
    // NumPy's threads and SwiftShader's spin on for a while: what has one thread only comes after them.
    if (numpy !== null) probes.push({ name: 'numpy', run: async () => ({ totalMs: await numpy.run() }) });
    probes.push(probe('webgpu', { kind: 'webgpu', n }));
    probes.push(probe('javascript', { kind: 'javascript', n }));
  }
  const samples = await interleave(probes, roundsFor(n));
  numpy?.close();
  if (isDefault && numpy === null) samples.fail('numpy', 'there is no NumPy');
  return figuresOf(n, cores, samples);
}

/** More rounds where one is short. */
function roundsFor(n: number): Rounds {
  const rounds = n <= DEFAULT_SIZE ? 21 : n <= THREADS_SIZE ? 9 : n <= LARGE_SIZE ? 5 : 1;
  return { rounds, budgetMs: 60_000 };
}

function figuresOf(n: number, cores: number, samples: Samples): Figure[] {
  const of = (key: string) => samples.median(key);
  const ratio = (over: string, under: string) => samples.ratio(over, under);
  const rate = (key: string): number | Untested => {
    const ms = of(key);
    return typeof ms === 'number' ? (2 * n ** 3) / ms / 1e6 : ms;
  };
  const at = `at N = ${n}`;
  const figures = [
    figure(`task end to end, ${cores} threads, ${at}`, of('all.totalMs'), 'ms'),
    figure(`WASM product, ${cores} threads, ${at}`, rate('all.multiplyMs'), 'GOPS'),
  ];
  const add = (...more: Figure[]) => figures.push(...more);
  if (samples.has('one.multiplyMs'))
    add(figure(`WASM product, one thread, ${at}`, rate('one.multiplyMs'), 'GOPS'));
  if (n === THREADS_SIZE) {
    const speedup = cores < 2 ? untested('there is one core') : ratio('one.multiplyMs', 'two.multiplyMs');
    add(figure(`WASM two threads ÷ one, ${at}`, speedup, '', { atLeast: 1.7 }));
  }
  if (n === DEFAULT_SIZE || n === LARGE_SIZE) {
    const goal = { atLeast: n === DEFAULT_SIZE ? 0.6 : 0.85 };
    add(figure(`end to end ÷ product-only rate, ${at}`, ratio('all.multiplyMs', 'all.totalMs'), '', goal));
  }
  if (n !== DEFAULT_SIZE) return figures;
  add(
    figure(`self-check ÷ end to end, ${at}`, ratio('all.selfCheckMs', 'all.totalMs'), '', { atMost: 0.08 }),
    figure(`sampled audit (k = ${OPENED_ROWS}) ÷ full, ${at}`, ratio('audit.totalMs', 'all.auditMs'), '', {
      atMost: 0.15,
    }),
    figure(`NumPy float64 and SHA-256 ÷ task end to end, ${at}`, ratio('numpy.totalMs', 'all.totalMs'), '', {
      atLeast: 1,
    }),
    figure(`plain JavaScript product, ${at}`, rate('javascript.multiplyMs'), 'GOPS'),
    figure(`WASM one thread ÷ plain JavaScript, ${at}`, ratio('javascript.multiplyMs', 'one.multiplyMs'), ''),
    figure(`WebGPU (SwiftShader) product, ${at}`, rate('webgpu.multiplyMs'), 'GOPS'),
    figure(
      `WASM one thread ÷ WebGPU (SwiftShader), ${at}`,
      ratio('webgpu.multiplyMs', 'one.multiplyMs'),
      '',
      {
        atLeast: 12,
      },
    ),
  );
  return figures;
}
