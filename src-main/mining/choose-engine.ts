import { AppError } from '../../src-shared/errors';
import type { Settings } from '../../src-shared/ipc/snapshot';
import type { Engine } from '../../src-shared/ipc/task-row';
import type { ComputeStatus } from './compute-backend';

/** Why an engine was chosen; the ui has a sentence for each. */
export type EngineReason =
  | 'setting_webgpu'
  | 'setting_cpu'
  | 'real_adapter'
  | 'software_adapter'
  | 'no_adapter'
  | 'starting';

export type EngineChoice = { readonly engine: Engine | null; readonly reason: EngineReason };

/**
 * A real graphics card is used where there is one; a software adapter is slower than the CPU engine, so it is used
 * only where a person asks for WebGPU (matrix-mult-v1.md, "Engines").
 * @throws AppError `gpu_unavailable` where WebGPU is asked for and there is no adapter
 */
export function chooseEngine(setting: Settings['engine'], status: ComputeStatus): EngineChoice {
  if (setting === 'cpu') return { engine: 'cpu', reason: 'setting_cpu' };
  if (status.state === 'starting' || status.state === 'failed') return { engine: null, reason: 'starting' };
  if (setting === 'webgpu') {
    if (status.adapter !== null) return { engine: 'webgpu', reason: 'setting_webgpu' };
    throw new AppError(
      'gpu_unavailable',
      `WebGPU is chosen in the settings, but this machine offers no adapter${status.error === null ? '' : ` (${status.error.message})`}. Choose "auto" or "cpu".`,
      { remedy: 'open_settings' },
    );
  }
  if (status.adapter === null) return { engine: 'cpu', reason: 'no_adapter' };
  if (status.adapter.software) return { engine: 'cpu', reason: 'software_adapter' };
  return { engine: 'webgpu', reason: 'real_adapter' };
}
