import type { MinerState } from '../../src-shared/mining/miner-state';
import type { Reading } from '../machine/machine';

/** Electron's `powerSaveBlocker`, as far as it is used. */
type Blocker = {
  start(type: 'prevent-app-suspension'): number;
  stop(id: number): boolean;
};

/**
 * Whether the computer is to stay awake: where a person chose so, only while results are getting accepted, or the last of
 * them is done, and never until its battery is empty.
 */
export function keepsAwake(
  isChosen: boolean,
  { kind }: Pick<MinerState, 'kind'>,
  power: Reading<'mains' | 'battery'> | null,
): boolean {
  // Where there is no battery, or nobody tells of one, nothing is used up.
  const isOnBattery = power?.known === true && power.value === 'battery';
  return isChosen && power !== null && !isOnBattery && (kind === 'mining' || kind === 'finishing');
}

/** Holds off the computer's sleep, not the screen's, for as long as it is asked to. */
export class KeepAwake {
  readonly #blocker: Blocker;
  #id: number | null = null;

  constructor(blocker: Blocker) {
    this.#blocker = blocker;
  }

  set(isWanted: boolean): void {
    if (isWanted) this.#id ??= this.#blocker.start('prevent-app-suspension');
    else this.close();
  }

  close(): void {
    if (this.#id !== null) this.#blocker.stop(this.#id);
    this.#id = null;
  }
}
