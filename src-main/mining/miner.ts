import { AppError, type ErrorReport, toErrorReport } from '../../src-shared/errors';
import type { Settings } from '../../src-shared/ipc/snapshot';
import { DEFAULT_OPENED_ROWS } from '../../src-shared/matrix-mult/proof';
import { taskSeed } from '../../src-shared/matrix-mult/seed';
import { squareShape } from '../../src-shared/matrix-mult/shape';
import { taskId } from '../../src-shared/matrix-mult/task-id';
import type { Tip } from '../chain/head-state';
import type { Account } from '../keys/account';
import type { FeeCeiling } from '../submissions/fee-ceiling';
import type { Journal } from '../submissions/journal';
import { isStale } from '../submissions/submissions';
import type { TaskRecord } from '../submissions/task-record';
import type { ComputeBackend } from './compute-backend';
import type { NodeSession } from './node-session';
import type { Pauses } from './pauses';

type Parts = {
  readonly journal: Journal;
  readonly account: Account;
  readonly compute: ComputeBackend;
  readonly pauses: Pauses;
  readonly ceiling: FeeCeiling;
  readonly settings: () => Settings;
  readonly session: () => NodeSession | null;
  readonly now: () => number;
  readonly onChange: () => void;
};

/** Counters and the last figures, for the screens. */
export type ComputeFigures = {
  readonly taskId: string | null;
  readonly lastGops: number | null;
  readonly error: ErrorReport | null;
};

