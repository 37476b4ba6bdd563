import type { KernelName } from '../../src-shared/ipc/kernel-choice';
import { type Figure, figure, type Goal, type Untested, untested } from '../lib/figures';
import type { Samples } from '../lib/samples';
import type { ContenderName, PeakName } from './measure';
import { rate } from './rate';
import { COMPARED_SIZE, DEFAULT_SIZE, LARGE_SIZE } from './sizes';
import { kernelsAt, othersAt, peaksOf, type Surroundings } from './surroundings';

const LABELS: Readonly<Record<ContenderName, string>> = {
  naive: 'naive i32 WGSL',
  registers: 'registers WGSL',
  'f32-tiled': 'f32-tiled WGSL',
  'dp4a-tiled': 'dp4a-tiled WGSL',
  tfjs: 'tfjs-backend-webgpu f32',
  onnxruntime: 'onnxruntime-web (WebGPU) f32',
};

const PEAK_LABELS: Readonly<Record<PeakName, string>> = {
  dp4a: 'register-only DP4a',
  fma: 'register-only FMA',
};

/** How many times faster the best variant has to be at COMPARED_SIZE on a software adapter. */
const TIMES: Readonly<Partial<Record<ContenderName, number>>> = { naive: 6, tfjs: 1.2, onnxruntime: 1.2 };
const WASM_TIMES = 12;
const SHARE_OF_PEAK = 0.5;
const SHARE_OF_PRODUCT = 0.85;

/** What the graphics adapter does at a size. A product is timed from operands in memory to C in memory, by whomever. */
export function gpuFigures(n: number, around: Surroundings, samples: Samples): Figure[] {
  const best = fastest(kernelsAt(n, around), samples);
  const products =
    best === null
      ? [figure(`best WGSL product, at N = ${n}`, untested(whyNone(around)), 'GOPS')]
      : measuredFigures(n, around, samples, best);
  return [...products, ...cardFigures(n, around, samples, best)];
}

function whyNone({ adapter }: Surroundings): string {
  return adapter === null ? 'there is no WebGPU adapter' : 'takes a software adapter too long';
}

function measuredFigures(n: number, around: Surroundings, samples: Samples, best: KernelName): Figure[] {
  const at = `at N = ${n}`;
  const software = around.adapter?.software === true;
  const others = othersAt(n, around);
  const products = [...others, ...kernelsAt(n, around)].map((name) =>
    figure(`${LABELS[name]} product, ${at}`, rate(samples, `${name}.ms`, n), 'GOPS'),
  );
  const comparisons = others.map((name) => {
    const times = software && n === COMPARED_SIZE ? TIMES[name] : undefined;
    const goal: Goal | null = times === undefined ? null : { atLeast: times };
    const ratio = samples.ratio(`${name}.ms`, `${best}.ms`);
    return figure(`best WGSL (${best}) ÷ ${LABELS[name]}, ${at}`, ratio, '', goal);
  });
  if (samples.has('one.multiplyMs')) {
    const goal = software && n === DEFAULT_SIZE ? { atLeast: WASM_TIMES } : null;
    const ratio = samples.ratio(`${best}.ms`, 'one.multiplyMs');
    comparisons.push(figure(`WASM one thread ÷ best WGSL (${best}), ${at}`, ratio, '', goal));
  }
  return [
    ...products,
    ...comparisons,
    figure(`best WGSL (${best}) read back by a product, ${at}`, samples.median(`${best}.bytes`), 'bytes'),
    ...peaksOf(around).map((peak) =>
      figure(`${PEAK_LABELS[peak]} peak beside N = ${n}`, samples.median(`${peak}-peak.gops`), 'GOPS'),
    ),
    figure(`best WGSL (${best}) kernel alone, ${at}`, rate(samples, `${best}-kernel.ms`, n), 'GOPS'),
    figure(`task end to end, best WGSL (${best}), ${at}`, samples.median(`${best}-task.totalMs`), 'ms'),
    figure(`best WGSL (${best}) read back by a task, ${at}`, samples.median(`${best}-task.bytes`), 'bytes'),
  ];
}

/** The shares that say how well a adapter is used; their goals are a real card's, at LARGE_SIZE. */
function cardFigures(n: number, around: Surroundings, samples: Samples, best: KernelName | null): Figure[] {
  const real = around.adapter !== null && !around.adapter.software;
  const held = n === LARGE_SIZE;
  if (best === null && !held) return [];
  const value = (measured: () => number | Untested) =>
    best === null || (held && !real) ? untested('needs a real graphics card') : measured();
  const goal = (atLeast: number) => (held ? { atLeast } : null);
  const name = best ?? 'WGSL';
  const at = `at N = ${n}`;
  return [
    figure(
      `best WGSL kernel alone ÷ measured peak, ${at}`,
      value(() => shareOfPeak(n, around, samples, name)),
      '',
      goal(SHARE_OF_PEAK),
    ),
    figure(
      `end to end ÷ product-only rate on the adapter, ${at}`,
      value(() => samples.ratio(`${name}-task.multiplyMs`, `${name}-task.totalMs`)),
      '',
      goal(SHARE_OF_PRODUCT),
    ),
  ];
}

/** Of the instruction that does most on this adapter, whichever the variant uses. */
function shareOfPeak(n: number, around: Surroundings, samples: Samples, name: string): number | Untested {
  const achieved = rate(samples, `${name}-kernel.ms`, n);
  const peaks = peaksOf(around).map((peak) => samples.median(`${peak}-peak.gops`));
  const known = peaks.filter((peak) => typeof peak === 'number');
  if (typeof achieved !== 'number') return achieved;
  return known.length === 0 ? untested('no peak was measured') : achieved / Math.max(...known);
}

/** The variant with the shortest product. */
function fastest(kernels: readonly KernelName[], samples: Samples): KernelName | null {
  const ms = (name: KernelName) => {
    const median = samples.median(`${name}.ms`);
    return typeof median === 'number' ? median : Number.POSITIVE_INFINITY;
  };
  return kernels.toSorted((one, other) => ms(one) - ms(other))[0] ?? null;
}
