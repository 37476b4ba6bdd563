import { z } from 'zod';
import { type Address, isAddress } from '../../src-shared/chain/address';
import type { BlockHash } from '../../src-shared/chain/block';
import { engineSchema } from '../../src-shared/compute/engine';
import type { ErrorReport } from '../../src-shared/errors';
import { timingsSchema } from '../../src-shared/ipc/compute';
import { errorReportSchema } from '../../src-shared/ipc/error-report';
import { checkSchema, inclusionSchema, type TaskRow } from '../../src-shared/ipc/task-row';
import { TASK_STATES, type TaskState } from '../../src-shared/ipc/task-state';
import { jsonColumn } from '../storage/json-column';
import { reasonOf } from '../storage/set-aside';

/** What stands behind "proved": the checks made here and the path to compute_root. */
export const evidenceSchema = z.object({
  checks: z.array(checkSchema),
  inclusion: inclusionSchema.nullable(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** Units that a person sends to somebody. */
export type Transfer = { readonly to: Address; readonly amountUnits: bigint };

/** One task as the journal keeps it, or a transfer, which shares the account's nonces with them. Amounts in units, times in ms since the epoch. */
export type TaskRecord = {
  readonly id: number;
  readonly chapter: number;
  readonly account: Address;
  readonly taskId: string;
  readonly blockHeight: number;
  readonly blockHash: BlockHash;
  readonly taskNonce: number;
  readonly matrixSize: number;
  /** The validator's job that it is, by its row; null for a task of the block's own. */
  readonly job: number | null;
  /** Whether a person sent it themselves: it is signed once, and not counted with what is sent unasked. */
  readonly byHand: boolean;
  /** What it sends to whom, where it is no result. */
  readonly transfer: Transfer | null;
  readonly state: TaskState;
  readonly engine: 'webgpu' | 'cpu' | null;
  readonly timings: z.infer<typeof timingsSchema> | null;
  readonly resultHash: string | null;
  readonly proof: string | null;
  readonly feeUnits: bigint | null;
  readonly accountNonce: bigint | null;
  /** The signed transaction's very bytes, as JSON. */
  readonly raw: string | null;
  readonly txHash: string | null;
  readonly sends: number;
  readonly lastSentAt: number | null;
  readonly confirmedHeight: number | null;
  readonly confirmedIndex: number | null;
  readonly evidence: Evidence | null;
  readonly reason: ErrorReport | null;
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** The columns a transition may set. */
export type TaskPatch = Partial<
  Omit<
    TaskRecord,
    | 'id'
    | 'chapter'
    | 'account'
    | 'taskId'
    | 'blockHeight'
    | 'blockHash'
    | 'taskNonce'
    | 'matrixSize'
    | 'job'
    | 'byHand'
    | 'transfer'
    | 'state'
    | 'createdAt'
    | 'updatedAt'
  >
>;

export type SqlRow = Record<string, string | number | null>;

const COLUMNS = {
  engine: 'engine',
  timings: 'timings',
  resultHash: 'result_hash',
  proof: 'proof',
  feeUnits: 'fee_units',
  accountNonce: 'account_nonce',
  raw: 'raw',
  txHash: 'tx_hash',
  sends: 'sends',
  lastSentAt: 'last_sent_at',
  confirmedHeight: 'confirmed_height',
  confirmedIndex: 'confirmed_index',
  evidence: 'evidence',
  reason: 'reason',
} as const satisfies Record<keyof TaskPatch, string>;

/** A patch as column names and values SQLite takes. */
export function patchColumns(patch: TaskPatch): [column: string, value: string | number | null][] {
  return (Object.keys(COLUMNS) as (keyof TaskPatch)[])
    .filter((name) => patch[name] !== undefined)
    .map((name) => [COLUMNS[name], toColumn(patch[name])]);
}

function toColumn(value: unknown): string | number | null {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value;
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}

const text = z.string();
const hash = text.regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0);
const decimal = text
  .regex(/^\d{1,40}$/)
  .transform(BigInt)
  .nullable();
const columnsSchema = z.object({
  id: z.number(),
  chapter: z.number(),
  account: text.refine(isKnownOrValid),
  task_id: text,
  block_height: count,
  block_hash: hash,
  task_nonce: count,
  matrix_size: count,
  job: count.nullable(),
  by_hand: count,
  recipient: text.refine((address) => isAddress(address)).nullable(),
  amount_units: decimal,
  state: z.enum(TASK_STATES),
  engine: engineSchema.nullable(),
  timings: jsonColumn(timingsSchema).nullable(),
  result_hash: hash.nullable(),
  proof: text.nullable(),
  fee_units: decimal,
  account_nonce: decimal,
  raw: text.nullable(),
  tx_hash: hash.nullable(),
  sends: count,
  last_sent_at: z.number().nullable(),
  confirmed_height: count.nullable(),
  confirmed_index: count.nullable(),
  evidence: jsonColumn(evidenceSchema).nullable(),
  reason: jsonColumn(errorReportSchema).nullable(),
  created_at: z.number(),
  updated_at: z.number(),
});
const rowSchema = columnsSchema.refine((row) => (row.recipient === null) === (row.amount_units === null), {
  path: ['amount_units'],
  message: 'a transfer has both a recipient and an amount',
});
type Column = keyof z.infer<typeof rowSchema>;

/** What only tells of a task: without it the task goes on as well. */
const TELLING: ReadonlySet<PropertyKey> = new Set<Column>(['engine', 'timings', 'evidence', 'reason']);

/** A row that is not what the journal writes: why, in which columns, and whether the task can go on without those. */
export type Damage = {
  readonly reason: string;
  readonly columns: readonly string[];
  readonly isMendable: boolean;
};

let lastValid = '';

/** An address has a checksum, which need not be done again for each row. */
function isKnownOrValid(account: string): boolean {
  if (account === lastValid) return true;
  if (!isAddress(account)) return false;
  lastValid = account;
  return true;
}

/** A row read back, or what is wrong with it. */
export function readRecord(row: unknown): TaskRecord | Damage {
  const parsed = rowSchema.safeParse(row);
  if (!parsed.success) {
    const columns = parsed.error.issues.map(({ path }) => path[0] ?? '');
    return {
      reason: reasonOf(parsed.error),
      columns: columns.map(String),
      isMendable: columns.every((column) => TELLING.has(column)),
    };
  }
  const { data } = parsed;
  return {
    id: data.id,
    chapter: data.chapter,
    account: data.account as Address, // checked to be one
    taskId: data.task_id,
    blockHeight: data.block_height,
    blockHash: data.block_hash as BlockHash, // 64 hex digits
    taskNonce: data.task_nonce,
    matrixSize: data.matrix_size,
    job: data.job,
    byHand: data.by_hand !== 0,
    transfer: transferOf(data),
    state: data.state,
    engine: data.engine,
    timings: data.timings,
    resultHash: data.result_hash,
    proof: data.proof,
    feeUnits: data.fee_units,
    accountNonce: data.account_nonce,
    raw: data.raw,
    txHash: data.tx_hash,
    sends: data.sends,
    lastSentAt: data.last_sent_at,
    confirmedHeight: data.confirmed_height,
    confirmedIndex: data.confirmed_index,
    evidence: data.evidence,
    reason: data.reason,
    createdAt: data.created_at,
    updatedAt: data.updated_at,
  };
}

function transferOf({ recipient, amount_units: amountUnits }: z.infer<typeof rowSchema>): Transfer | null {
  // The recipient was checked to be an address.
  return recipient === null ? null : { to: recipient as Address, amountUnits: amountUnits ?? 0n };
}

/** A record as lists show it. */
export function toTaskRow(record: TaskRecord): TaskRow {
  const { timings } = record;
  return {
    taskId: record.taskId,
    state: record.state,
    blockHeight: record.blockHeight,
    blockHash: record.blockHash,
    taskNonce: record.taskNonce,
    matrixSize: record.matrixSize,
    byHand: record.byHand,
    engine: record.engine,
    computeMs:
      timings === null
        ? null
        : timings.generateMs + timings.multiplyMs + timings.commitMs + timings.selfCheckMs,
    resultHash: record.resultHash,
    feeUnits: record.feeUnits?.toString() ?? null,
    accountNonce: record.accountNonce?.toString() ?? null,
    txHash: record.txHash,
    confirmedHeight: record.confirmedHeight,
    confirmedTxIndex: record.confirmedIndex,
    reason: record.reason,
    createdAtMs: record.createdAt,
    updatedAtMs: record.updatedAt,
  };
}
