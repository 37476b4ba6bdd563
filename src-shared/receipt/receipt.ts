import { bytesToHex } from '@noble/hashes/utils.js';
import { z } from 'zod';
import type { BlockHeader } from '../chain/block';
import { AppError } from '../errors';

/** Text of a receipt may be so long: a full block's hashes, and a proof of megabytes. */
export const LONGEST_RECEIPT = 8 << 20;

/** How the name of a receipt's file ends: systems open it by that. */
export const RECEIPT_EXTENSION = 'cpcreceipt';

// A block holds fewer.
const MOST_TRANSACTIONS = 20_000;

const hash = z.string().regex(/^[0-9a-f]{64}$/, '64 hex characters');
const hex = z.string().regex(/^([0-9a-f]{2})*$/, 'hex');
const whole = z.number().int().nonnegative();
const amount = z
  .string()
  .regex(/^\d{1,40}$/, 'a whole number, as text')
  .transform(BigInt);

const headerSchema = z.object({
  height: whole,
  prev_hash: z.string().max(128),
  timestamp: whole,
  chain_id: z.string().max(128),
  proposer_address: z.string().max(128),
  round: whole,
  tx_root: z.string().max(128),
  state_root: z.string().max(128),
  compute_root: z.string().max(128),
  gas_used: amount,
  gas_limit: amount,
});

/**
 * All that is needed to see on another machine, without a node, that a result is under a block's `compute_root`: the
 * transaction's very bytes, the hashes beside it, the leaves beside its own, and the block's signed header.
 */
const receiptSchema = z
  .object({
    receipt: z.literal('computechain-result'),
    version: z.literal(1),
    /** The block that the task is of; null where it is a validator's job, which is of none. */
    task_block: z.object({ height: whole, hash }).nullable(),
    /** JSON text. */
    transaction: z.string().max(LONGEST_RECEIPT),
    block: z.object({
      header: headerSchema,
      /** By the proposer over the header's hash. */
      signature: hex.max(512),
      proposer_public_key: hex.max(512),
    }),
    /** Of all transactions of the block, in order. */
    tx_hashes: z.array(hash).min(1).max(MOST_TRANSACTIONS),
    /** Of all results of the block, in order: what `compute_root` is over. */
    leaves: z.array(hash).min(1).max(MOST_TRANSACTIONS),
  })
  .transform(({ task_block, transaction, block, tx_hashes, leaves }): Receipt => {
    const { header } = block;
    return {
      taskBlock: task_block,
      transaction,
      header: {
        height: header.height,
        prevHash: header.prev_hash,
        timestamp: header.timestamp,
        chainId: header.chain_id,
        proposerAddress: header.proposer_address,
        round: header.round,
        txRoot: header.tx_root,
        stateRoot: header.state_root,
        computeRoot: header.compute_root,
        gasUsed: header.gas_used,
        gasLimit: header.gas_limit,
      },
      signature: block.signature,
      proposerPublicKey: block.proposer_public_key,
      txHashes: tx_hashes,
      leaves,
    };
  });

export type Receipt = {
  readonly taskBlock: { readonly height: number; readonly hash: string } | null;
  /** The transaction's very bytes, JSON text. */
  readonly transaction: string;
  readonly header: BlockHeader;
  readonly signature: string;
  readonly proposerPublicKey: string;
  readonly txHashes: readonly string[];
  readonly leaves: readonly string[];
};

/** A receipt as a file holds it: JSON for people to read, too. */
export function receiptText({ taskBlock, transaction, header, ...rest }: Receipt): string {
  const written: z.input<typeof receiptSchema> = {
    receipt: 'computechain-result',
    version: 1,
    task_block: taskBlock,
    transaction,
    block: {
      header: {
        height: header.height,
        prev_hash: header.prevHash,
        timestamp: header.timestamp,
        chain_id: header.chainId,
        proposer_address: header.proposerAddress,
        round: header.round,
        tx_root: header.txRoot,
        state_root: header.stateRoot,
        compute_root: header.computeRoot,
        gas_used: header.gasUsed.toString(),
        gas_limit: header.gasLimit.toString(),
      },
      signature: rest.signature,
      proposer_public_key: rest.proposerPublicKey,
    },
    tx_hashes: [...rest.txHashes],
    leaves: [...rest.leaves],
  };
  return `${JSON.stringify(written, null, 2)}\n`;
}

/** Reads a receipt. @throws AppError `invalid_receipt` with what is wrong, and where */
export function parseReceipt(text: string): Receipt {
  if (text.length > LONGEST_RECEIPT) throw invalid(`longer than ${LONGEST_RECEIPT} characters`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid('no JSON');
  }
  const read = receiptSchema.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw invalid(`${issue?.path.join('.') || 'the whole'}: ${issue?.message}`);
}

/** Leaves as a receipt has them. */
export function leavesOf(results: readonly { readonly leaf: Uint8Array }[]): string[] {
  return results.map(({ leaf }) => bytesToHex(leaf));
}

function invalid(detail: string): AppError {
  return new AppError('invalid_receipt', `This is no receipt of a result: ${detail}.`, {
    remedy: 'fix_input',
    params: { detail },
  });
}
