import { z } from 'zod';
import { operations, type Shape, squareShape } from '../matrix-mult/shape';

/** The WebGPU kernels there are (src-renderer/compute/webgpu). */
export const KERNEL_NAMES = ['registers', 'f32-tiled', 'dp4a-tiled'] as const;
export const kernelNameSchema = z.enum(KERNEL_NAMES);
export type KernelName = z.infer<typeof kernelNameSchema>;

/** Which kernel is best depends on how much there is to do: a small product fills an adapter differently from a large one. */
export const SIZE_CLASSES = ['small', 'medium', 'large'] as const;
export const sizeClassSchema = z.enum(SIZE_CLASSES);
export type SizeClass = z.infer<typeof sizeClassSchema>;

/** The largest N of a class, or as many operations of another shape; the last has no bound of its own. */
const UP_TO = { small: 512, medium: 2048 };

/** The class of a product. */
export function sizeClassOf(shape: Shape): SizeClass {
  const operationCount = operations(shape);
  if (operationCount <= operations(squareShape(UP_TO.small))) return 'small';
  return operationCount <= operations(squareShape(UP_TO.medium)) ? 'medium' : 'large';
}

/** The sizes N of a class, both ends included; no upper end for the last. */
export function sizesOf(sizeClass: SizeClass): { readonly from: number; readonly to: number | null } {
  if (sizeClass === 'small') return { from: 1, to: UP_TO.small };
  if (sizeClass === 'medium') return { from: UP_TO.small + 1, to: UP_TO.medium };
  return { from: UP_TO.medium + 1, to: null };
}

/** How one kernel did on an adapter. */
export const kernelMeasurementSchema = z.object({
  name: kernelNameSchema,
  /** Whether it ran at all: its shader compiled, and there was memory for it. */
  ran: z.boolean(),
  /** Whether its product was the processor's, bit for bit. */
  exact: z.boolean(),
  /** Integer multiply-adds counted as two operations, 10⁹ a second; 0 where it is not exact. */
  gops: z.number(),
});
export type KernelMeasurement = z.infer<typeof kernelMeasurementSchema>;

/** The kernel to use of those measured; null where none was exact. */
export function fastestExact(measured: readonly KernelMeasurement[]): KernelMeasurement | null {
  const [best = null] = measured.filter(({ exact }) => exact).sort((one, other) => other.gops - one.gops);
  return best;
}

/** How long a whole task took with the best kernel, ms; null where that way did not end in the right root. */
export const wholeTaskMeasurementSchema = z.object({
  /** The adapter generates, multiplies, hashes and checks, and only digests come back. */
  onAdapterMs: z.number().nullable(),
  /** C comes back, and the processor does the rest. */
  productOnlyMs: z.number().nullable(),
});
export type WholeTaskMeasurement = z.infer<typeof wholeTaskMeasurementSchema>;

/** Whether a task's C is best left on the adapter. @param measured null where it was not measured */
export function staysOnAdapter(measured: WholeTaskMeasurement | null): boolean {
  if (measured === null || measured.onAdapterMs === null) return false;
  return measured.productOnlyMs === null || measured.onAdapterMs < measured.productOnlyMs;
}

/** The kernel in use for a class of sizes on this adapter, and what it was chosen from. */
export const kernelChoiceSchema = z.object({
  sizeClass: sizeClassSchema,
  /** Null where none was exact: the adapter is not used for such sizes. */
  kernel: kernelNameSchema.nullable(),
  measured: z.array(kernelMeasurementSchema).max(KERNEL_NAMES.length),
  /** Null where no kernel was exact, and on a software adapter. */
  wholeTask: wholeTaskMeasurementSchema.nullable(),
  /** Ms since the epoch. */
  measuredAtMs: z.number(),
});
export type KernelChoice = z.infer<typeof kernelChoiceSchema>;
