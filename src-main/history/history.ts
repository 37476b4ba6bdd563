import type { Results } from '../../src-shared/history/day-results';
import { gathered, type Sample } from '../../src-shared/history/sample';
import { type Series, SPANS, type SpanName, spanAt } from '../../src-shared/history/series';
import type { Clock } from '../clock/clock';
import type { WorkMeter } from '../compute/work-meter';
import type { Database } from '../storage/database';
import type { SettingsStore } from '../storage/settings-store';
import { inTransaction } from '../storage/transaction';
import { HistoryStore } from './history-store';
import { Recorder } from './recorder';
import { ResultDays } from './result-days';
import type { SensorReading } from './slots';

export type HistoryParts = {
  readonly database: Database;
  readonly settings: Pick<SettingsStore, 'get' | 'set'>;
  readonly clock: Clock;
  readonly meter: WorkMeter;
  readonly lanes: number;
  readonly readSensors: () => SensorReading;
  /** Told in a sentence what could not be kept: nothing else goes by the history. */
  readonly log: (message: string) => void;
};

const MINUTE_MS = 60_000;
// Between two batches of a journal that was never counted.
const BREATH_MS = 200;
const PRUNE_EVERY_MS = 3_600_000;

/** How the miner did over the last hour, day, month and by the day: recorded as it goes, and kept within bounds. */
export class History {
  readonly #parts: HistoryParts;
  readonly #store: HistoryStore;
  readonly #days: ResultDays;
  readonly #recorder: Recorder;
  #cancelCount: () => void = () => undefined;
  #pruneDueMs: number;
  #closed = false;

  constructor(parts: HistoryParts) {
    const { database, settings, clock } = parts;
    this.#parts = parts;
    this.#store = new HistoryStore(database);
    this.#days = new ResultDays(database, settings, clock.now);
    this.#pruneDueMs = clock.monotonic();
    this.#recorder = new Recorder({
      ...parts,
      keep: (minutes) => this.#keep(minutes),
      onError: (error) => parts.log(`The history could not be kept: ${error}`),
    });
    // What an earlier run, or an earlier version, left to be counted.
    this.#recorder.keepSoon();
  }

  /** Says whether the miner runs from now on: not while it is off, nor while it is paused. */
  setRunning(runs: boolean): void {
    this.#recorder.setRunning(runs);
  }

  /** The journal has changed. */
  tasksChanged(): void {
    this.#recorder.keepSoon();
  }

  /** What the miner did over a span that ends now, the minutes that are not kept yet included. @throws AppError `database_*` */
  series(span: SpanName): Series {
    const { fromMs, untilMs } = spanAt(span, this.#parts.clock.now());
    const { stepMs } = SPANS[span];
    const table = stepMs < SPANS.month.stepMs ? 'history_minutes' : 'history_hours';
    const pending = this.#recorder.pending().filter(({ atMs }) => atMs >= fromMs && atMs < untilMs);
    const kept = this.#store.between(table, fromMs, untilMs);
    return { fromMs, untilMs, samples: gathered([...kept, ...pending], stepMs) };
  }

  /** Results of the last days, up to now. @throws AppError `database_*` */
  results(days: number): Results {
    return this.#days.last(days);
  }

  /** Keeps what there is, and ends. */
  close(): void {
    this.#recorder.close();
    this.#closed = true;
    this.#cancelCount();
  }

  #keep(minutes: readonly Sample[]): void {
    const { database, clock } = this.#parts;
    inTransaction(database, () => {
      for (const minute of gathered(minutes, MINUTE_MS)) this.#store.add(minute);
      this.#countRest(this.#days.count());
      if (clock.monotonic() < this.#pruneDueMs) return;
      this.#pruneDueMs = clock.monotonic() + PRUNE_EVERY_MS;
      this.#store.prune(clock.now());
      this.#days.prune();
    });
  }

  #count(): void {
    try {
      this.#countRest(this.#days.count());
    } catch (error) {
      this.#parts.log(`Results could not be counted: ${error}`);
    }
  }

  #countRest(isAll: boolean): void {
    this.#cancelCount();
    if (!isAll && !this.#closed) this.#cancelCount = this.#parts.clock.after(BREATH_MS, () => this.#count());
  }
}
