import type { Address } from '../../src-shared/chain/address';
import type { BlockHash } from '../../src-shared/chain/block';
import { type ErrorReport, toErrorReport } from '../../src-shared/errors';
import type { ComputeOutcome } from '../../src-shared/ipc/compute';
import { DEFAULT_OPENED_ROWS } from '../../src-shared/matrix-mult/proof';
import { taskSeed } from '../../src-shared/matrix-mult/seed';
import { squareShape } from '../../src-shared/matrix-mult/shape';
import { taskId } from '../../src-shared/matrix-mult/task-id';
import type { Settings } from '../../src-shared/settings/settings';
import type { ComputeWork } from '../compute/compute-task';
import type { Account } from '../keys/account';
import type { FeeCeiling } from '../submissions/fee-ceiling';
import type { Journal, PlannedTask } from '../submissions/journal';
import { paysForResults } from '../submissions/pays-for-results';
import { alreadyTaken } from '../submissions/taken-tasks';
import type { TaskRecord } from '../submissions/task-record';
import type { WorkSource } from '../work/work-source';
import type { NodeSession } from './node-session';
import { endOldPlans, isOverBy } from './old-plans';
import type { Pauses } from './pauses';
import { submitTo } from './session-chain';
import type { Troubles } from './troubles';

/** All that decides which tasks a block brings. */
export type PlanFacts = {
  readonly chapter: number;
  readonly account: Address;
  readonly blockHash: BlockHash;
  readonly blockHeight: number;
  /** N. */
  readonly matrixSize: number;
  /** How many nonces of the block are worked on, from 0. */
  readonly tasksPerBlock: number;
};

/** The tasks of one block, by nonce: 0…tasksPerBlock − 1 (matrix-mult-v1.md, "Task"). */
export function planTasks({ tasksPerBlock, ...facts }: PlanFacts): PlannedTask[] {
  const { account, blockHash, matrixSize } = facts;
  return Array.from({ length: tasksPerBlock }, (_, taskNonce) => ({
    ...facts,
    taskNonce,
    taskId: taskId(blockHash, account, taskNonce, matrixSize),
  }));
}

type Parts = {
  readonly journal: Journal;
  readonly account: Account;
  /** Whether the key is one that this chain is mined with. */
  readonly mayMine: () => boolean;
  readonly pauses: Pauses;
  readonly ceiling: FeeCeiling;
  readonly troubles: Troubles;
  readonly settings: () => Pick<Settings, 'matrixSize' | 'tasksPerBlock'>;
  readonly session: () => NodeSession | null;
  /** Whether anything is up to compute with. */
  readonly canCompute: () => boolean;
  /** Told where `error` may have changed. */
  readonly onChange: () => void;
};

/** The chain as a source of work: the tip's tasks, planned into the journal, computed, and handed over to be sent. */
export class ChainTasks implements WorkSource<TaskRecord> {
  readonly priority = 'chain';
  // A task of a newer block is worth more than one that waited.
  readonly ahead = 0;
  readonly #parts: Parts;
  /** The tasks that are being computed, by row. */
  readonly #out = new Map<number, TaskRecord>();
  #error: ErrorReport | null = null;
  /** What of the tip is known to have been planned: it is looked for no more until something is different. */
  #exhausted = '';

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A task is to be done before its block grows stale: what is more urgent holds it up for half a slot. */
  get ageMs(): number | undefined {
    const slotMs = this.#parts.session()?.head.blockTimeMs ?? null;
    return slotMs === null ? undefined : slotMs / 2;
  }

  /** Why the last task could not be computed, or null. */
  get error(): ErrorReport | null {
    return this.#error;
  }

  /** A new tip: what an earlier run planned may be over by it. */
  takeTip(session: NodeSession): void {
    const { tip, binding } = session.head;
    if (tip === null || binding === null) return;
    this.#parts.troubles.attempt(() =>
      endOldPlans(this.#parts.journal, binding.chapter.id, tip, new Set(this.#out.keys())),
    );
  }

