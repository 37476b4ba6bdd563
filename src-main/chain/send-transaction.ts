import { BASE_GAS, exactFee, type GasType } from '../../src-shared/chain/gas';
import type { Network } from '../../src-shared/chain/network';
import {
  serializeTransaction,
  signTransaction,
  type TxHash,
  transactionHash,
  type UnsignedTransaction,
} from '../../src-shared/chain/transaction';
import type { NodeClient } from './node-client';
import { type Rejection, readRejection } from './rejection';

/** A signed transaction as it travels: its very bytes, as JSON, and its hash. */
export type SignedTransaction = { readonly raw: string; readonly txHash: TxHash };

/** What differs from one transaction to the next; gas and fee follow from type and network. */
export type TransactionContent = { readonly type: GasType } & Pick<
  UnsignedTransaction,
  'from' | 'to' | 'amount' | 'nonce' | 'payload'
>;

/** Signs a transaction that pays exactly what the network charges for its type. */
export function signed(
  content: TransactionContent,
  { minGasPrice }: Network,
  privateKey: Uint8Array,
): SignedTransaction {
  const { type } = content;
  const transaction = signTransaction(
    { ...content, fee: exactFee(type, minGasPrice), gasPrice: minGasPrice, gasLimit: BASE_GAS[type] },
    privateKey,
  );
  return { raw: serializeTransaction(transaction), txHash: transactionHash(transaction) };
}

/**
 * Sends a signed transaction's bytes once. Null where the node took them, or what its refusal means.
 * @throws AppError `node_*`: then nobody knows whether they arrived
 */
export async function sendOnce(node: NodeClient, raw: string): Promise<Rejection | null> {
  const answer = await node.send(raw);
  return answer.status === 'received' ? null : readRejection(answer.word);
}
