import type { ProductOptions, ProductRequest } from '../../../src-renderer/compute/engine';
import { generateKernel, type KernelName } from '../../../src-renderer/compute/webgpu/kernel';
import { ProductBuffers } from '../../../src-renderer/compute/webgpu/product-buffers';
import { runProduct } from '../../../src-renderer/compute/webgpu/product-run';

// As the engine cuts C at most.
const LARGEST_SLICE_ROWS = 1024;

/** One of the product's own variants, compiled for one size, on the bench's device. */
export type ProductKernel = {
  /** As the engine runs it, slice by slice. @returns C */
  multiply(request: ProductRequest, options: ProductOptions): Promise<Int32Array>;
  /** Its dispatches alone, on the operands of the last product; nothing comes back. */
  dispatch(): Promise<void>;
  dispose(): void;
};

/** Compiles a variant; the only place of the bench that knows what the engine builds it from. */
export async function openProductKernel(
  device: GPUDevice,
  name: KernelName,
  n: number,
): Promise<ProductKernel> {
  const kernel = generateKernel(name, n);
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code: kernel.code }), entryPoint: 'main' },
  });
  const sliceRows = Math.min(kernel.padded, Math.floor(LARGEST_SLICE_ROWS / kernel.tile) * kernel.tile);
  const buffers = new ProductBuffers(device, kernel, pipeline, sliceRows);
  return {
    multiply: (request, options) => runProduct(device, { kernel, pipeline, buffers }, request, options),
    async dispatch() {
      for (let first = 0, index = 0; first < kernel.padded; first += sliceRows, index += 1) {
        const slice = buffers.slices[index % buffers.slices.length];
        if (slice === undefined) throw new Error('no slice buffers');
        device.queue.writeBuffer(slice.firstRow, 0, Uint32Array.of(first));
        const encoder = device.createCommandEncoder();
        const pass = encoder.beginComputePass();
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, slice.bindGroup);
        const rows = Math.min(sliceRows, kernel.padded - first);
        pass.dispatchWorkgroups(kernel.padded / kernel.tile, rows / kernel.tile);
        pass.end();
        device.queue.submit([encoder.finish()]);
      }
      await device.queue.onSubmittedWorkDone();
    },
    dispose: () => buffers.destroy(),
  };
}
