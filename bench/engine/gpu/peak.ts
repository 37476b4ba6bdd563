import { expandTemplate } from '../../../src-renderer/compute/webgpu/template';
import type { PeakName } from '../measure';
import dp4a from './dp4a-peak.wgsl?raw';
import fma from './fma-peak.wgsl?raw';

const CODE: Readonly<Record<PeakName, string>> = { dp4a, fma };
const THREADS = 64;
/** Enough threads to fill the largest adapter. */
const GROUPS = 4096;
const CHAINS = 4;
const STEPS = 16;
/** Either instruction multiplies and adds four times: on four int8 of a word, or on a vector of four f32. */
const OPS = 2 * 4;
/** Long enough that submitting it does not count, short enough for a watchdog. */
const SHORTEST_MS = 40;

/** A run of the microbenchmark. @returns 10⁹ operations a second, two a multiply-add */
export type Peak = () => Promise<number>;

/**
 * What the adapter does at best with one instruction, without memory: the roof that a kernel's rate is held against.
 * @throws where the adapter's WGSL does not have the instruction
 */
export async function openPeak(device: GPUDevice, name: PeakName): Promise<Peak> {
  const code = expandTemplate(CODE[name], { THREADS, CHAINS, STEPS });
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code }), entryPoint: 'main' },
  });
  const { STORAGE, UNIFORM, COPY_DST } = GPUBufferUsage;
  const work = device.createBuffer({ size: 16, usage: UNIFORM | COPY_DST });
  const out = device.createBuffer({ size: GROUPS * THREADS * 4, usage: STORAGE });
  const bindGroup = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [work, out].map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  const timeRounds = async (rounds: number): Promise<number> => {
    device.queue.writeBuffer(work, 0, Uint32Array.of(rounds, 0x01020304, 7, 0));
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(GROUPS);
    pass.end();
    const started = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    return performance.now() - started;
  };
  let rounds = 1;
  while ((await timeRounds(rounds)) < SHORTEST_MS) rounds *= 2;
  const ops = GROUPS * THREADS * CHAINS * STEPS * OPS * rounds;
  return async () => ops / (await timeRounds(rounds)) / 1e6;
}
