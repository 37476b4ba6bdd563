import type { Address } from './kernels';

/** Words of the control block, int32. */
const WORD = {
  /** The next unit of the phase that nobody has taken. */
  nextUnit: 0,
  /** 1 once the work is to end early. */
  stop: 1,
  /** What `checkRows` found, all rows together. */
  faults: 2,
  /** Share of the time that threads work, percent. */
  dutyPercent: 3,
  /** The phase in hand, counted from 0. */
  phase: 4,
  /** How many are done with the phase in hand. */
  arrived: 5,
  /** How many work together. */
  workers: 6,
  /** How long they have rested, all together, in tenths of a ms. */
  rested: 7,
} as const;
const WORDS = 8;
const RESTED_PER_MS = 10;
const MOST_PHASES = 16;

/** Bytes of the control block. */
export const CONTROL_BYTES = 4 * WORDS + 8 * MOST_PHASES;

// The others are about to arrive: looking for them costs less than being woken, which takes up to a tenth of a ms.
const SPIN_MS = 0.1;
const LOOKS_BETWEEN_CLOCKS = 64;

/** The words by which those who work on a task in one shared memory find their next unit, and each other. */
export class Control {
  readonly #words: Int32Array;
  readonly #endedAt: Float64Array;

  constructor(memory: WebAssembly.Memory, address: Address) {
    this.#words = new Int32Array(memory.buffer, address, WORDS);
    this.#endedAt = new Float64Array(memory.buffer, address + 4 * WORDS, MOST_PHASES);
  }

  /** Before a task: nothing was found wrong yet. */
  clear(): void {
    this.#words.fill(0);
  }

  /** Before `workers` begin on the first phase. */
  begin(workers: number): void {
    for (const word of ['nextUnit', 'stop', 'phase', 'arrived', 'rested'] as const) this.#store(word, 0);
    this.#store('workers', workers);
  }

  /** Takes the next unit of the phase in hand; it may be beyond the last. */
  takeUnit(): number {
    return Atomics.add(this.#words, WORD.nextUnit, 1);
  }

  /** Units taken of the phase in hand. */
  get taken(): number {
    return this.#load('nextUnit');
  }

  /** The phase in hand, counted from 0; how many there are once all is done. */
  get phase(): number {
    return this.#load('phase');
  }

  /** Ends the work: nobody takes another unit. */
  stop(): void {
    this.#store('stop', 1);
    Atomics.notify(this.#words, WORD.stop);
  }

  get isStopped(): boolean {
    return this.#load('stop') !== 0;
  }

  /** Rests so long, or until the work is stopped. */
  rest(ms: number): void {
    const from = performance.now();
    Atomics.wait(this.#words, WORD.stop, 0, ms);
    Atomics.add(this.#words, WORD.rested, Math.round((performance.now() - from) * RESTED_PER_MS));
  }

  /** How long each has rested since the beginning, on average, ms. */
  get restedMs(): number {
    return this.#load('rested') / RESTED_PER_MS / Math.max(1, this.#load('workers'));
  }

  get dutyPercent(): number {
    return this.#load('dutyPercent');
  }

  set dutyPercent(percent: number) {
    this.#store('dutyPercent', percent);
  }

  get faults(): number {
    return this.#load('faults');
  }

  addFaults(faults: number): void {
    Atomics.or(this.#words, WORD.faults, faults);
  }

  /**
   * Says that the caller is done with a phase, and waits until all are. Whoever comes last opens the next phase; stopped
   * or not, each has to come to each.
   */
  meet(phase: number): void {
    if (Atomics.add(this.#words, WORD.arrived, 1) + 1 === this.#load('workers')) {
      this.#endedAt[phase] = clock();
      this.#store('nextUnit', 0);
      this.#store('arrived', 0);
      this.#store('phase', phase + 1);
      Atomics.notify(this.#words, WORD.phase);
      return;
    }
    const until = performance.now() + SPIN_MS;
    while (performance.now() < until) {
      for (let look = 0; look < LOOKS_BETWEEN_CLOCKS; look++) if (this.phase !== phase) return;
    }
    Atomics.wait(this.#words, WORD.phase, phase);
  }

  /** How long each of the first phases took, ms. @param startedAt of `clock` */
  durations(phases: number, startedAt: number): number[] {
    const ends = [startedAt, ...this.#endedAt.subarray(0, phases)];
    return ends.slice(1).map((end, index) => end - (ends[index] ?? end));
  }

  #load(word: keyof typeof WORD): number {
    return Atomics.load(this.#words, WORD[word]);
  }

  #store(word: keyof typeof WORD, value: number): void {
    Atomics.store(this.#words, WORD[word], value);
  }
}

/** A time that all threads tell alike, ms. */
export function clock(): number {
  return performance.timeOrigin + performance.now();
}
