import { rowMultiplier } from '../../src-shared/matrix-mult/product';
import type { ProductEngine } from './engine';
import { yieldToMessages } from './yield';

// Long enough that yielding costs nothing, short enough that a cancelled task ends at once.
const SLICE_MS = 25;

/** The product on this machine's processor, in slices, so that the worker keeps hearing messages. */
export const cpuEngine: ProductEngine = {
  name: 'cpu',
  async multiply({ n, a, bTransposed }, { signal, onProgress }) {
    const multiplyRow = rowMultiplier(bTransposed, n);
    const c = new Int32Array(n * n);
    let sliceEnd = performance.now() + SLICE_MS;
    for (let row = 0; row < n; row++) {
      c.set(multiplyRow(a.subarray(row * n, (row + 1) * n)), row * n);
      if (performance.now() < sliceEnd) continue;
      onProgress((row + 1) / n);
      await yieldToMessages();
      signal.throwIfAborted();
      sliceEnd = performance.now() + SLICE_MS;
    }
    return c;
  },
};
