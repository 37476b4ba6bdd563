import { matMul, setBackend, tensor2d } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgpu';
import type { Contender } from '../gpu/contender';
import { byRows } from '../operands';

/** TensorFlow.js on WebGPU, f32. @throws where its backend does not start here */
export async function openTfjs(): Promise<Contender> {
  if (!(await setBackend('webgpu'))) throw new Error('its WebGPU backend does not start');
  return {
    async prepare({ n, a, bTransposed }) {
      const left = Float32Array.from(a);
      const right = Float32Array.from(byRows(bTransposed, n));
      return {
        async run() {
          const operands = [tensor2d(left, [n, n]), tensor2d(right, [n, n])] as const;
          const product = matMul(...operands);
          const c = await product.data<'float32'>();
          for (const tensor of [...operands, product]) tensor.dispose();
          return c;
        },
        dispose: () => undefined,
      };
    },
  };
}
