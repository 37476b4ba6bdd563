import type { Pacer } from '../pacer';
import type { Control } from './control';
import type { Layout } from './layout';
import { type Phase, unitsOf } from './phases';

export type PhaseOptions = {
  readonly signal: AbortSignal;
  /** Told which phase is in hand and the share of it that is taken, 0…1, now and then. */
  readonly onProgress: (phase: Phase, done: number) => void;
  readonly pacer: Pacer;
};

/** Those who share out the units of phases: threads, or this one alone. */
export type Team = {
  /** How many work at once. */
  readonly threads: number;
  /** Moves everyone to a memory. */
  attach(memory: WebAssembly.Memory): Promise<void>;
  /**
   * Does phases on the attached memory, each once all are done with the one before; nobody works any more once this is
   * settled.
   * @throws the signal's reason; AppError `compute_failed` where a thread ends
   */
  run(phases: readonly Phase[], layout: Layout, options: PhaseOptions): Promise<void>;
  /** Ends the threads. */
  close(): void;
};

/** Tells how far the phases are. */
export function reportProgress(
  control: Control,
  phases: readonly Phase[],
  layout: Layout,
  onProgress: PhaseOptions['onProgress'],
): void {
  const phase = phases[control.phase];
  if (phase !== undefined) onProgress(phase, Math.min(1, control.taken / unitsOf(phase, layout)));
}
