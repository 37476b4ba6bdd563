import type { ComputeBackend, ComputeStatus } from '../../src-main/mining/compute-backend';
import type { ComputeOutcome } from '../../src-shared/ipc/compute';

/** Has every result at once, so that what is measured is everything else. */
export class InstantCompute implements ComputeBackend {
  readonly status: ComputeStatus = { state: 'ready', adapter: null, error: null, progress: 0 };

  onChange(): void {
    // Always ready.
  }

  async run({ seed }: Parameters<ComputeBackend['run']>[0]): Promise<ComputeOutcome> {
    const timings = { generateMs: 0, multiplyMs: 0, commitMs: 0, selfCheckMs: 0 };
    return { resultHash: seed, proof: '{}', engine: 'cpu', timings };
  }
}
