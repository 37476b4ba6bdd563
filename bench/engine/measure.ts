import type { KernelName } from '../../src-shared/ipc/kernel-choice';

/** Other people's f32 products, for comparison. */
export const RIVALS = ['tfjs', 'onnxruntime'] as const;
export type RivalName = (typeof RIVALS)[number];

/** What multiplies on the graphics adapter: the naive kernel, the product's variants, and others' libraries. */
export type ContenderName = 'naive' | KernelName | RivalName;

/** What the bench asks of its worker in the compute page. */
export type Measure =
  /** A whole task on the CPU engine: generate, multiply, commit, self-check. */
  | { readonly kind: 'task'; readonly n: number; readonly threads: number }
  /** The same work on each of so many threads, in registers alone. */
  | { readonly kind: 'cores'; readonly threads: number }
  /** Rows of C recomputed on the CPU engine, as a sampled audit does. */
  | { readonly kind: 'rows'; readonly n: number; readonly threads: number; readonly rows: number }
  /** The product alone, by the reference in plain JavaScript. */
  | { readonly kind: 'javascript'; readonly n: number }
  /** The product alone, on the graphics adapter: upload, compute, read back. */
  | { readonly kind: 'product'; readonly n: number; readonly by: ContenderName }
  /** A variant's dispatches alone, from operands on the adapter to C on the adapter. */
  | { readonly kind: 'kernel'; readonly n: number; readonly by: KernelName }
  /** A whole task with a variant's product; the rest on the CPU engine. */
  | { readonly kind: 'gpuTask'; readonly n: number; readonly by: KernelName; readonly threads: number }
  /** What the adapter can do in registers alone. */
  | { readonly kind: 'peak'; readonly of: PeakName };

export type PeakName = 'dp4a' | 'fma';

/** Values by name: wall-clock ms, bytes, or GOPS, as the name says. */
export type Measured = Readonly<Record<string, number>>;

export type ToBenchWorker = { readonly id: number; readonly measure: Measure };
export type FromBenchWorker =
  | { readonly id: number; readonly measured: Measured }
  | { readonly id: number; readonly error: string };
