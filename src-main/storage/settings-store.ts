import { type Settings, settingsSchema } from '../../src-shared/ipc/snapshot';
import { DEFAULT_MATRIX_SIZE } from '../../src-shared/matrix-mult/matrix-size';
import type { Database } from './database';

export const DEFAULT_SETTINGS: Settings = {
  language: 'system',
  theme: 'system',
  engine: 'auto',
  matrixSize: DEFAULT_MATRIX_SIZE,
  tasksPerBlock: 1,
  dutyPercent: 100,
  slices: 'balanced',
  cpuThreads: null,
  feeCeilingUnits: null,
  nodeUrl: null,
  insecureNodeUrl: null,
  closeToTray: true,
};

/** Settings and other small named values, one row each, JSON inside. */
export class SettingsStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The settings as kept; a field that is missing or no longer fits has its default. */
  load(): Settings {
    const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
    for (const name of Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[]) {
      const parsed = settingsSchema.shape[name].safeParse(this.get(name));
      if (parsed.success) settings[name] = parsed.data;
    }
    return settingsSchema.parse(settings);
  }

  save(change: Partial<Settings>): void {
    for (const [name, value] of Object.entries(change)) if (value !== undefined) this.set(name, value);
  }

  /** A named value, or undefined. */
  get(name: string): unknown {
    const row = this.#database.get('SELECT value FROM settings WHERE name = ?', name) as
      | { value: string }
      | undefined;
    if (row === undefined) return undefined;
    try {
      return JSON.parse(row.value);
    } catch {
      return undefined;
    }
  }

  set(name: string, value: unknown): void {
    this.#database.run(
      'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      name,
      JSON.stringify(value),
    );
  }
}
