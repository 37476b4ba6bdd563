import { byRows } from '../operands';
import type { Contender } from './contender';
import naive from './naive.wgsl?raw';

const GROUP = 8;

/** The naive kernel: what the product's variants have to be better than. */
export async function naiveProduct(device: GPUDevice): Promise<Contender> {
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code: naive }), entryPoint: 'main' },
  });
  return {
    async prepare({ n, a, bTransposed }) {
      const { STORAGE, UNIFORM, COPY_DST, COPY_SRC, MAP_READ } = GPUBufferUsage;
      const size = n * n * 4;
      const order = device.createBuffer({ size: 4, usage: UNIFORM | COPY_DST });
      device.queue.writeBuffer(order, 0, Uint32Array.of(n));
      const operands = [a, byRows(bTransposed, n)].map((values) => ({
        values: Int32Array.from(values),
        buffer: device.createBuffer({ size, usage: STORAGE | COPY_DST }),
      }));
      const c = device.createBuffer({ size, usage: STORAGE | COPY_SRC });
      const readBack = device.createBuffer({ size, usage: MAP_READ | COPY_DST });
      const bound = [order, ...operands.map(({ buffer }) => buffer), c];
      const bindGroup = device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: bound.map((buffer, binding) => ({ binding, resource: { buffer } })),
      });
      return {
        async run() {
          for (const { buffer, values } of operands) device.queue.writeBuffer(buffer, 0, values);
          const encoder = device.createCommandEncoder();
          const pass = encoder.beginComputePass();
          pass.setPipeline(pipeline);
          pass.setBindGroup(0, bindGroup);
          pass.dispatchWorkgroups(Math.ceil(n / GROUP), Math.ceil(n / GROUP));
          pass.end();
          encoder.copyBufferToBuffer(c, 0, readBack, 0, size);
          device.queue.submit([encoder.finish()]);
          await readBack.mapAsync(GPUMapMode.READ);
          const product = new Int32Array(readBack.getMappedRange()).slice();
          readBack.unmap();
          return product;
        },
        dispose() {
          for (const buffer of [...bound, readBack]) buffer.destroy();
        },
      };
    },
  };
}
