import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { addressFromPublicKey } from '../chain/address';
import { blockHash } from '../chain/block';
import {
  type ComputeResult,
  coerceComputeResult,
  computeResultLeaf,
  verifyComputeResultSignature,
} from '../chain/compute-result';
import { parseJson } from '../chain/json';
import { verifyHash } from '../chain/key';
import { merklePath, merkleRoot, rootFromPath } from '../chain/merkle';
import { isSigned, parseTransaction, type Transaction, transactionHash } from '../chain/transaction';
import { toErrorReport } from '../errors';
import type { Inclusion } from '../ipc/task-row';
import { auditSampled } from '../matrix-mult/audit';
import type { Receipt } from './receipt';

export type ReceiptCheckName =
  | 'transaction'
  | 'transaction_signature'
  | 'result_signature'
  | 'tx_in_block'
  | 'result_in_compute_root'
  | 'proposer'
  | 'block_signature'
  | 'task'
  | 'rows';

export type ReceiptCheck = {
  readonly name: ReceiptCheckName;
  /** `not_checked` where there is nothing to check it against. */
  readonly ok: boolean | 'not_checked';
  /** What was found, in words. */
  readonly detail: string;
};

/** What a receipt shows once every check was made anew from its bytes. */
export type ReceiptVerdict = {
  readonly ok: boolean;
  readonly checks: readonly ReceiptCheck[];
  /** The block's recomputed hash: whether it is in the chain, only a node can say. */
  readonly blockHash: string;
  readonly height: number;
  readonly chainId: string;
  readonly txHash: string | null;
  readonly result: ComputeResult | null;
  /** The way from the result's leaf to `compute_root`; null where it does not lead there. */
  readonly inclusion: Inclusion | null;
};

/**
 * Checks everything that a receipt claims, from its bytes alone: signatures, both roots, the task's id, and the rows that
 * its proof opens, recomputed. Nothing throws for what a receipt says.
 */
export function verifyReceipt(receipt: Receipt): ReceiptVerdict {
  const { header } = receipt;
  const hash = blockHash(header);
  const { transaction, why } = read(receipt.transaction);
  const result = transaction === null ? null : coerceComputeResult(transaction.payload);
  const txHash = transaction === null ? null : transactionHash(transaction);
  const checks =
    transaction === null || result === null || txHash === null
      ? [check('transaction', false, why ?? 'its payload is no result')]
      : [
          isResult(transaction, result),
          check(
            'transaction_signature',
            attempt(() => isSigned(transaction, txHash)),
            `by ${transaction.from}`,
          ),
          resultSignature(result, transaction),
          inRoot('tx_in_block', 'transactions', txHash, receipt.txHashes, header.txRoot),
          inRoot(
            'result_in_compute_root',
            'results',
            bytesToHex(computeResultLeaf(result)),
            receipt.leaves,
            header.computeRoot,
          ),
          ...ofTask(result, receipt.taskBlock),
        ];
  const all = [...checks, proposer(receipt), signature(receipt, hash)];
  return {
    ok: all.every(({ ok }) => ok !== false),
    checks: all,
    blockHash: hash,
    height: header.height,
    chainId: header.chainId,
    txHash,
    result,
    inclusion: result === null ? null : inclusionOf(result, receipt),
  };
}

function check(name: ReceiptCheckName, ok: ReceiptCheck['ok'], detail: string): ReceiptCheck {
  return { name, ok, detail };
}

function read(text: string): { readonly transaction: Transaction | null; readonly why: string | null } {
  try {
    return { transaction: parseTransaction(parseJson(text)), why: null };
  } catch (error) {
    return { transaction: null, why: toErrorReport(error).message };
  }
}

function isResult(
  { type, from }: Transaction,
  { workerAddress, taskId, resultHash }: ComputeResult,
): ReceiptCheck {
  if (type !== 'SUBMIT_RESULT') return check('transaction', false, `it is a ${type}`);
  if (workerAddress !== from)
    return check('transaction', false, `${from} submits a result of ${workerAddress}`);
  return check('transaction', true, `result ${resultHash} of task ${taskId}`);
}

