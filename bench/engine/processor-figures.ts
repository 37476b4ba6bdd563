import { type Figure, figure, untested } from '../lib/figures';
import type { Samples } from '../lib/samples';
import { rate } from './rate';
import { DEFAULT_SIZE, LARGE_SIZE, OPENED_ROWS, THREADS_SIZE } from './sizes';
import type { Surroundings } from './surroundings';

/** Two threads in registers alone do nearly twice as much as one; where they don't, there is no second core. */
const SECOND_CORE = 1.85;

/** What the CPU engine does at a size, with plain JavaScript and NumPy beside it. */
export function processorFigures(n: number, { threads }: Surroundings, samples: Samples): Figure[] {
  const at = `at N = ${n}`;
  const figures = [
    figure(`task end to end, ${threads} threads, ${at}`, samples.median('all.totalMs'), 'ms'),
    figure(`WASM product, ${threads} threads, ${at}`, rate(samples, 'all.multiplyMs', n), 'GOPS'),
  ];
  if (samples.has('one.multiplyMs'))
    figures.push(figure(`WASM product, one thread, ${at}`, rate(samples, 'one.multiplyMs', n), 'GOPS'));
  if (samples.has('javascript.multiplyMs'))
    figures.push(
      figure(`plain JavaScript product, ${at}`, rate(samples, 'javascript.multiplyMs', n), 'GOPS'),
      figure(
        `WASM one thread ÷ plain JavaScript, ${at}`,
        samples.ratio('javascript.multiplyMs', 'one.multiplyMs'),
        '',
      ),
    );
  if (n === THREADS_SIZE) figures.push(...threadFigures(at, threads, samples));
  if (n === DEFAULT_SIZE || n === LARGE_SIZE) {
    const goal = { atLeast: n === DEFAULT_SIZE ? 0.6 : 0.85 };
    const share = samples.ratio('all.multiplyMs', 'all.totalMs');
    figures.push(figure(`end to end ÷ product-only rate, ${at}`, share, '', goal));
  }
  if (n === DEFAULT_SIZE) figures.push(...defaultFigures(at, samples));
  return figures;
}

/** What a second thread brings, judged only where the machine had a second core to give meanwhile. */
function threadFigures(at: string, threads: number, samples: Samples): Figure[] {
  const name = `WASM two threads ÷ one, ${at}`;
  const goal = { atLeast: 1.7 };
  if (threads < 2) return [figure(name, untested('there is one core'), '', goal)];
  const cores = samples.ratio('one-core.ms', 'two-cores.ms');
  const lent = typeof cores === 'number' && cores < SECOND_CORE;
  const speedup = lent
    ? untested(`the machine gave two threads ${cores.toFixed(2)} times one core`)
    : samples.ratio('one.multiplyMs', 'two.multiplyMs');
  return [figure(`two threads ÷ one in registers alone, ${at}`, cores, ''), figure(name, speedup, '', goal)];
}

function defaultFigures(at: string, samples: Samples): Figure[] {
  return [
    figure(`self-check ÷ end to end, ${at}`, samples.ratio('all.selfCheckMs', 'all.totalMs'), '', {
      atMost: 0.08,
    }),
    figure(
      `sampled audit (k = ${OPENED_ROWS}) ÷ full, ${at}`,
      samples.ratio('audit.totalMs', 'all.auditMs'),
      '',
      { atMost: 0.15 },
    ),
    figure(
      `NumPy float64 and SHA-256 ÷ task end to end, ${at}`,
      samples.ratio('numpy.totalMs', 'all.totalMs'),
      '',
      { atLeast: 1.25 },
    ),
  ];
}
