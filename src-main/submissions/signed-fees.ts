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
  readonly sinceMs: number;
  readonly revision: number;
  readonly byTask: ReadonlyMap<number, SignedFee>;
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

  /** By task, in no order. */
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
    return [...known.byTask.values()].filter(({ atMs }) => atMs > sinceMs);
  }

  /**
   * A task was changed, and nothing else since `before`.
   * @param signedAtMs the time where the change was its signing, else null
   */
  keep(record: TaskRecord, before: number, signedAtMs: number | null): void {
    const known = this.#known;
    if (known?.revision !== before) return;
    this.#known = this.#with(known, record, signedAtMs);
  }

  /** @returns null where only the journal itself can tell */
  #with(known: Known, record: TaskRecord, signedAtMs: number | null): Known | null {
    const { id, feeUnits: units, accountNonce } = record;
    const now = { ...known, revision: this.#revision() };
    const fee = known.byTask.get(id);
    if (record.account !== known.account || !mayBeSpent(record)) {
      return fee === undefined ? now : { ...now, byTask: without(known.byTask, id) };
    }
    const atMs = signedAtMs ?? fee?.atMs;
    if (atMs === undefined || units === null || accountNonce === null) return null;
    const nonce = `${record.chapter}/${accountNonce}`;
    if (fee?.atMs === atMs && fee.units === units && fee.nonce === nonce) return now;
    return { ...now, byTask: new Map(known.byTask).set(id, { id, atMs, units, nonce }) };
  }
}

function without(byTask: Known['byTask'], id: number): Known['byTask'] {
  const others = new Map(byTask);
  others.delete(id);
  return others;
}

function mayBeSpent({ byHand, state, sends }: TaskRecord): boolean {
  return !byHand && (SPENDING_STATES.includes(state) || (DOUBTFUL_STATES.includes(state) && sends > 0));
}
