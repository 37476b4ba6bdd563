import { type Machine, type Probe, type Reading, unknown } from './machine';

type Facts = { -readonly [F in keyof Machine]: Machine[F] extends Probe<infer T> ? Reading<T> : never };

/** A machine that answers what a test has it answer; at first nothing can be known of it. */
export class FakeMachine implements Machine {
  /** What it answers. */
  readonly facts: Facts = {
    idleSeconds: unknown('no_display'),
    film: unknown('no_film_service'),
    power: unknown('no_battery'),
    fullScreen: unknown('no_display'),
    apps: unknown('system'),
    temperatureC: unknown('no_sensor'),
  };
  /** How often each was asked. */
  readonly asked = new Map<keyof Machine, number>();
  /** What never answers. */
  readonly silent = new Set<keyof Machine>();
  readonly #watching = new Map<keyof Machine, () => void>();

  readonly idleSeconds = this.#probe('idleSeconds', 800);
  readonly film = this.#probe('film', 4000);
  readonly power = this.#probe('power', 800);
  readonly fullScreen = this.#probe('fullScreen', 800);
  readonly apps = this.#probe('apps', 800);
  readonly temperatureC = this.#probe('temperatureC', 800);

  /** Has it tell at once that something changed. */
  tell(fact: keyof Machine): void {
    this.#watching.get(fact)?.();
  }

  #probe<F extends keyof Machine>(
    fact: F,
    everyMs: number,
  ): Probe<Facts[F] extends Reading<infer T> ? T : never> {
    return {
      everyMs,
      read: () => {
        this.asked.set(fact, (this.asked.get(fact) ?? 0) + 1);
        if (this.silent.has(fact)) return new Promise(() => undefined);
        // Each fact is answered by its own probe.
        return Promise.resolve(this.facts[fact] as Reading<never>);
      },
      watch: (onChange) => {
        this.#watching.set(fact, onChange);
        return () => this.#watching.delete(fact);
      },
    };
  }
}
