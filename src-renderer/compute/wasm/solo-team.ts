import { yieldToMessages } from '../yield';
import { instantiateKernels, type Kernels } from './kernels';
import { CONTROL, type Layout, scratchOf } from './layout';
import { type Phase, runUnits, unitsOf } from './phases';
import { controlOf, type PhaseOptions, type Team } from './team';

// Long enough that yielding costs nothing, short enough that a cancelled task ends at once.
const SLICE_MS = 15;

/** This thread alone, in slices, so that it keeps hearing messages: where there are no threads or no shared memory. */
export class SoloTeam implements Team {
  readonly threads = 1;
  readonly #module: WebAssembly.Module;
  #at: { readonly memory: WebAssembly.Memory; readonly kernels: Kernels } | null = null;

  constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  async attach(memory: WebAssembly.Memory): Promise<void> {
    this.#at = { memory, kernels: instantiateKernels(this.#module, memory) };
  }

  async run(phase: Phase, layout: Layout, { signal, onProgress, pacer }: PhaseOptions): Promise<void> {
    if (this.#at === null) throw new Error('no memory attached');
    signal.throwIfAborted();
    const { memory, kernels } = this.#at;
    const control = controlOf(memory, layout);
    const bench = { kernels, control, scratch: scratchOf(layout, 0) };
    const units = unitsOf(phase, layout);
    control[CONTROL.nextUnit] = 0;
    for (let started = performance.now(); ; started = performance.now()) {
      if (runUnits(bench, phase, layout, started + SLICE_MS)) break;
      onProgress(Math.min(1, (control[CONTROL.nextUnit] ?? 0) / units));
      await pacer.after(performance.now() - started, signal);
      await yieldToMessages();
      signal.throwIfAborted();
    }
  }

  close(): void {
    this.#at = null;
  }
}
