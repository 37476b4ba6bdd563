import type { ProductOptions, ProductRequest } from '../engine';
import type { Kernel } from './kernel';
import type { ProductBuffers, SliceBuffers } from './product-buffers';

// How long one dispatch should take: desktops stutter, and watchdogs fire, when one takes longer.
const SLICE_MS = 8;

/** A kernel compiled for one size, with its buffers. */
export type PreparedProduct = {
  readonly kernel: Kernel;
  readonly pipeline: GPUComputePipeline;
  readonly buffers: ProductBuffers;
};

type Slice = {
  readonly buffers: SliceBuffers;
  readonly first: number;
  readonly rows: number;
  readonly mapped: Promise<void>;
};

/**
 * Runs one product in bands of rows, at most two in flight: while one comes back the next computes. The rows of a
 * band follow from how long the last one took.
 * @returns C, row-major int32
 * @throws the signal's reason where it fires; what the device reports
 */
export async function runProduct(
  device: GPUDevice,
  { kernel, pipeline, buffers }: PreparedProduct,
  { n, a, bTransposed }: ProductRequest,
  { signal, onProgress }: ProductOptions,
): Promise<Int32Array> {
  buffers.upload(a, bTransposed, n);
  const c = new Int32Array(n * n);
  const inFlight: Slice[] = [];
  let rows = kernel.tile;
  let next = 0;
  let settledAt = performance.now();
  const settle = async () => {
    const slice = inFlight.shift();
    if (slice === undefined) return;
    await slice.mapped;
    copyRows(slice, kernel.padded, n, c);
    const now = performance.now();
    rows = nextRows(slice.rows, now - settledAt, kernel.tile, buffers.sliceRows);
    settledAt = now;
    onProgress(Math.min(1, (slice.first + slice.rows) / n));
  };
  try {
    for (let index = 0; next < n; index += 1) {
      const sliceBuffers = buffers.slices[index % buffers.slices.length];
      if (sliceBuffers === undefined) throw new Error('no slice buffers');
      const sliceRows = Math.min(rows, kernel.padded - next);
      inFlight.push(submit(device, pipeline, kernel, sliceBuffers, next, sliceRows));
      next += sliceRows;
      if (inFlight.length === buffers.slices.length) await settle();
      signal.throwIfAborted();
    }
    while (inFlight.length > 0) await settle();
    signal.throwIfAborted();
    return c;
  } finally {
    // Buffers may be used again only once nothing is mapped.
    for (const { mapped, buffers: own } of inFlight) {
      await mapped.catch(() => undefined);
      own.readBack.unmap();
    }
  }
}

function submit(
  device: GPUDevice,
  pipeline: GPUComputePipeline,
  { padded, tile }: Kernel,
  buffers: SliceBuffers,
  first: number,
  rows: number,
): Slice {
  const bytes = rows * padded * 4;
  device.queue.writeBuffer(buffers.firstRow, 0, Uint32Array.of(first));
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, buffers.bindGroup);
  pass.dispatchWorkgroups(padded / tile, rows / tile);
  pass.end();
  encoder.copyBufferToBuffer(buffers.band, 0, buffers.readBack, 0, bytes);
  device.queue.submit([encoder.finish()]);
  return { buffers, first, rows, mapped: buffers.readBack.mapAsync(GPUMapMode.READ, 0, bytes) };
}

/** Takes a band's rows over into C, leaving the padding behind. */
function copyRows({ buffers, first, rows }: Slice, padded: number, n: number, c: Int32Array): void {
  const band = new Int32Array(buffers.readBack.getMappedRange(0, rows * padded * 4));
  for (let row = 0; row < rows && first + row < n; row += 1) {
    c.set(band.subarray(row * padded, row * padded + n), (first + row) * n);
  }
  buffers.readBack.unmap();
}

function nextRows(rows: number, tookMs: number, tile: number, most: number): number {
  const ideal = (rows * SLICE_MS) / Math.max(tookMs, 0.1);
  return Math.min(most, Math.max(tile, Math.floor(ideal / tile) * tile));
}
