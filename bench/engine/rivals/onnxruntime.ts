import { bytes } from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?bytes';
import { env, InferenceSession, Tensor } from 'onnxruntime-web/webgpu';
import type { Contender } from '../gpu/contender';
import { byRows } from '../operands';
import { matMulModel } from './matmul-model';

/** ONNX Runtime on WebGPU, f32: a model of one MatMul, of fixed size so that its kernel may be made for it. */
export async function openOnnxRuntime(): Promise<Contender> {
  // The page may fetch nothing and start no worker from a blob.
  env.wasm.wasmBinary = bytes.buffer;
  env.wasm.numThreads = 1;
  env.webgpu.powerPreference = 'high-performance';
  return {
    async prepare({ n, a, bTransposed }) {
      const session = await InferenceSession.create(matMulModel(n), { executionProviders: ['webgpu'] });
      const left = Float32Array.from(a);
      const right = Float32Array.from(byRows(bTransposed, n));
      return {
        async run() {
          const { c } = await session.run({
            a: new Tensor('float32', left, [n, n]),
            b: new Tensor('float32', right, [n, n]),
          });
          if (!(c?.data instanceof Float32Array)) throw new Error('its model gives no f32');
          return c.data;
        },
        dispose: () => void session.release(),
      };
    },
  };
}