/** The chain takes results that are not signed by themselves: their transaction is. */
function resultSignature(result: ComputeResult, { publicKey }: Transaction): ReceiptCheck {
  if (result.signature === '')
    return check('result_signature', 'not_checked', 'the result has none of its own');
  const ok = attempt(() => verifyComputeResultSignature(result, publicKey));
  return check('result_signature', ok, `by ${result.workerAddress}`);
}

function inRoot(
  name: ReceiptCheckName,
  what: string,
  own: string,
  all: readonly string[],
  claimed: string,
): ReceiptCheck {
  const index = all.indexOf(own);
  if (index < 0) return check(name, false, `${own} is none of the block's ${all.length} ${what}`);
  const root = bytesToHex(merkleRoot(all.map((one) => hexToBytes(one))));
  if (root !== claimed) return check(name, false, `the root over the ${what} is ${root}, not ${claimed}`);
  return check(name, true, `number ${index + 1} of ${all.length} under ${root}`);
}

function inclusionOf(result: ComputeResult, { leaves, header }: Receipt): Inclusion | null {
  const leaf = computeResultLeaf(result);
  const leafHash = bytesToHex(leaf);
  const leafIndex = leaves.indexOf(leafHash);
  if (leafIndex < 0) return null;
  const path = merklePath(
    leaves.map((one) => hexToBytes(one)),
    leafIndex,
  );
  const root = bytesToHex(rootFromPath(leaf, path));
  if (root !== header.computeRoot) return null;
  return {
    leafIndex,
    leafHash,
    path: path.map(({ side, hash }) => ({ side, hash: bytesToHex(hash) })),
    root,
  };
}

function proposer({ header, proposerPublicKey }: Receipt): ReceiptCheck {
  const address = addressOf(proposerPublicKey);
  const { proposerAddress } = header;
  return check(
    'proposer',
    address === proposerAddress,
    `${proposerAddress}, whose key is that of ${address}`,
  );
}

function addressOf(publicKey: string): string {
  try {
    return addressFromPublicKey(hexToBytes(publicKey), 'cpcvalcons');
  } catch {
    return 'nobody';
  }
}

function signature({ signature, proposerPublicKey, header }: Receipt, hash: string): ReceiptCheck {
  const ok = attempt(() => verifyHash(hexToBytes(hash), signature, proposerPublicKey));
  return check('block_signature', ok, `block ${header.height} of ${header.chainId}, ${hash}`);
}

/** That the result is of the work it names, and that the rows it opens are right: a sampled audit. */
function ofTask(result: ComputeResult, block: Receipt['taskBlock']): ReceiptCheck[] {
  if (block === null) {
    const detail = "a validator's job: what it asked for is not in the receipt";
    return [check('task', 'not_checked', detail), check('rows', 'not_checked', detail)];
  }
  const { checks, rowsRecomputed } = auditSampled({
    result,
    blockHash: block.hash,
    blockHeight: block.height,
  });
  const opening = checks.filter(({ name }) => ['proof', 'block_height', 'task_id'].includes(name));
  const rows = checks.filter(({ name }) => ['opened_rows', 'rows'].includes(name));
  const failed = (some: typeof checks) => some.find(({ ok }) => !ok);
  const wrong = failed(opening);
  return [
    check('task', wrong === undefined, wrong?.detail ?? `drawn from block ${block.height}, ${block.hash}`),
    check(
      'rows',
      rows.length === 0 ? 'not_checked' : failed(rows) === undefined,
      failed(rows)?.detail ?? `sampled: ${rowsRecomputed} rows recomputed`,
    ),
  ];
}

/** What can't be read is not valid. */
function attempt(verify: () => boolean): boolean {
  try {
    return verify();
  } catch {
    return false;
  }
}
