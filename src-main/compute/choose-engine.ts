import type { Engine, EngineReason } from '../../src-shared/compute/engine';
import { AppError } from '../../src-shared/errors';
import type { Settings } from '../../src-shared/settings/settings';
import type { RunnerStatus } from './compute-runner';

/** Null: none for now. */
export type EngineChoice = { readonly engine: Engine | null; readonly reason: EngineReason };

/** What keeps an adapter that is there from being used for a size, or null. */
export type Obstacle = Extract<EngineReason, 'quarantined' | 'too_large' | 'no_exact_kernel'> | null;

/**
 * A real graphics card is used where there is one; a software adapter is slower than the CPU engine, so it is used
 * only where a person asks for WebGPU (matrix-mult-v1.md, "Engines"). An adapter whose results are wrong is not used,
 * whoever asks.
 */
export function chooseEngine(
  setting: Settings['engine'],
  { state, adapter }: RunnerStatus,
  obstacle: Obstacle,
): EngineChoice {
  if (setting === 'cpu') return { engine: 'cpu', reason: 'setting_cpu' };
  if (state === 'starting' || state === 'failed') return { engine: null, reason: 'starting' };
  if (adapter !== null && (obstacle === 'quarantined' || obstacle === 'no_exact_kernel'))
    return { engine: 'cpu', reason: obstacle };
  if (setting === 'webgpu') return { engine: adapter === null ? null : 'webgpu', reason: 'setting_webgpu' };
  if (adapter === null) return { engine: 'cpu', reason: 'no_adapter' };
  if (adapter.software) return { engine: 'cpu', reason: 'software_adapter' };
  if (obstacle !== null) return { engine: 'cpu', reason: obstacle };
  return { engine: 'webgpu', reason: 'real_adapter' };
}

/**
 * Why nothing can compute, where the settings ask for an adapter that is not there.
 * @param hadOne whether there was one before: then it is looked for until it comes back
 */
export function noEngine(reason: EngineReason, { error }: RunnerStatus, hadOne: boolean): AppError {
  if (reason === 'starting')
    return new AppError('compute_failed', 'The compute process is not up yet.', { retryable: true });
  if (hadOne) {
    return new AppError('gpu_lost', 'The graphics adapter is gone. It is looked for again and again.', {
      remedy: 'open_settings',
    });
  }
  return new AppError(
    'gpu_unavailable',
    `WebGPU is chosen in the settings, but this machine offers no adapter${error === null ? '' : ` (${error.message})`}. Choose "auto" or "cpu".`,
    { remedy: 'open_settings' },
  );
}
