import type { Engine } from '../../src-shared/compute/engine';
import { AppError } from '../../src-shared/errors';

/**
 * An engine's product or commitment is wrong: `range`, a value that can't be; `product`, A(Br) is not Cr; `digest`, a
 * row recomputed on the processor has another digest.
 */
export function checkFailed(engine: Engine, why: 'range' | 'product' | 'digest'): AppError {
  return new AppError(
    'self_check_failed',
    `The ${engine} engine's product is wrong (${why}); it was not used.`,
    { remedy: 'run_doctor', retryable: true, params: { engine, why } },
  );
}
