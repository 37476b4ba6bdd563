import type { z } from 'zod';
import {
  DEFAULT_SETTINGS,
  SETTING_NAMES,
  type SettingName,
  type Settings,
} from '../../src-shared/settings/settings';
import { settingsSchema } from '../../src-shared/settings/settings-schema';
import type { Database } from './database';
import { jsonColumn } from './json-column';
import { reasonOf, setAside } from './set-aside';
import { inTransaction } from './transaction';

type Listener = () => void;

/** Settings and other small named values, one row each, JSON inside. */
export class SettingsStore {
  readonly #database: Database;
  readonly #listeners = new Map<SettingName, Set<Listener>>();
  #current: Settings;

  /** @param overrides go before what is kept until a person sets something else, and are never kept themselves */
  constructor(database: Database, overrides: Partial<Settings> = {}) {
    this.#database = database;
    this.#current = { ...this.load(), ...overrides };
  }

  /** What holds now: as kept, but for what this run overrides. */
  get current(): Settings {
    return this.#current;
  }

  /** The settings as kept; a field that is missing or no longer fits has its default. */
  load(): Settings {
    const settings = SETTING_NAMES.map((name) => {
      const schema: z.ZodType<Settings[SettingName]> = settingsSchema.shape[name];
      const kept = this.get(name, schema);
      return [name, kept === undefined ? DEFAULT_SETTINGS[name] : kept];
    });
    return settingsSchema.parse(Object.fromEntries(settings));
  }

  /**
   * Keeps what a person changed, all of it or nothing, and tells those who watch it.
   * @throws AppError `disk_full`, `database_failed`: then nothing has changed
   */
  save(change: Partial<Settings>): void {
    const before = this.#current;
    const given = SETTING_NAMES.filter((name) => change[name] !== undefined);
    inTransaction(this.#database, () => {
      for (const name of given) this.#put(name, change[name]);
    });
    this.#current = { ...before, ...Object.fromEntries(given.map((name) => [name, change[name]])) };
    for (const name of given) if (this.#current[name] !== before[name]) this.#tell(name);
  }

  /** Calls back after each change of one setting; returns the function that stops it. */
  watch<N extends SettingName>(name: N, listener: (value: Settings[N]) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    const tell = () => listener(this.#current[name]);
    listeners.add(tell);
    return () => listeners.delete(tell);
  }

  /** A named value, or undefined where there is none; one that does not fit is set aside. @throws as `setAside` */
  get<T>(name: string, schema: z.ZodType<T>): T | undefined {
    const row = this.#database.get('SELECT rowid, value FROM settings WHERE name = ?', name) as
      | { rowid: number; value: string }
      | undefined;
    if (row === undefined) return undefined;
    const parsed = jsonColumn(schema).safeParse(row.value);
    if (parsed.success) return parsed.data;
    const reason = `${name}: ${reasonOf(parsed.error)}`;
    setAside(this.#database, { table: 'settings', rowid: row.rowid, reason });
    return undefined;
  }

  /** Keeps a named value that is no setting. @throws AppError `disk_full`, `database_failed` */
  set(name: string, value: unknown): void {
    inTransaction(this.#database, () => this.#put(name, value));
  }

  /** Lets go of a named value, where there is one. @throws as `set` */
  remove(name: string): void {
    inTransaction(this.#database, () => this.#database.run('DELETE FROM settings WHERE name = ?', name));
  }

  #put(name: string, value: unknown): void {
    this.#database.run(
      'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      name,
      JSON.stringify(value),
    );
  }

  #tell(name: SettingName): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener();
  }
}
