import { z } from 'zod';

/** Which engine made a result. */
export const engineSchema = z.enum(['webgpu', 'cpu']);
export type Engine = z.infer<typeof engineSchema>;

/** Why an engine computes; the ui has a sentence for each. */
export const engineReasonSchema = z.enum([
  'starting',
  'setting_webgpu',
  'setting_cpu',
  'real_adapter',
  'software_adapter',
  'no_adapter',
  /** The adapter failed its self-check three times within an hour. */
  'quarantined',
  /** The adapter has no buffer large enough for this matrix size. */
  'too_large',
  /** No kernel gave the right product at this size. */
  'no_exact_kernel',
]);
export type EngineReason = z.infer<typeof engineReasonSchema>;
