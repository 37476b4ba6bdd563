import type { TaskRecord } from '../../../src-main/submissions/task-record';
import type { MinerLife } from '../miner/miner-life';
import type { Fail } from './broken';

const HOUR_MS = 60 * 60_000;

type Fee = { readonly atMs: number; readonly units: bigint };

/** What is signed within an hour costs no more than a person allows, whatever is done to the wall clock in it. */
export class Fees {
  readonly #monotonic: () => number;
  readonly #fail: Fail;
  /** Of this process, the newest for each nonce, which is paid for once. */
  readonly #fees = new Map<string, Fee>();
  /** Transactions whose fee was counted, by whichever process: what is told of them later is no second one. */
  readonly #counted = new Set<string>();

  constructor(monotonic: () => number, fail: Fail) {
    this.#monotonic = monotonic;
    this.#fail = fail;
  }

  /** Another process: what it finds is by a clock that may have been set since. */
  begin(): void {
    this.#fees.clear();
  }

  /** A task was changed, and the change committed. */
  take(task: TaskRecord, life: MinerLife): void {
    const { chapter, accountNonce, state, txHash, feeUnits, byHand } = task;
    const nonce = `${chapter}/${accountNonce}`;
    // It went to another program's transaction: no fee of ours is in it.
    if (state === 'superseded') this.#fees.delete(nonce);
    if (state !== 'sent' || byHand || txHash === null || feeUnits === null || this.#counted.has(txHash))
      return;
    this.#counted.add(txHash);
    const now = this.#monotonic();
    this.#fees.set(nonce, { atMs: now, units: feeUnits });
    for (const [key, { atMs }] of this.#fees) if (now - atMs >= HOUR_MS) this.#fees.delete(key);
    const { feeCeilingUnits } = life.miner.settings.current;
    if (feeCeilingUnits === null) return;
    const spent = [...this.#fees.values()].reduce((sum, { units }) => sum + units, 0n);
    if (spent > BigInt(feeCeilingUnits))
      this.#fail('the ceiling holds', `${spent} units within an hour, with a ceiling of ${feeCeilingUnits}`);
  }
}
