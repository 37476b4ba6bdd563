import type { Clock } from '../clock/clock';

/** What the sensors say: of the hottest of graphics card and processor, and of the graphics cards together. */
export type SensorSample = { readonly temperatureC: number | null; readonly powerW: number | null };

/** A way to some sensors; a figure is null where there is none. */
export type SensorSource = {
  readonly read: () => Promise<SensorSample>;
  /** How often that is worth its cost, ms. */
  readonly everyMs: number;
};

export const NO_SAMPLE: SensorSample = { temperatureC: null, powerW: null };

// What nobody asked for meanwhile says nothing about now.
const STALE_MS = 120_000;

type Held = { sample: SensorSample; atMs: number; asking: Promise<void> | null };

/** The machine's temperature and power, measured only where somebody asks, and then not more often than is worth it. */
export class Sensors {
  readonly #sources: readonly (SensorSource & { readonly held: Held })[];
  readonly #clock: Pick<Clock, 'monotonic'>;

  constructor(sources: readonly SensorSource[], clock: Pick<Clock, 'monotonic'>) {
    this.#sources = sources.map((source) => ({
      ...source,
      held: { sample: NO_SAMPLE, atMs: Number.NEGATIVE_INFINITY, asking: null },
    }));
    this.#clock = clock;
  }

  /** What was measured last, at once; that it was asked for has it measured anew. */
  latest(): SensorSample {
    void this.read();
    const now = this.#clock.monotonic();
    return together(
      this.#sources.filter(({ held }) => now - held.atMs < STALE_MS).map(({ held }) => held.sample),
    );
  }

  /** What is measured now, or was a moment ago. Never rejects. */
  async read(): Promise<SensorSample> {
    await Promise.all(this.#sources.map((source) => this.#measure(source)));
    return together(this.#sources.map(({ held }) => held.sample));
  }

  #measure({ read, everyMs, held }: SensorSource & { readonly held: Held }): Promise<void> {
    if (held.asking !== null) return held.asking;
    if (this.#clock.monotonic() - held.atMs < everyMs) return Promise.resolve();
    const take = (sample: SensorSample) => {
      held.sample = sample;
      held.atMs = this.#clock.monotonic();
      held.asking = null;
    };
    held.asking = read().then(take, () => take(NO_SAMPLE));
    return held.asking;
  }
}

function together(samples: readonly SensorSample[]): SensorSample {
  const degrees = samples.flatMap(({ temperatureC }) => temperatureC ?? []);
  const watts = samples.flatMap(({ powerW }) => powerW ?? []);
  return {
    temperatureC: degrees.length === 0 ? null : Math.max(...degrees),
    powerW: watts.length === 0 ? null : watts.reduce((sum, watt) => sum + watt, 0),
  };
}
