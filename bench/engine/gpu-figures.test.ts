import { describe, expect, it } from 'vitest';
import { Samples } from '../lib/samples';
import { gpuFigures } from './gpu-figures';
import type { Surroundings } from './surroundings';

const adapter = (software: boolean): Surroundings['adapter'] => ({
  vendor: 'a',
  architecture: 'b',
  device: '',
  description: '',
  software,
  maxBufferBytes: 2 ** 30,
  packedDot: false,
});
const software: Surroundings = { threads: 2, adapter: adapter(true), hasDp4a: false };
const real: Surroundings = { threads: 2, adapter: adapter(false), hasDp4a: false };

function samplesOf(values: Record<string, number>): Samples {
  const samples = new Samples();
  for (const [key, value] of Object.entries(values)) samples.add(key, value);
  return samples;
}

const named = (part: string, figures: ReturnType<typeof gpuFigures>) =>
  figures.find(({ name }) => name.includes(part));

describe('the figures of the graphics adapter', () => {
  it('compare the fastest variant, against goals on a software adapter only', () => {
    const samples = samplesOf({ 'naive.ms': 100, 'registers.ms': 10, 'f32-tiled.ms': 40 });
    const name = 'best WGSL (registers) ÷ naive';
    expect(named(name, gpuFigures(512, software, samples))).toMatchObject({ value: 10, met: true });
    expect(named(name, gpuFigures(512, real, samples))).toMatchObject({ value: 10, goal: null });
  });

  it('say why another library was not measured', () => {
    const samples = samplesOf({ 'registers.ms': 10 });
    samples.fail('tfjs', 'its WebGPU backend does not start');
    expect(named('÷ tfjs', gpuFigures(512, software, samples))).toMatchObject({
      value: null,
      met: null,
      untested: 'its WebGPU backend does not start',
    });
  });

  it('leave the goals of a real card untested without one', () => {
    const figures = gpuFigures(4096, software, new Samples());
    expect(named('measured peak', figures)).toMatchObject({ value: null, goal: '≥ 0.5', met: null });
    expect(named('end to end', figures)).toMatchObject({ untested: 'needs a real graphics card' });
  });

  it('hold a real card to its measured peak, whichever instruction does most', () => {
    const n = 4096;
    const ms = (gops: number) => (2 * n ** 3) / gops / 1e6;
    const samples = samplesOf({
      'f32-tiled.ms': 30,
      'f32-tiled-kernel.ms': ms(6000),
      'f32-tiled-task.multiplyMs': 8,
      'f32-tiled-task.totalMs': 10,
      'fma-peak.gops': 10_000,
    });
    const figures = gpuFigures(n, real, samples);
    expect(named('measured peak', figures)?.value).toBeCloseTo(0.6);
    expect(named('end to end ÷', figures)).toMatchObject({ value: 0.8, met: false });
  });
});
