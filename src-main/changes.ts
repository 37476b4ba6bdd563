import { Listeners } from './async/listeners';

/** What of the miner changed; each part tells of its own. `progress` comes several times a second. */
export type MinerChange =
  | 'settings'
  | 'key'
  | 'node'
  | 'balance'
  | 'faucet'
  | 'compute'
  | 'progress'
  | 'tasks'
  | 'miner';

/** Where the miner's parts tell that they changed, and who shows or follows them hears of it. */
export class Changes {
  readonly #listeners: Listeners<MinerChange>;

  constructor(onError: (error: unknown) => void) {
    this.#listeners = new Listeners(onError);
  }

  /** Calls back after each change; returns the function that stops it. */
  listen(listener: (change: MinerChange) => void): () => void {
    return this.#listeners.add(listener);
  }

  tell(change: MinerChange): void {
    this.#listeners.tell(change);
  }
}
