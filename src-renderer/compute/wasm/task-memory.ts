import { AppError } from '../../../src-shared/errors';
import { type Shape, shapeName } from '../../../src-shared/matrix-mult/shape';

const PAGE_BYTES = 64 * 1024;
const GIB = 2 ** 30;
// What 32-bit addresses reach.
const MOST_BYTES = 4 * GIB;
// A memory this small is kept for the next task whatever its size.
const KEPT_BYTES = 256 * 1024 * 1024;

/** Half of this machine's memory, as far as it is known, and at most 4 GiB. */
export function defaultMemoryLimit(): number {
  // Chromium tells whole powers of two, 8 GiB at most; where it is not told, tasks may take what addresses reach.
  const { deviceMemory } = (globalThis.navigator ?? {}) as { deviceMemory?: number };
  return deviceMemory === undefined ? MOST_BYTES : Math.min((deviceMemory * GIB) / 2, MOST_BYTES);
}

/** Whether a memory of one size should serve a task of another: it fits, and does not hold on to far more. */
export function serves(memoryBytes: number, neededBytes: number): boolean {
  return neededBytes <= memoryBytes && (memoryBytes <= KEPT_BYTES || memoryBytes <= 4 * neededBytes);
}

/**
 * Shared memory for a task.
 * @throws AppError `invalid_matrix_size` with the bytes needed and available
 */
export function allocate(neededBytes: number, limitBytes: number, shape: Shape): WebAssembly.Memory {
  if (neededBytes > limitBytes) throw tooLarge(neededBytes, limitBytes, shape, null);
  const pages = Math.ceil(neededBytes / PAGE_BYTES);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch (error) {
    throw tooLarge(neededBytes, limitBytes, shape, error);
  }
}

function tooLarge(needed: number, limit: number, shape: Shape, cause: unknown): AppError {
  const said = cause === null ? `at most ${limit} are available` : 'the system did not give them';
  return new AppError(
    'invalid_matrix_size',
    `Size ${shapeName(shape)} needs ${needed} bytes of memory; ${said}.`,
    {
      remedy: 'open_settings',
      params: { value: shapeName(shape), needed, limit },
      cause,
    },
  );
}
