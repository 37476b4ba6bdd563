import type { Settings } from '../../src-shared/ipc/snapshot';
import { Listeners } from '../async/listeners';
import type { SettingsStore } from '../storage/settings-store';
import { allowedNodeUrl } from './allowed-node-url';

/** The settings as they hold now: what is kept, and before it what this run was told. */
export class LiveSettings {
  readonly #store: SettingsStore;
  readonly #listeners: Listeners<ReadonlySet<keyof Settings>>;
  #current: Settings;

  /** @param overrides what the command line says; it goes before what is kept, and is never kept itself */
  constructor(store: SettingsStore, overrides: Partial<Settings>, onError: (error: unknown) => void) {
    this.#store = store;
    this.#listeners = new Listeners(onError);
    this.#current = { ...store.load(), ...overrides };
  }

  get current(): Settings {
    return this.#current;
  }

  /** Calls back with the names of what changed; returns the function that stops it. */
  onChange(listener: (changed: ReadonlySet<keyof Settings>) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Keeps and applies what a person changed. @throws AppError `invalid_node_url`, `insecure_node_url`, `disk_full`, `database_failed` */
  update(change: Partial<Settings>): void {
    const settled = { ...change };
    if (typeof change.nodeUrl === 'string') {
      settled.nodeUrl = allowedNodeUrl(change.nodeUrl, { ...this.#current, ...change });
    }
    this.#store.save(settled);
    const before = this.#current;
    this.#current = { ...before, ...settled };
    const names = Object.keys(settled) as (keyof Settings)[]; // a partial of the settings
    this.#listeners.tell(new Set(names.filter((name) => before[name] !== this.#current[name])));
  }
}
