import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { AppError } from '../../src-shared/errors';
import type { ComputeOutcome, ComputeRequest } from '../../src-shared/ipc/compute';
import { commit } from '../../src-shared/matrix-mult/commitment';
import { matrixA, matrixBTransposed } from '../../src-shared/matrix-mult/matrices';
import { encodeProof } from '../../src-shared/matrix-mult/proof';
import { selfCheck } from '../../src-shared/matrix-mult/self-check';
import type { ProductEngine, ProductOptions } from './engine';
import { yieldToMessages } from './yield';

/**
 * One task from seed to proof: generate, multiply, commit, self-check (matrix-mult-v1.md). Only a result that passes
 * its check comes out.
 * @throws AppError `self_check_failed`, `gpu_failed`, `invalid_matrix_size`; the signal's reason where it fires
 */
export async function runTask(
  { seed: seedHex, matrixSize: n, blockHeight, openedRows }: ComputeRequest,
  engine: ProductEngine,
  options: ProductOptions,
): Promise<ComputeOutcome> {
  const seed = hexToBytes(seedHex);
  const watch = stopwatch();
  const a = matrixA(seed, n);
  const bTransposed = matrixBTransposed(seed, n);
  const generateMs = watch();
  const c = await engine.multiply({ n, a, bTransposed }, options);
  const multiplyMs = watch();
  const commitment = commit(c, n, seed);
  const { root } = commitment;
  const proof = encodeProof(commitment, seed, { opened: openedRows, matrixSize: n, blockHeight });
  const commitMs = watch();
  await yieldToMessages();
  options.signal.throwIfAborted();
  const verdict = selfCheck(a, bTransposed, c, n, seed, root);
  if (!verdict.ok) throw checkFailed(engine, verdict.why);
  const selfCheckMs = watch();
  return {
    resultHash: bytesToHex(root),
    proof,
    engine: engine.name,
    timings: { generateMs, multiplyMs, commitMs, selfCheckMs },
  };
}

function checkFailed(engine: ProductEngine, why: string): AppError {
  return new AppError(
    'self_check_failed',
    `The ${engine.name} engine's product is wrong (${why}); it was not used.`,
    {
      remedy: 'run_doctor',
      retryable: true,
      params: { engine: engine.name, why },
    },
  );
}

/** Each call gives the ms since the one before. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const elapsed = now - last;
    last = now;
    return elapsed;
  };
}
