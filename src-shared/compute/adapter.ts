import { z } from 'zod';

/** A graphics adapter as WebGPU tells of it. */
export const adapterSchema = z.object({
  vendor: z.string(),
  architecture: z.string(),
  device: z.string(),
  description: z.string(),
  /** True for a CPU pretending to be a graphics card (SwiftShader, llvmpipe). */
  software: z.boolean(),
  /** Largest buffer it allows, bytes: bounds the matrix size. */
  maxBufferBytes: z.number(),
  /** Whether its shaders have the packed integer dot product (DP4a), native or emulated. */
  packedDot: z.boolean(),
});
export type AdapterInfo = z.infer<typeof adapterSchema>;
