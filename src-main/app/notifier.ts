import { z } from 'zod';
import type { AppState } from '../../src-shared/state/state';
import type { Clock } from '../clock/clock';
import type { SettingsStore } from '../storage/settings-store';

/** What a person is told of when they don't look. Never one a result. */
export type NotificationKind = 'firstResult' | 'blocked' | 'lowBalance' | 'quarantine' | 'update';

type Parts = {
  readonly show: (kind: NotificationKind) => void;
  /** Keeps that the first result was told of. */
  readonly store: Pick<SettingsStore, 'get' | 'set'>;
  readonly clock: Pick<Clock, 'after'>;
};

type Facts = Pick<AppState, 'settings' | 'miner' | 'balance' | 'compute' | 'updates'>;

const FIRST_RESULT = 'notified.firstResult';
const BLOCKED_MS = 5 * 60_000;
/** Results that a balance pays for: below the one it is low, from the other on it no longer is. */
const LOW = { from: 100n, until: 200n };

/** Decides what is told of, each once: until it is over and comes again. */
export class Notifier {
  readonly #parts: Parts;
  #callOff: (() => void) | null = null;
  #isLow = false;
  readonly #quarantines = new Set<string>();
  #update: string | null = null;
  #settings: Facts['settings'] | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Looks at how things are now; to be called at each change. */
  look(facts: Facts): void {
    this.#settings = facts.settings;
    this.#lookAtFirstResult(facts);
    this.#lookAtBlocked(facts);
    this.#lookAtBalance(facts);
    this.#lookAtQuarantines(facts);
    this.#lookAtUpdate(facts);
  }

  /** Nothing is told of any more. */
  close(): void {
    this.#callOff?.();
  }

  #lookAtFirstResult({ miner }: Facts): void {
    const { store } = this.#parts;
    if (miner.kind !== 'mining' || store.get(FIRST_RESULT, z.boolean()) === true) return;
    store.set(FIRST_RESULT, true);
    this.#tell('firstResult');
  }

  #lookAtBlocked({ miner }: Facts): void {
    if (miner.kind === 'blocked')
      this.#callOff ??= this.#parts.clock.after(BLOCKED_MS, () => this.#tell('blocked'));
    // What starts again may be blocked the next moment: it is over only once something is well, or wanted.
    else if (miner.kind !== 'starting') {
      this.#callOff?.();
      this.#callOff = null;
    }
  }

  #lookAtBalance({ miner, balance: { paysForResults } }: Facts): void {
    if (paysForResults === null) return;
    const count = BigInt(paysForResults);
    if (count >= LOW.until) this.#isLow = false;
    if (this.#isLow || count >= LOW.from || miner.kind === 'idle') return;
    this.#isLow = true;
    this.#tell('lowBalance');
  }

  #lookAtQuarantines({ compute }: Facts): void {
    for (const { id, quarantinedSinceMs } of compute.lanes) {
      const name = `${id} ${quarantinedSinceMs}`;
      if (quarantinedSinceMs === null || this.#quarantines.has(name)) continue;
      this.#quarantines.add(name);
      this.#tell('quarantine');
    }
  }

  #lookAtUpdate({ updates: { found, postponedUntilMs } }: Facts): void {
    if (found === null || postponedUntilMs !== null || this.#update === found.version) return;
    this.#update = found.version;
    this.#tell('update');
  }

  #tell(kind: NotificationKind): void {
    const settings = this.#settings;
    if (settings === null) return;
    const isWanted = {
      firstResult: settings.notifyFirstResult,
      blocked: settings.notifyBlocked,
      lowBalance: settings.notifyLowBalance,
      quarantine: settings.notifyQuarantine,
      update: settings.notifyUpdate,
    };
    if (isWanted[kind]) this.#parts.show(kind);
  }
}