/** One task per block: planned, computed, handed over for submission. At most one is in hand. */
export class Miner {
  readonly #parts: Parts;
  #running = false;
  #inHand: { abort: AbortController; task: TaskRecord } | null = null;
  #figures: ComputeFigures = {
    taskId: null,
    lastGops: null,
    error: null,
  };

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get running(): boolean {
    return this.#running;
  }

  get figures(): ComputeFigures {
    return this.#figures;
  }

  start(): void {
    this.#running = true;
    this.tick();
  }

  /** Stops planning; the task in hand is dropped, what was signed is still followed to its end. */
  stop(): void {
    this.#running = false;
    this.drop();
  }

  /** Drops the task in hand, if any. */
  drop(): void {
    this.#inHand?.abort.abort();
  }

  /** Looks whether there is something to compute now; called at each new tip and whenever something changed. */
  tick(): void {
    const session = this.#parts.session();
    const tip = session?.head.tip ?? null;
    const chapter = session?.head.binding?.chapter ?? null;
    if (this.#inHand !== null) {
      const { task } = this.#inHand;
      const other = chapter !== null && chapter.id !== task.chapter;
      if (other || (tip !== null && isOverBy(task, tip))) this.drop();
      return;
    }
    if (session === null || !this.#mayWork(session)) return;
    const task = this.#plan(session);
    if (task !== null) void this.#work(task, session);
  }

  #mayWork(session: NodeSession): boolean {
    const { account, compute, pauses, ceiling, now } = this.#parts;
    const { head, balance, resultFee } = session;
    if (compute.status.state !== 'ready') return false;
    if (!this.#running || pauses.current(now()).length > 0) return false;
    if (account.state.state !== 'ready' || head.tip === null || head.error !== null) return false;
    if (balance === null || resultFee === null || session.storageError !== null) return false;
    if (balance - this.#reservedFees(session) < resultFee) return false;
    const { address } = account.state;
    return address !== null && ceiling.reached(address, resultFee) === null;
  }

  /** Fees of transactions that are signed or sent and not in a block yet, in units. */
  #reservedFees(session: NodeSession): bigint {
    const chapter = session.head.binding?.chapter.id ?? 0;
    const live = this.#parts.journal.live(chapter).filter(({ state }) => state !== 'confirmed');
    return live.reduce((sum, { feeUnits }) => sum + (feeUnits ?? 0n), 0n);
  }

  /** The tip's task, newly planned or left planned by an earlier run; null where it has gone further already. */
  #plan(session: NodeSession): TaskRecord | null {
    const { journal, account, settings } = this.#parts;
    const { tip, binding } = session.head;
    const { address } = account.state;
    if (tip === null || binding === null || address === null) return null;
    const { matrixSize } = settings();
    const task = {
      chapter: binding.chapter.id,
      account: address,
      taskId: taskId(tip.hash, address, 0, matrixSize),
      blockHeight: tip.block.header.height,
      blockHash: tip.hash as TaskRecord['blockHash'], // hash of a verified header
      taskNonce: 0,
      matrixSize,
    };
    try {
      const planned = journal.plan(task) ?? journal.byTaskId(task.taskId, task.chapter);
      return planned?.state === 'planned' ? planned : null;
    } catch (error) {
      session.noteSubmission(error);
      return null;
    }
  }

  async #work(planned: TaskRecord, session: NodeSession): Promise<void> {
    const abort = new AbortController();
    this.#inHand = { abort, task: planned };
    this.#set({ taskId: planned.taskId });
    try {
      const outcome = await this.#compute(planned, abort.signal);
      // Dropped while it was on its way back: a pause costs no fee.
      abort.signal.throwIfAborted();
      this.#set({
        taskId: null,
        lastGops: gops(planned.matrixSize, outcome.timings.multiplyMs),
        error: null,
      });
      if (!this.#isStillPlanned(planned)) return;
      const { engine, timings, resultHash, proof } = outcome;
      const computed = this.#parts.journal.move(planned, 'computed', { engine, timings, resultHash, proof });
      this.#inHand = null;
      void this.#submit(computed, session);
    } catch (error) {
      this.#failed(planned, session, error, abort.signal.aborted);
    } finally {
      this.#inHand = null;
      this.#set({ taskId: null });
    }
    this.tick();
  }

  #compute({ blockHash, account, taskNonce, matrixSize, blockHeight }: TaskRecord, signal: AbortSignal) {
    const operands = { kind: 'drawn', seed: taskSeed(blockHash, account, taskNonce) } as const;
    const shape = squareShape(matrixSize);
    const task = { shape, operands, blockHeight, openedRows: DEFAULT_OPENED_ROWS, wantsProduct: false };
    return this.#parts.compute.run(task, signal);
  }

  async #submit(computed: TaskRecord, session: NodeSession): Promise<void> {
    const { binding } = session.head;
    if (binding?.chapter.id !== computed.chapter) return;
    try {
      const tipHeight = () => session.head.tip?.block.header.height ?? computed.blockHeight;
      const task = await session.submissions.submit(computed, binding.network, tipHeight);
      session.noteSubmission(
        task.reason === null ? null : new AppError(task.reason.code, task.reason.message, task.reason),
      );
    } catch (error) {
      session.noteSubmission(error);
    }
  }

  #failed(planned: TaskRecord, session: NodeSession, error: unknown, dropped: boolean): void {
    const report = toErrorReport(dropped ? cancelled() : error);
    if (!dropped) this.#set({ error: report });
    try {
      if (this.#isStillPlanned(planned)) this.#parts.journal.move(planned, 'abandoned', { reason: report });
    } catch (failure) {
      session.noteSubmission(failure);
    }
  }

  /** False where its block grew too old while it was computed: then it has been abandoned. */
  #isStillPlanned({ taskId, chapter }: TaskRecord): boolean {
    return this.#parts.journal.byTaskId(taskId, chapter)?.state === 'planned';
  }

  #set(change: Partial<ComputeFigures>): void {
    this.#figures = { ...this.#figures, ...change };
    this.#parts.onChange();
  }
}

/** Whether a tip makes a task's result worthless: its block is far behind, or another one has taken its place. */
function isOverBy(task: TaskRecord, { block, hash }: Tip): boolean {
  const { height } = block.header;
  return (
    isStale(task, height) ||
    height < task.blockHeight ||
    (height === task.blockHeight && hash !== task.blockHash)
  );
}

/** Multiply-adds counted as two operations, in 10⁹ a second. */
function gops(n: number, multiplyMs: number): number {
  return multiplyMs > 0 ? (2 * n ** 3) / (multiplyMs * 1e6) : 0;
}

function cancelled(): AppError {
  return new AppError(
    'compute_cancelled',
    'The task was dropped: its block is old, or mining was paused or stopped.',
  );
}
