import { yieldToMessages } from '../yield';
import { Control } from './control';
import { instantiateKernels, type Kernels } from './kernels';
import { type Layout, scratchOf } from './layout';
import { type Phase, runUnits } from './phases';
import { type PhaseOptions, reportProgress, type Team } from './team';

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

  async run(
    phases: readonly Phase[],
    layout: Layout,
    { signal, onProgress, pacer }: PhaseOptions,
  ): Promise<void> {
    if (this.#at === null) throw new Error('no memory attached');
    signal.throwIfAborted();
    const control = new Control(this.#at.memory, layout.control);
    const bench = { ...this.#at, control, scratch: scratchOf(layout, 0) };
    control.begin(1);
    for (const [index, phase] of phases.entries()) {
      for (let started = performance.now(); ; started = performance.now()) {
        const isDone = runUnits(bench, phase, layout, started + SLICE_MS);
        await pacer.after(performance.now() - started, signal);
        signal.throwIfAborted();
        if (isDone) break;
        reportProgress(control, phases, layout, onProgress);
        await yieldToMessages();
        signal.throwIfAborted();
      }
      control.meet(index);
    }
  }

  close(): void {
    this.#at = null;
  }
}
