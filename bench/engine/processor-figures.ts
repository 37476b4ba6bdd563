import { type Figure, figure, untested } from '../lib/figures';
import type { Samples } from '../lib/samples';
import { rate } from './rate';
import { DEFAULT_SIZE, LARGE_SIZE, OPENED_ROWS, THREADS_SIZE } from './sizes';
import type { Surroundings } from './surroundings';

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
  if (n === THREADS_SIZE) {
    const speedup =
      threads < 2 ? untested('there is one core') : samples.ratio('one.multiplyMs', 'two.multiplyMs');
    figures.push(figure(`WASM two threads ÷ one, ${at}`, speedup, '', { atLeast: 1.7 }));
  }
  if (n === DEFAULT_SIZE || n === LARGE_SIZE) {
    const goal = { atLeast: n === DEFAULT_SIZE ? 0.6 : 0.85 };
    const share = samples.ratio('all.multiplyMs', 'all.totalMs');
    figures.push(figure(`end to end ÷ product-only rate, ${at}`, share, '', goal));
  }
  if (n === DEFAULT_SIZE) figures.push(...defaultFigures(at, samples));
  return figures;
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
      { atLeast: 1 },
    ),
  ];
}
