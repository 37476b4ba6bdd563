/** What the bench asks of its worker in the compute page. */
export type Measure =
  /** A whole task on the CPU engine. */
  | { readonly kind: 'task'; readonly n: number; readonly threads: number }
  /** Rows of C recomputed on the CPU engine, as a sampled audit does. */
  | { readonly kind: 'rows'; readonly n: number; readonly threads: number; readonly rows: number }
  /** The product alone, by the reference in plain JavaScript. */
  | { readonly kind: 'javascript'; readonly n: number }
  /** The product alone, on the graphics adapter. */
  | { readonly kind: 'webgpu'; readonly n: number };

/** Wall-clock ms by name, or null where this machine cannot do it. */
export type Measured = Readonly<Record<string, number>> | null;

export type ToBenchWorker = { readonly id: number; readonly measure: Measure };
export type FromBenchWorker = { readonly id: number; readonly measured?: Measured; readonly error?: string };
