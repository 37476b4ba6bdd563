import type { Pacer } from '../pacer';
import { CONTROL, type Layout } from './layout';
import type { Phase } from './phases';

export type PhaseOptions = {
  readonly signal: AbortSignal;
  /** Told the share of the phase that is taken, 0…1, now and then. */
  readonly onProgress: (done: number) => void;
  readonly pacer: Pacer;
};

/** Those who share out a phase's units: threads, or this one alone. */
export type Team = {
  /** How many work at once. */
  readonly threads: number;
  /** Moves everyone to a memory. */
  attach(memory: WebAssembly.Memory): Promise<void>;
  /**
   * Does a phase on the attached memory; nobody works any more once this is settled.
   * @throws the signal's reason; AppError `compute_failed` where a thread ends
   */
  run(phase: Phase, layout: Layout, options: PhaseOptions): Promise<void>;
  /** Ends the threads. */
  close(): void;
};

/** The control words of a memory. */
export function controlOf(memory: WebAssembly.Memory, { control }: Layout): Int32Array {
  return new Int32Array(memory.buffer, control, Object.keys(CONTROL).length);
}
