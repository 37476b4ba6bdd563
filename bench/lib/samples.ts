import { type Untested, untested } from './figures';

/** What interleaved probes gave: values under `probe.name`, one per counted round. */
export class Samples {
  readonly #values = new Map<string, number[]>();
  readonly #failures = new Map<string, string>();

  add(key: string, value: number): void {
    const kept = this.#values.get(key) ?? [];
    kept.push(value);
    this.#values.set(key, kept);
  }

  /** Keeps why a probe does not run here. */
  fail(probe: string, why: string): void {
    this.#failures.set(probe, why);
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  /** Why a probe did not run; null where it did, or was not tried. */
  failure(probe: string): string | null {
    return this.#failures.get(probe) ?? null;
  }

  median(key: string): number | Untested {
    return median(this.#values.get(key) ?? []) ?? this.#why(key);
  }

  /** The median of each round's own ratio: what slows a round down slows both sides. */
  ratio(over: string, under: string): number | Untested {
    const overs = this.#values.get(over);
    const unders = this.#values.get(under);
    if (overs === undefined) return this.#why(over);
    if (unders === undefined) return this.#why(under);
    const both = Math.min(overs.length, unders.length);
    const ratios = overs.slice(0, both).map((value, round) => value / (unders[round] ?? Number.NaN));
    return median(ratios) ?? this.#why(over);
  }

  #why(key: string): Untested {
    const [probe = key] = key.split('.');
    return untested(this.failure(probe) ?? `${probe} does not run here`);
  }
}

/** The middle value; null of none. */
function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
