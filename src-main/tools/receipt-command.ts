import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { blockHash as hashOf } from '../../src-shared/chain/block';
import { toErrorReport } from '../../src-shared/errors';
import { parseReceipt, type Receipt } from '../../src-shared/receipt/receipt';
import { type ReceiptVerdict, verifyReceipt } from '../../src-shared/receipt/verify-receipt';
import { NodeClient } from '../chain/node-client';
import { parseNodeUrl } from '../chain/node-url';
import { systemClock } from '../clock/clock';

export const RECEIPT_USAGE = `Usage: receipt:verify FILE… [--node URL]

  --node URL    also ask a node whether its chain has the blocks`;

/** How the command ends: lines for the standard output, and what is said besides. */
export type ReceiptEnd = {
  readonly exitCode: 0 | 1 | 2;
  readonly lines: readonly string[];
  readonly message: string | null;
};

type Line = { readonly name: string; readonly ok: boolean | 'not_checked'; readonly detail: string };

/** Runs `receipt:verify …`: 0 where every receipt holds, 1 where one does not, 2 for bad arguments. */
export async function runReceiptVerify(args: readonly string[]): Promise<ReceiptEnd> {
  let files: readonly string[];
  let node: string | null;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { node: { type: 'string' }, help: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    if (values.help) return { exitCode: 0, lines: [RECEIPT_USAGE], message: null };
    if (positionals.length === 0) throw new Error('No file is given.');
    files = positionals;
    node = values.node === undefined ? null : parseNodeUrl(values.node).url;
  } catch (error) {
    return { exitCode: 2, lines: [], message: `${toErrorReport(error).message}\n\n${RECEIPT_USAGE}` };
  }
  const lines: string[] = [];
  let failed = 0;
  for (const file of files) {
    const { ok, told } = await judged(file, node);
    lines.push(...told);
    if (!ok) failed += 1;
  }
  return { exitCode: failed === 0 ? 0 : 1, lines, message: null };
}

async function judged(file: string, node: string | null): Promise<{ ok: boolean; told: string[] }> {
  try {
    const receipt = parseReceipt(readFileSync(file, 'utf8'));
    const verdict = verifyReceipt(receipt);
    const ofNode = node === null ? [] : await inChain(receipt, verdict, node);
    const checks: Line[] = [...verdict.checks, ...ofNode];
    const ok = checks.every((one) => one.ok !== false);
    return {
      ok,
      told: [heading(file, ok, verdict), ...checks.map(lineOf), ...(node === null ? [NO_NODE] : [])],
    };
  } catch (error) {
    return { ok: false, told: [`${file}: ${textOf(error)}`] };
  }
}

const NO_NODE =
  '– block_in_chain: not asked; --node URL asks a node whether its chain has the block, which the receipt alone can not show';

function heading(file: string, ok: boolean, { height, chainId }: ReceiptVerdict): string {
  return `${file}: ${ok ? 'holds' : 'DOES NOT HOLD'}, block ${height} of ${chainId}`;
}

function lineOf({ name, ok, detail }: Line): string {
  return `${ok === 'not_checked' ? '–' : ok ? '✓' : '✗'} ${name}: ${detail}`;
}

/** Whether a node's chain has the block, and the block that the task is of. @throws AppError `node_*` */
async function inChain(
  { taskBlock }: Receipt,
  { height, blockHash }: ReceiptVerdict,
  url: string,
): Promise<Line[]> {
  const node = new NodeClient(url, systemClock);
  const wanted = [
    { name: 'block_in_chain', height, hash: blockHash },
    ...(taskBlock === null ? [] : [{ name: 'task_block_in_chain', ...taskBlock }]),
  ];
  const lines: Line[] = [];
  for (const { name, height, hash } of wanted) {
    const block = await node.block(height);
    const found = block === null ? 'no such block' : hashOf(block.header);
    lines.push({ name, ok: found === hash, detail: `${url} has ${found} at height ${height}` });
  }
  return lines;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