  /** A block is about to come: what its result will need of the node is asked for beside it. */
  expectTip(session: NodeSession): void {
    const { address } = this.#parts.account.state;
    if (address === null || !this.#mayWork(session) || !this.#canPay(session)) return;
    session.submissions.prepare(address);
  }

  next(): TaskRecord | null {
    const session = this.#parts.session();
    if (session === null || !this.#mayWork(session)) return null;
    const facts = this.#factsOfTip(session);
    if (facts === null) return null;
    const key = Object.values(facts).join();
    if (key === this.#exhausted || !this.#canPay(session)) return null;
    for (const task of planTasks(facts)) {
      const planned = this.#plan(task);
      if (planned === null) continue;
      this.#out.set(planned.id, planned);
      session.submissions.prepare(planned.account);
      return planned;
    }
    // What could not be kept, as on a full disk, is planned once it can.
    if (this.#parts.troubles.storage === null) this.#exhausted = key;
    return null;
  }

  task({ blockHash, account, taskNonce, matrixSize, blockHeight }: TaskRecord): ComputeWork {
    const operands = { kind: 'drawn', seed: taskSeed(blockHash, account, taskNonce) } as const;
    const shape = squareShape(matrixSize);
    return {
      shape,
      operands,
      iterations: 1,
      commitment: 'merkle',
      blockHeight,
      openedRows: DEFAULT_OPENED_ROWS,
      wantsProduct: false,
    };
  }

  isOver(task: TaskRecord): boolean {
    const session = this.#parts.session();
    if ((session?.submissions.takenAt(task) ?? null) !== null) return true;
    const head = session?.head;
    const chapter = head?.binding?.chapter.id;
    const tip = head?.tip ?? null;
    return (chapter !== undefined && chapter !== task.chapter) || (tip !== null && isOverBy(task, tip));
  }

  done(planned: TaskRecord, { engine, timings, resultHash, proof }: ComputeOutcome): void {
    this.#out.delete(planned.id);
    this.#setError(null);
    const { journal, troubles } = this.#parts;
    const result = { engine, timings, resultHash, proof };
    const computed = troubles.attempt(() => journal.move(planned, 'computed', result));
    if (computed !== null) void submitTo(this.#parts.session(), computed, this.#parts);
  }

  failed(planned: TaskRecord, error: unknown, dropped: boolean): void {
    this.#out.delete(planned.id);
    const takenAt = this.#parts.session()?.submissions.takenAt(planned) ?? null;
    const reason = toErrorReport(dropped && takenAt !== null ? alreadyTaken(takenAt) : error);
    if (!dropped) this.#setError(reason);
    this.#parts.troubles.attempt(() => this.#parts.journal.move(planned, 'abandoned', { reason }));
  }

  #mayWork({ head, balance, resultFee }: NodeSession): boolean {
    const { account, pauses, troubles, canCompute, mayMine } = this.#parts;
    if (!canCompute() || !mayMine()) return false;
    if (!pauses.mayWork || account.state.state !== 'ready' || troubles.storage !== null) return false;
    if (head.tip === null || head.behind > 0 || head.error !== null) return false;
    return balance !== null && resultFee !== null;
  }

  /** Whether balance and ceiling cover one more result beside those that are on their way. */
  #canPay({ head, balance, resultFee }: NodeSession): boolean {
    const { account } = this.#parts;
    const { address } = account.state;
    if (balance === null || resultFee === null || address === null) return false;
    const facts = { chapter: head.binding?.chapter.id ?? 0, account: address, balance, resultFee };
    return paysForResults(this.#parts, facts, this.#out.size + 1);
  }

  #factsOfTip({ head: { tip, binding } }: NodeSession): PlanFacts | null {
    const { account, settings } = this.#parts;
    const { address } = account.state;
    if (tip === null || binding === null || address === null) return null;
    const { matrixSize, tasksPerBlock } = settings();
    return {
      chapter: binding.chapter.id,
      account: address,
      blockHash: tip.hash as BlockHash, // hash of a verified header
      blockHeight: tip.block.header.height,
      matrixSize,
      tasksPerBlock,
    };
  }

  /** A task that is to be computed now, newly planned or left by an earlier run; null where it has gone further. */
  #plan(task: PlannedTask): TaskRecord | null {
    const { journal, troubles } = this.#parts;
    return troubles.attempt(() => {
      const planned = journal.plan(task) ?? journal.byTaskId(task.taskId, task.chapter);
      return planned?.state === 'planned' && !this.#out.has(planned.id) ? planned : null;
    });
  }

  #setError(error: ErrorReport | null): void {
    if (error === null && this.#error === null) return;
    this.#error = error;
    this.#parts.onChange();
  }
}
