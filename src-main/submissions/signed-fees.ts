import type { Address } from '../../src-shared/chain/address';
import type { TaskRecord } from './task-record';
import { DOUBTFUL_STATES, SPENDING_STATES } from './task-states';

/** The fee of a task's transaction, by when it was signed and the nonce it is paid for. */
export type SignedFee = {
  readonly id: number;
  readonly atMs: number;
  readonly units: bigint;
  readonly nonce: string;
};

/** Reads the fees of an account's tasks that were signed after a time and are or may be spent. */
export type FeeReader = (account: Address, sinceMs: number) => readonly SignedFee[];

type Known = {
  readonly account: Address;
  sinceMs: number;
  revision: number;
  readonly byTask: Map<number, SignedFee>;
};

/**
 * The fees of the newest account and time that were asked for, read once and brought up to each change: an hour has
 * thousands, and they are asked for several times a block.
 */
export class SignedFees {
  readonly #read: FeeReader;
  readonly #revision: () => number;
  #known: Known | null = null;

  /** @param revision another number once what is read may be other than it was */
  constructor(read: FeeReader, revision: () => number) {
    this.#read = read;
    this.#revision = revision;
  }

  /** Another number once what is known is out of date, unless `keep` is told of the change. */
  get revision(): number {
    return this.#revision();
  }

  /** By task, in no order; those from before are let go of, and read again where they are asked for once more. */
  since(account: Address, sinceMs: number): SignedFee[] {
    let known = this.#known;
    const isKnown =
      known?.account === account && known.sinceMs <= sinceMs && known.revision === this.#revision();
    if (known === null || !isKnown) {
      const fees = this.#read(account, sinceMs);
      // Afterwards: what is damaged was set aside by the reading.
      known = {
        account,
        sinceMs,
        revision: this.#revision(),
        byTask: new Map(fees.map((fee) => [fee.id, fee])),
      };
      this.#known = known;
    }
    known.sinceMs = sinceMs;
    for (const { id, atMs } of known.byTask.values()) if (atMs <= sinceMs) known.byTask.delete(id);
    return [...known.byTask.values()];
  }

  /**
   * A task was changed, and nothing else since `before`.
   * @param signedAtMs the time where the change was its signing, else null
   */
  keep(record: TaskRecord, before: number, signedAtMs: number | null): void {
    const known = this.#known;
    if (known?.revision !== before) return;
    const { id, feeUnits: units, accountNonce } = record;
    const atMs = signedAtMs ?? known.byTask.get(id)?.atMs;
    if (record.account !== known.account || !mayBeSpent(record)) known.byTask.delete(id);
    else if (atMs === undefined || units === null || accountNonce === null) {
      // Only the journal itself can tell.
      this.#known = null;
      return;
    } else known.byTask.set(id, { id, atMs, units, nonce: `${record.chapter}/${accountNonce}` });
    known.revision = this.#revision();
  }
}

function mayBeSpent({ byHand, state, sends }: TaskRecord): boolean {
  return !byHand && (SPENDING_STATES.includes(state) || (DOUBTFUL_STATES.includes(state) && sends > 0));
}
