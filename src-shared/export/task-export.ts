import { z } from 'zod';
import type { TaskRow } from '../ipc/task-row';
import { BYTE_ORDER_MARK, type CsvValue, csvLine } from './csv';

export const exportFormatSchema = z.enum(['csv', 'json']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** One task as it is exported: what lists show of it, and whose it is. */
export type ExportedTask = TaskRow & { readonly account: string };

// ECMA-262, 21.4.1.1: nothing beyond is a date.
const LATEST_MS = 8.64e15;

/**
 * The columns of the table and the names in JSON, in their order. Fees and nonces outgrow what a JSON number holds
 * exactly, so they are text there; times are ISO 8601 in UTC; fees are in units, the chain's smallest amount.
 */
const FIELDS = {
  task_id: (task) => task.taskId,
  state: (task) => task.state,
  account: (task) => task.account,
  block_height: (task) => task.blockHeight,
  block_hash: (task) => task.blockHash,
  task_nonce: (task) => task.taskNonce,
  origin: (task) => (task.byHand ? 'by_hand' : 'miner'),
  // Of what a person brought nothing is known.
  matrix_size: (task) => (task.byHand ? null : task.matrixSize),
  engine: (task) => task.engine,
  compute_ms: (task) => task.computeMs,
  result_hash: (task) => task.resultHash,
  fee_units: (task) => task.feeUnits,
  account_nonce: (task) => task.accountNonce,
  tx_hash: (task) => task.txHash,
  confirmed_height: (task) => task.confirmedHeight,
  confirmed_tx_index: (task) => task.confirmedTxIndex,
  reason_code: (task) => task.reason?.code ?? null,
  reason: (task) => task.reason?.message ?? null,
  created_at: (task) => isoTime(task.createdAtMs),
  updated_at: (task) => isoTime(task.updatedAtMs),
} as const satisfies Readonly<Record<string, (task: ExportedTask) => CsvValue>>;

/** A task as one object of the JSON file. */
export function exportedObject(task: ExportedTask): Record<string, CsvValue> {
  return Object.fromEntries(Object.entries(FIELDS).map(([name, read]) => [name, read(task)]));
}

/** The text of a file, piece by piece as the pages of tasks come. */
export async function* exportText(
  format: ExportFormat,
  pages: AsyncIterable<readonly ExportedTask[]>,
): AsyncGenerator<string> {
  const isCsv = format === 'csv';
  yield isCsv ? BYTE_ORDER_MARK + csvLine(Object.keys(FIELDS)) : '[';
  let separator = '\n';
  for await (const page of pages) {
    if (page.length === 0) continue;
    const objects = page.map(exportedObject);
    if (isCsv) yield objects.map((object) => csvLine(Object.values(object))).join('');
    else yield separator + objects.map((object) => JSON.stringify(object)).join(',\n');
    separator = ',\n';
  }
  if (!isCsv) yield '\n]\n';
}

function isoTime(atMs: number): string | null {
  return Math.abs(atMs) > LATEST_MS ? null : new Date(atMs).toISOString();
}
