import { z } from 'zod';

// Drivers write a line at most.
const name = z.string().max(512);

/** A graphics adapter as WebGPU tells of it. */
export const adapterSchema = z.object({
  vendor: name,
  architecture: name,
  device: name,
  description: name,
  /** True for a CPU pretending to be a graphics card (SwiftShader, llvmpipe). */
  software: z.boolean(),
  /** Largest buffer it allows, bytes: bounds the matrix size. */
  maxBufferBytes: z.number(),
  /** Whether its shaders have the packed integer dot product (DP4a), native or emulated. */
  packedDot: z.boolean(),
});
export type AdapterInfo = z.infer<typeof adapterSchema>;
