import { z } from 'zod';
import type { DayResults, Results } from '../../src-shared/history/day-results';
import { dayName, lastDays } from '../clock/calendar';
import type { Database } from '../storage/database';
import { fitting } from '../storage/set-aside';
import type { SettingsStore } from '../storage/settings-store';
import { inTransaction } from '../storage/transaction';

/** Up to which row of `task_history` results are counted: kept under this name, in one commit with the counts. */
const COUNTED = 'history.counted';
const rowid = z.number().int().min(0);

/** Rows counted at a time, so that a journal of an earlier version does not hold everything else up. */
export const ROWS_AT_A_TIME = 2000;
// Ten years. Where a clock that was wrong made more, those farthest from today go.
const MOST_DAYS_KEPT = 3660;

/** The milestones of a result, as the journal's states name them. */
const MILESTONES: Readonly<Record<string, 'computed' | 'accepted' | 'proved'>> = {
  computed: 'computed',
  confirmed: 'accepted',
  proved: 'proved',
};

const countsSchema = z.object({
  day: z.number().int().min(0).max(99_991_231),
  computed: z.number().int().min(0),
  accepted: z.number().int().min(0),
  proved: z.number().int().min(0),
});
type Counts = z.infer<typeof countsSchema>;

type Step = { readonly row: number; readonly state: string; readonly at: number; readonly isFirst: number };

/**
 * Results by local day, counted from the journal's trail, without transfers: each task once for each milestone, on the day it first came
 * to it. What is counted stays when the journal lets go of the tasks.
 */
export class ResultDays {
  readonly #database: Database;
  readonly #settings: Pick<SettingsStore, 'get' | 'set'>;
  readonly #now: () => number;

  constructor(database: Database, settings: Pick<SettingsStore, 'get' | 'set'>, now: () => number) {
    this.#database = database;
    this.#settings = settings;
    this.#now = now;
  }

  /** Counts what the journal has that is not counted yet. @returns whether that was all @throws AppError `disk_full`, `database_*` */
  count(): boolean {
    const steps = this.#uncounted();
    const upTo = steps.at(-1)?.row ?? this.#counted();
    if (upTo === this.#settings.get(COUNTED, rowid)) return true;
    inTransaction(this.#database, () => {
      for (const counts of this.#byDay(steps)) this.#add(counts);
      this.#settings.set(COUNTED, upTo);
    });
    return steps.length < ROWS_AT_A_TIME;
  }

  /** The last days, today's last, with what is not counted yet. */
  last(days: number): Results {
    const names = lastDays(this.#now(), days);
    const first = numberOf(names.at(0) ?? '');
    const rows = this.#database.all('SELECT rowid AS rowid, * FROM history_days WHERE day >= ?', first);
    const known = new Map<number, Counts>();
    const counted = fitting(this.#database, 'history_days', countsSchema, rows);
    for (const counts of [...counted, ...this.#byDay(this.#uncounted())])
      known.set(counts.day, added(known.get(counts.day) ?? noneOn(counts.day), counts));
    const { oldest } = this.#database.get('SELECT min(day) AS oldest FROM history_days') as {
      oldest: number | null;
    };
    const since = oldest ?? (known.size === 0 ? null : Math.min(...known.keys()));
    return {
      days: names.map((day): DayResults => {
        const { computed, accepted, proved } = known.get(numberOf(day)) ?? noneOn(numberOf(day));
        return { day, computed, accepted, proved };
      }),
      since: since === null ? null : nameOf(since),
    };
  }

  prune(): void {
    this.#database.run(
      'DELETE FROM history_days WHERE day IN (SELECT day FROM history_days ORDER BY abs(day - ?) LIMIT -1 OFFSET ?)',
      numberOf(dayName(this.#now())),
      MOST_DAYS_KEPT,
    );
  }

  /** Never beyond the trail's end: what was damaged there and set aside may have been counted. */
  #counted(): number {
    const { last } = this.#database.get('SELECT max(rowid) AS last FROM task_history') as {
      last: number | null;
    };
    const end = last ?? 0;
    const counted = this.#settings.get(COUNTED, rowid);
    if (counted !== undefined) return Math.min(counted, end);
    // Where that is lost, too few are better than all of them twice.
    return this.#database.get('SELECT 1 FROM history_days LIMIT 1') === undefined ? 0 : end;
  }

  #uncounted(): Step[] {
    return this.#database.all(
      `SELECT h.rowid AS row, h.state AS state, h.at AS at, NOT EXISTS (
         SELECT 1 FROM task_history e WHERE e.task = h.task AND e.state = h.state AND e.rowid < h.rowid)
         AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.id = h.task AND t.recipient IS NOT NULL) AS isFirst
       FROM task_history h WHERE h.rowid > ? ORDER BY h.rowid LIMIT ?`,
      this.#counted(),
      ROWS_AT_A_TIME,
    ) as Step[]; // as the schema has them
  }

  #byDay(steps: readonly Step[]): Counts[] {
    const now = this.#now();
    const days = new Map<number, Counts>();
    for (const { state, at, isFirst } of steps) {
      const milestone = MILESTONES[state];
      if (milestone === undefined || isFirst === 0) continue;
      // What a clock that was wrong dated later than now counts as now.
      const day = numberOf(dayName(Math.min(at, now)));
      const counts = days.get(day) ?? noneOn(day);
      days.set(day, { ...counts, [milestone]: counts[milestone] + 1 });
    }
    return [...days.values()];
  }

  #add({ day, computed, accepted, proved }: Counts): void {
    this.#database.run(
      `INSERT INTO history_days (day, computed, accepted, proved) VALUES (?, ?, ?, ?)
       ON CONFLICT (day) DO UPDATE SET computed = computed + excluded.computed,
         accepted = accepted + excluded.accepted, proved = proved + excluded.proved`,
      day,
      computed,
      accepted,
      proved,
    );
  }
}

function noneOn(day: number): Counts {
  return { day, computed: 0, accepted: 0, proved: 0 };
}

function added(one: Counts, other: Counts): Counts {
  return {
    day: one.day,
    computed: one.computed + other.computed,
    accepted: one.accepted + other.accepted,
    proved: one.proved + other.proved,
  };
}

/** `2026-11-26` as 20261126, and back. */
function numberOf(day: string): number {
  return Number(day.replaceAll('-', ''));
}

function nameOf(day: number): string {
  return String(day)
    .padStart(8, '0')
    .replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
}
