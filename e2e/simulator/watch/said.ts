import type { Clock } from '../../../src-main/clock/clock';
import type { MinerLife } from '../miner/miner-life';
import type { Person } from '../person';
import type { Fail } from './broken';

// As long as the miner itself calls a result recent, with blocks every five seconds.
const RECENT_MS = 30_000;
// It may look at itself so much later.
const LOOKED_AT_WITHIN_MS = 60;

/** What the miner says of itself: `mining` while results are accepted, and of whatever keeps it, what to do. */
export class Said {
  readonly #monotonic: Clock['monotonic'];
  readonly #fail: Fail;
  #acceptedMs: number | null = null;
  #state = '';

  constructor(monotonic: Clock['monotonic'], fail: Fail) {
    this.#monotonic = monotonic;
    this.#fail = fail;
  }

  begin(): void {
    this.#acceptedMs = null;
    this.#state = '';
  }

  /** A result is in a block. */
  accepted(): void {
    this.#acceptedMs = this.#monotonic();
  }

  /** @returns its state where that is another one than before, by name */
  look({ miner }: MinerLife, person: Person): string | null {
    const { state } = miner.status;
    if (state.kind === 'mining') this.#requireMining(person);
    if (state.kind === 'blocked') {
      const { code, remedy } = state.error;
      if (code === 'internal' || remedy === 'none')
        this.#fail('every error has a remedy', `${code} with remedy ${remedy}: ${state.error.message}`);
    }
    const named = state.kind === 'blocked' ? `blocked ${state.error.code}` : state.kind;
    if (named === this.#state) return null;
    this.#state = named;
    return named;
  }

  #requireMining({ wantsMining }: Person): void {
    if (!wantsMining) this.#fail('mining is true when said', 'a person stopped or paused it');
    const since = this.#acceptedMs === null ? null : this.#monotonic() - this.#acceptedMs;
    if (since === null || since > RECENT_MS + LOOKED_AT_WITHIN_MS)
      this.#fail('mining is true when said', `the newest result was accepted ${since} ms ago`);
  }
}
