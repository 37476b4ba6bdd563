/// <reference lib="webworker" />
import { CpuEngine } from '../../src-renderer/compute/cpu-engine';
import type { TaskOptions } from '../../src-renderer/compute/task-engine';
import { WebGpuEngine } from '../../src-renderer/compute/webgpu/webgpu-engine';
import { matrixA, matrixBTransposed } from '../../src-shared/matrix-mult/matrices';
import { rowMultiplier } from '../../src-shared/matrix-mult/product';
import type { FromBenchWorker, Measure, Measured, ToBenchWorker } from './measure';

const seed = new Uint8Array(32).fill(0xab);
const options: TaskOptions = { signal: new AbortController().signal, onProgress: () => undefined };
const processors = new Map<number, Promise<CpuEngine>>();
const gpu = WebGpuEngine.open(() => undefined);
const operands = new Map<number, { n: number; a: Int8Array; bTransposed: Int8Array }>();

addEventListener('message', ({ data: { id, measure } }: MessageEvent<ToBenchWorker>) => {
  const tell = (message: FromBenchWorker) => postMessage(message);
  run(measure).then(
    (measured) => tell({ id, measured }),
    (error) => tell({ id, error: String(error) }),
  );
});

async function run(measure: Measure): Promise<Measured> {
  switch (measure.kind) {
    case 'task':
      return runTask(await processor(measure.threads), measure.n);
    case 'rows':
      return recomputeRows(await processor(measure.threads), measure.n, measure.rows);
    case 'javascript':
      return multiplyPlainly(measure.n);
    case 'webgpu':
      return multiplyOnGpu(measure.n);
  }
}

async function runTask(engine: CpuEngine, n: number): Promise<Measured> {
  const started = performance.now();
  const { timings } = await engine.compute({ seed, n }, options);
  const totalMs = performance.now() - started;
  // A full audit does all but the self-check.
  return { totalMs, ...timings, auditMs: totalMs - timings.selfCheckMs };
}

async function recomputeRows(engine: CpuEngine, n: number, count: number): Promise<Measured> {
  // Spread out, as the rows a root draws are.
  const rows = Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * n) / count));
  const started = performance.now();
  await engine.rowDigests({ seed, n }, rows, options);
  return { totalMs: performance.now() - started };
}

function multiplyPlainly(n: number): Measured {
  const { a, bTransposed } = operandsOf(n);
  const started = performance.now();
  const multiply = rowMultiplier(bTransposed, n);
  for (let row = 0; row < n; row++) multiply(a.subarray(row * n, (row + 1) * n));
  return { multiplyMs: performance.now() - started };
}

async function multiplyOnGpu(n: number): Promise<Measured> {
  const engine = await gpu;
  if (engine === null) return null;
  const request = operandsOf(n);
  const started = performance.now();
  await engine.multiply(request, options);
  return { multiplyMs: performance.now() - started };
}

function processor(threads: number): Promise<CpuEngine> {
  const engine = processors.get(threads) ?? CpuEngine.open({ threads });
  processors.set(threads, engine);
  return engine;
}

function operandsOf(n: number): { n: number; a: Int8Array; bTransposed: Int8Array } {
  const made = operands.get(n) ?? { n, a: matrixA(seed, n), bTransposed: matrixBTransposed(seed, n) };
  operands.set(n, made);
  return made;
}
