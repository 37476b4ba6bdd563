import { z } from 'zod';
import type { Address } from '../../src-shared/chain/address';
import type { BlockHash } from '../../src-shared/chain/block';
import { engineSchema } from '../../src-shared/compute/engine';
import { AppError, type ErrorReport } from '../../src-shared/errors';
import { timingsSchema } from '../../src-shared/ipc/compute';
import { errorReportSchema } from '../../src-shared/ipc/error-report';
import { checkSchema, inclusionSchema, type TaskRow } from '../../src-shared/ipc/task-row';
import { TASK_STATES, type TaskState } from '../../src-shared/ipc/task-state';

/** What stands behind "proved": the checks made here and the path to compute_root. */
export const evidenceSchema = z.object({
  checks: z.array(checkSchema),
  inclusion: inclusionSchema.nullable(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** One task as the journal keeps it. Amounts in units, times in ms since the epoch. */
export type TaskRecord = {
  readonly id: number;
  readonly chapter: number;
  readonly account: Address;
  readonly taskId: string;
  readonly blockHeight: number;
  readonly blockHash: BlockHash;
  readonly taskNonce: number;
  readonly matrixSize: number;
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
const rowSchema = z.object({
  id: z.number(),
  chapter: z.number(),
  account: text,
  task_id: text,
  block_height: z.number(),
  block_hash: text,
  task_nonce: z.number(),
  matrix_size: z.number(),
  state: z.enum(TASK_STATES),
  engine: engineSchema.nullable(),
  timings: json(timingsSchema),
  result_hash: text.nullable(),
  proof: text.nullable(),
  fee_units: text.transform(BigInt).nullable(),
  account_nonce: text.transform(BigInt).nullable(),
  raw: text.nullable(),
  tx_hash: text.nullable(),
  sends: z.number(),
  last_sent_at: z.number().nullable(),
  confirmed_height: z.number().nullable(),
  confirmed_index: z.number().nullable(),
  evidence: json(evidenceSchema),
  reason: json(errorReportSchema),
  created_at: z.number(),
  updated_at: z.number(),
});

/** A row read back. @throws AppError `database_corrupt` where it is not what the journal writes */
export function toRecord(row: unknown): TaskRecord {
  const parsed = rowSchema.safeParse(row);
  if (!parsed.success) {
    throw new AppError('database_corrupt', 'A row of the journal is not what this app wrote.', {
      remedy: 'run_doctor',
      cause: parsed.error,
    });
  }
  const { data } = parsed;
  return {
    id: data.id,
    chapter: data.chapter,
    account: data.account as Address, // written from an Address
    taskId: data.task_id,
    blockHeight: data.block_height,
    blockHash: data.block_hash as BlockHash, // written from a BlockHash
    taskNonce: data.task_nonce,
    matrixSize: data.matrix_size,
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

/** JSON text in a column, parsed and checked. */
function json<S extends z.ZodType>(schema: S) {
  return z
    .string()
    .nullable()
    .transform((value) => (value === null ? null : JSON.parse(value)))
    .pipe(schema.nullable());
}
