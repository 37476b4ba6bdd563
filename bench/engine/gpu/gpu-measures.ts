import type { CpuEngine } from '../../../src-renderer/compute/cpu-engine';
import { Pacer } from '../../../src-renderer/compute/pacer';
import { drawnTask, type TaskEngine } from '../../../src-renderer/compute/task-engine';
import { AdapterTask } from '../../../src-renderer/compute/webgpu/adapter-task';
import { measureWholeTask } from '../../../src-renderer/compute/webgpu/measure-whole-task';
import { OpenAdapter } from '../../../src-renderer/compute/webgpu/open-adapter';
import { type KernelName, staysOnAdapter } from '../../../src-shared/ipc/kernel-choice';
import { squareShape } from '../../../src-shared/matrix-mult/shape';
import type { ContenderName, Measured, PeakName } from '../measure';
import { assertProduct, operandsOf, SEED } from '../operands';
import { processor, timeTask, UNWATCHED } from '../processor-measures';
import type { Contender, Product } from './contender';
import { naiveProduct } from './naive-product';
import { openPeak, type Peak } from './peak';
import { openProductKernel, type ProductKernel } from './product-kernel';
import { readBackBytes } from './read-back';

const opened = OpenAdapter.open(() => undefined);
const contenders = new Map<ContenderName, Promise<Contender>>();
const peaks = new Map<PeakName, Promise<Peak>>();
/** What is compiled and on the adapter, all of one size. */
const products = new Map<ContenderName, Product>();
const kernels = new Map<KernelName, ProductKernel>();
/** How each variant does a whole task of that size. */
const engines = new Map<KernelName, Promise<TaskEngine>>();
let wholeTasks: AdapterTask | null = null;
let size = 0;

/** From operands in memory to C in memory; C is compared with the reference when a product is new. */
export async function measureProduct(n: number, by: ContenderName): Promise<Measured> {
  letOthersGo(n);
  const known = products.get(by);
  const product = known ?? (await (await contenderOf(by)).prepare(operandsOf(n)));
  products.set(by, product);
  if (known === undefined) assertProduct(operandsOf(n), await product.run());
  const before = readBackBytes();
  const started = performance.now();
  await product.run();
  const ms = performance.now() - started;
  const bytes = readBackBytes() - before;
  // A library may compute on the processor what it likes less on the adapter.
  if (bytes < n * n * 4) throw new Error('C did not come from the adapter');
  return { ms, bytes };
}

export async function measureKernel(n: number, by: KernelName): Promise<Measured> {
  letOthersGo(n);
  const kernel = await kernelOf(by, n);
  const started = performance.now();
  await kernel.dispatch();
  return { ms: performance.now() - started };
}

export async function measureGpuTask(n: number, by: KernelName, threads: number): Promise<Measured> {
  letOthersGo(n);
  const engine = await taskEngine(n, by, await processor(threads));
  const before = readBackBytes();
  const measured = await timeTask(engine, n);
  return { ...measured, bytes: readBackBytes() - before };
}

/** As the app does a task of this size on this adapter: the way that is faster there. */
function taskEngine(n: number, by: KernelName, cpu: CpuEngine): Promise<TaskEngine> {
  const engine = engines.get(by) ?? chooseWay(n, by, cpu);
  engines.set(by, engine);
  return engine;
}

async function chooseWay(n: number, by: KernelName, cpu: CpuEngine): Promise<TaskEngine> {
  const adapter = await openedAdapter();
  const { multiply } = await kernelOf(by, n);
  const productOnly = cpu.withProduct({ name: 'webgpu', multiply });
  if (adapter.info.software) return productOnly;
  wholeTasks ??= new AdapterTask(adapter, cpu, new Pacer());
  const onAdapter = wholeTasks.with(by);
  const rootBy = (engine: TaskEngine) => async () =>
    (await engine.compute(drawnTask(SEED, squareShape(n)), UNWATCHED)).commitment.root;
  const ways = { onAdapter: rootBy(onAdapter), productOnly: rootBy(productOnly) };
  return staysOnAdapter(await measureWholeTask(ways, () => adapter.isLost)) ? onAdapter : productOnly;
}

export async function measurePeak(of: PeakName): Promise<Measured> {
  const peak = peaks.get(of) ?? openPeak(await device(), of);
  peaks.set(of, peak);
  return { gops: await (await peak)() };
}

function contenderOf(name: ContenderName): Promise<Contender> {
  const contender = contenders.get(name) ?? openContender(name);
  contenders.set(name, contender);
  return contender;
}

async function openContender(name: ContenderName): Promise<Contender> {
  // Others' libraries are large: a run that does not compare does not load them.
  if (name === 'tfjs') return (await import('../rivals/tfjs')).openTfjs();
  if (name === 'onnxruntime') return (await import('../rivals/onnxruntime')).openOnnxRuntime();
  if (name === 'naive') return naiveProduct(await device());
  return {
    async prepare(operands) {
      const { multiply } = await kernelOf(name, operands.n);
      const { a, bTransposed } = operands;
      const request = { shape: squareShape(operands.n), a, bTransposed };
      return { run: () => multiply(request, UNWATCHED), dispose: () => undefined };
    },
  };
}

async function kernelOf(name: KernelName, n: number): Promise<ProductKernel> {
  const kernel = kernels.get(name) ?? (await openProductKernel(await openedAdapter(), name, n));
  kernels.set(name, kernel);
  return kernel;
}

/** Frees what another size has on the adapter. */
function letOthersGo(n: number): void {
  if (n === size) return;
  for (const product of [...products.values(), ...kernels.values()]) product.dispose();
  products.clear();
  kernels.clear();
  engines.clear();
  wholeTasks?.forget();
  size = n;
}

async function device(): Promise<GPUDevice> {
  return (await openedAdapter()).device;
}

async function openedAdapter(): Promise<OpenAdapter> {
  const adapter = await opened;
  if (adapter === null) throw new Error('there is no WebGPU adapter');
  return adapter;
}
