import type { VirtualClock } from '../../../src-main/clock/virtual-clock';
import type { SeededRandom } from '../../driver/world/random';
import type { Person } from '../person';
import type { CommitCourse } from './faulty-database';
import { MinerLife, type Surroundings } from './miner-life';

type Parts = Omit<Surroundings, 'disk' | 'onError'> & {
  readonly clock: VirtualClock;
  readonly person: Person;
  /** Decides how long nothing runs after an end. */
  readonly pauses: SeededRandom;
  readonly onBegin: (life: MinerLife) => void;
  readonly onError: (error: unknown) => void;
  readonly tell: (what: string) => void;
};

// A crash is noticed by a person, or by whoever starts it anew.
const LONGEST_PAUSE_MS = 12_000;

/** The machine that the miner runs on: its process is there, or will be again in a while. */
export class MinerHost {
  isDiskFull = false;
  /** What comes of a commit to come: so many from now. */
  course: { commits: number; readonly course: CommitCourse } | null = null;
  readonly #parts: Parts;
  #life: MinerLife | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The process that runs now, or null. */
  get life(): MinerLife | null {
    return this.#life;
  }

  /** Starts it. */
  start(): void {
    const { onBegin, onError, person, tell } = this.#parts;
    const disk = {
      isFull: () => this.isDiskFull,
      onCommit: () => this.#commit(),
      crash: () => this.#crash(),
    };
    const life = new MinerLife({ ...this.#parts, disk, onError: (_life, error) => onError(error) });
    this.#life = life;
    tell('start');
    onBegin(life);
    life.begin();
    person.meet(life);
  }

  /** A person quits it and starts it again. */
  restart(): void {
    if (this.#life === null) return;
    this.#parts.tell('quit');
    const life = this.#life;
    this.#life = null;
    life.close();
    this.#startLater();
  }

  /** A person does something. @returns what */
  letAct(): string {
    return this.#life === null ? '' : this.#parts.person.act(this.#life);
  }

  /** A person agrees to what they are asked. */
  agree(): void {
    if (this.#life !== null) this.#parts.person.agree(this.#life);
  }

  #commit(): CommitCourse {
    if (this.course === null) return 'kept';
    this.course.commits -= 1;
    if (this.course.commits > 0) return 'kept';
    const { course } = this.course;
    this.course = null;
    return course;
  }

  #crash(): void {
    const life = this.#life;
    if (life === null) return;
    this.#life = null;
    this.#parts.tell('crash');
    life.crash();
    this.#startLater();
  }

  #startLater(): void {
    this.#parts.clock.after(this.#parts.pauses.below(LONGEST_PAUSE_MS), () => this.start());
  }
}
