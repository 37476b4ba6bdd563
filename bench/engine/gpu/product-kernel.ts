import type { ProductOptions, ProductRequest } from '../../../src-renderer/compute/engine';
import { Pacer } from '../../../src-renderer/compute/pacer';
import { AdapterProduct } from '../../../src-renderer/compute/webgpu/adapter-product';
import type { OpenAdapter } from '../../../src-renderer/compute/webgpu/open-adapter';
import { PreparedProduct } from '../../../src-renderer/compute/webgpu/prepared-product';
import type { KernelName } from '../../../src-shared/ipc/kernel-choice';
import { squareShape } from '../../../src-shared/matrix-mult/shape';

/** One of the product's own variants, compiled for one size, on the bench's device. */
export type ProductKernel = {
  /** As the engine runs it, slice by slice. @returns C */
  multiply(request: ProductRequest, options: ProductOptions): Promise<Int32Array>;
  /** Its dispatches alone, on operands that are on the adapter; nothing comes back. */
  dispatch(): Promise<void>;
  dispose(): void;
};

/** Compiles a variant; the only place of the bench that knows what the engine builds it from. */
export async function openProductKernel(
  adapter: OpenAdapter,
  name: KernelName,
  n: number,
): Promise<ProductKernel> {
  const { device } = adapter;
  const engine = new AdapterProduct(adapter, new Pacer());
  const bare = await PreparedProduct.create(adapter, name, squareShape(n));
  const band = device.createBuffer({ size: bare.bandBytes, usage: GPUBufferUsage.STORAGE });
  const bound = bare.bind(band);
  return {
    multiply: (request, options) => engine.multiply(name, request, options),
    async dispatch() {
      const step = bare.mostTiles;
      const submitted: Promise<undefined>[] = [];
      for (let first = 0; first < bare.tiles; first += step) {
        const toBoundary = bare.bandTiles - (first % bare.bandTiles);
        const count = Math.min(step, toBoundary, bare.tiles - first);
        submitted.push(bare.submit(bound, first, count));
      }
      await Promise.all(submitted);
    },
    dispose() {
      engine.forget();
      bare.destroy();
      band.destroy();
    },
  };
}
