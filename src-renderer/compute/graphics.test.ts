import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CpuEngine } from './cpu-engine';
import { Graphics, type GraphicsState } from './graphics';
import { Pacer } from './pacer';

const DAY_MS = 86_400_000;

let looks = 0;
const told: GraphicsState[] = [];
let graphics: Graphics;

beforeEach(() => {
  vi.useFakeTimers();
  looks = 0;
  told.length = 0;
  vi.stubGlobal('navigator', {
    gpu: {
      requestAdapter: async () => {
        looks += 1;
        return null;
      },
    },
  });
  // No task is computed here.
  const processor = undefined as unknown as CpuEngine;
  graphics = new Graphics(processor, new Pacer(), (state) => told.push(state));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('an adapter that is not there at first', () => {
  it('is looked for again, less and less often, and given up in the end', async () => {
    await graphics.open();
    expect(looks).toBe(1);
    await vi.advanceTimersByTimeAsync(10_000);
    const soon = looks;
    expect(soon).toBeGreaterThan(2);
    await vi.advanceTimersByTimeAsync(DAY_MS);
    expect(looks).toBeGreaterThan(soon);
    expect(looks).toBeLessThan(20);
    await vi.advanceTimersByTimeAsync(DAY_MS);
    expect(looks).toBeLessThan(20);
  });

  it('is told of once, however often it is not found', async () => {
    await graphics.open();
    await vi.advanceTimersByTimeAsync(DAY_MS);
    expect(told).toEqual([{ adapter: null, error: null }]);
  });

  it('is looked for anew where a person asks for it, once for however many ask at a time', async () => {
    await graphics.open();
    await vi.advanceTimersByTimeAsync(DAY_MS);
    const before = looks;
    await Promise.all([graphics.open(), graphics.open()]);
    expect(looks).toBe(before + 1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(looks).toBeGreaterThan(before + 2);
  });
});
