import type { Clock } from '../clock/clock';
import type { ChainForResults } from '../submissions/chain-for-results';
import type { Journal } from '../submissions/journal';
import type { TaskRecord } from '../submissions/task-record';
import type { JobStore, ResultToSubmit } from './job-store';

type Parts = {
  readonly store: JobStore;
  readonly journal: Journal;
  /** Null where nothing can be submitted now: no node, not at its head, no balance known. */
  readonly chain: () => ChainForResults | null;
  readonly clock: Clock;
  /** Does a piece of work, and notes what it throws. */
  readonly attempt: (work: () => void) => void;
  readonly log: (message: string) => void;
};

// Hundreds of answers a second are looked at together.
const AFTER_ANSWERS_MS = 250;
// More on their way would only wait in the node's pool; the rest goes with the next blocks.
const MOST_UNDER_WAY = 32;
// What could not be paid for by then is given up, as is another key's: the validator has had its answer.
const GIVEN_UP_MS = 60 * 60_000;

/**
 * Hands results of jobs to the journal, which takes them to the chain as it does those of its own tasks. A task id is
 * handed over once a chain, however many jobs it came in: none is paid for twice.
 */
export class JobSubmissions {
  readonly #parts: Parts;
  #callOff: (() => void) | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Answers were kept: what they hold goes with all that comes within a moment. */
  soon(): void {
    this.#callOff ??= this.#parts.clock.after(AFTER_ANSWERS_MS, () => {
      this.#callOff = null;
      this.run();
    });
  }

  /** Nothing is handed over any more. */
  close(): void {
    this.#callOff?.();
  }

  /** Hands over what can be; to be called with each tip. */
  run(): void {
    this.#parts.attempt(() => this.#run());
  }

  /** @throws AppError `disk_full`, `database_*` */
  #run(): void {
    const now = this.#parts.chain();
    if (now === null) return;
    if (this.#parts.store.toSubmit(1).length === 0) return;
    const computed = this.#parts.journal.inOneCommit(() => this.#handOverAll(now));
    for (const task of computed) void now.submit(task);
  }

  /** @returns what is to be submitted once it is committed */
  #handOverAll(chain: ChainForResults): TaskRecord[] {
    const { store, journal } = this.#parts;
    const room = Math.max(0, MOST_UNDER_WAY - journal.countJobsUnderWay(chain.chapter));
    const computed: TaskRecord[] = [];
    for (const result of store.toSubmit(room)) {
      if (this.#isTooOld(result) || result.account !== chain.account) this.#giveUp(result);
      else if (!chain.paysForOne()) break;
      else computed.push(...this.#handOver(result, chain));
    }
    return computed;
  }

  #handOver(
    { id, taskId, matrixSize, resultHash, proof, engine }: ResultToSubmit,
    chain: ChainForResults,
  ): TaskRecord[] {
    const { store, journal } = this.#parts;
    const { chapter, account, tip } = chain;
    const task = {
      chapter,
      account,
      taskId,
      blockHeight: tip.height,
      blockHash: tip.hash,
      taskNonce: 0,
      matrixSize,
      job: id,
    };
    // The chain has no proof of nothing: where there is none to open, the text is empty.
    const computed = journal.addComputed(task, { engine, resultHash, proof: proof ?? '' });
    store.submitted(id);
    return computed === null ? [] : [computed];
  }

  #isTooOld({ answeredAtMs }: ResultToSubmit): boolean {
    return this.#parts.clock.now() - answeredAtMs > GIVEN_UP_MS;
  }

  #giveUp({ id, taskId }: ResultToSubmit): void {
    const { store, log } = this.#parts;
    store.submitted(id);
    log(
      `The result of job task ${taskId} was not sent to the chain: for an hour there was no way or no balance, or the key is another one.`,
    );
  }
}
