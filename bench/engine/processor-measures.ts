import { CpuEngine } from '../../src-renderer/compute/cpu-engine';
import { drawnTask, type TaskEngine, type TaskOptions } from '../../src-renderer/compute/task-engine';
import { rowMultiplier } from '../../src-shared/matrix-mult/product';
import { squareShape } from '../../src-shared/matrix-mult/shape';
import type { Measured } from './measure';
import { operandsOf, SEED } from './operands';

/** Nobody watches, nobody cancels. */
export const UNWATCHED: TaskOptions = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
};

const processors = new Map<number, Promise<CpuEngine>>();

/** The CPU engine on so many threads. */
export function processor(threads: number): Promise<CpuEngine> {
  const engine = processors.get(threads) ?? CpuEngine.open({ threads });
  processors.set(threads, engine);
  return engine;
}

export async function measureTask(n: number, threads: number): Promise<Measured> {
  return timeTask(await processor(threads), n);
}

/** Times a whole task, in total and part by part. */
export async function timeTask(engine: TaskEngine, n: number): Promise<Measured> {
  const started = performance.now();
  const { timings } = await engine.compute(drawnTask(SEED, squareShape(n)), UNWATCHED);
  const totalMs = performance.now() - started;
  // A full audit does all but the self-check.
  return { totalMs, ...timings, auditMs: totalMs - timings.selfCheckMs };
}

export async function measureRows(n: number, threads: number, count: number): Promise<Measured> {
  const engine = await processor(threads);
  // Spread out, as the rows a root draws are.
  const rows = Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * n) / count));
  const started = performance.now();
  await engine.rowDigests(drawnTask(SEED, squareShape(n)), rows, UNWATCHED);
  return { totalMs: performance.now() - started };
}

export async function measureJavaScript(n: number): Promise<Measured> {
  const { a, bTransposed } = operandsOf(n);
  const started = performance.now();
  const multiply = rowMultiplier(bTransposed, n);
  for (let row = 0; row < n; row++) multiply(a.subarray(row * n, (row + 1) * n));
  return { multiplyMs: performance.now() - started };
}
