import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { AppError } from '../errors';
import { addressFromPublicKey } from './address';
import { canonicalJson, type JsonObject, type JsonValue, stringifyJson } from './json';
import { JsonNumber } from './json-value';
import { publicKeyOf, signHash, verifyHash } from './key';
import { sha256 } from './sha256';
import { readTransaction, type Transaction } from './transaction-fields';

/** A transaction's hash: 64 lower-case hex characters. */
export type TxHash = string & { readonly __brand: 'TxHash' };

export type { TransactionType } from './gas';
export type { Transaction } from './transaction-fields';

export type UnsignedTransaction = Omit<Transaction, 'signature' | 'publicKey'>;

/**
 * A transaction as the node's own model takes it: lax integers, defaults, unknown keys ignored.
 * @throws AppError `invalid_transaction`, naming the first field that is wrong.
 */
export function parseTransaction(json: JsonValue): Transaction {
  const read = readTransaction(json);
  if (read.transaction !== undefined) return read.transaction;
  const [first] = read.problems;
  const where = first === undefined || first.field === '' ? 'The transaction' : `Field ${first.field}`;
  throw new AppError(
    'invalid_transaction',
    `${where} is not what a node takes: ${first?.type ?? 'invalid'}.`,
  );
}

/** SHA-256 over the concatenated fields (l1-protocol.md, "Transaction"). The signature is not covered. */
export function transactionHash(tx: Omit<Transaction, 'signature'>): TxHash {
  const numbers = `${tx.amount}${tx.fee}${tx.nonce}${tx.gasPrice}${tx.gasLimit}`;
  const text = `${tx.type}${tx.from}${tx.to ?? ''}${numbers}${canonicalJson(tx.payload)}${tx.publicKey}`;
  return bytesToHex(sha256(text)) as TxHash; // a SHA-256 in hex is what the brand says
}

// By address, of those who signed here: to find one out takes as long as to sign.
const publicKeys = new Map<string, string>();
const MOST_PUBLIC_KEYS = 64;

/** Adds the public key of the sender's address, whose private key it is to be, and its signature over the hash. */
export function signTransaction(unsigned: UnsignedTransaction, privateKey: Uint8Array): Transaction {
  const publicKey = publicKeys.get(unsigned.from) ?? foundPublicKey(unsigned.from, privateKey);
  const tx = { ...unsigned, publicKey, signature: '' };
  return { ...tx, signature: signHash(hexToBytes(transactionHash(tx)), privateKey) };
}

/** The public key of a private one; remembered where it is that of the address. */
function foundPublicKey(from: string, privateKey: Uint8Array): string {
  const publicKey = bytesToHex(publicKeyOf(privateKey));
  if (!isSendersKey({ from, publicKey })) return publicKey;
  if (publicKeys.size >= MOST_PUBLIC_KEYS) publicKeys.clear();
  publicKeys.set(from, publicKey);
  return publicKey;
}

/** What of a transaction says who signed it. */
export type Signing = Pick<Transaction, 'from' | 'publicKey' | 'signature'>;

/** Whether the signature is by the public key, and the public key that of the sender's address. */
export function verifyTransaction(tx: Transaction): boolean {
  return isSigned(tx, transactionHash(tx));
}

/** The same, of a transaction whose hash is known already. */
export function isSigned(signing: Signing, hash: TxHash): boolean {
  return isSendersKey(signing) && verifyHash(hexToBytes(hash), signing.signature, signing.publicKey);
}

/** The body for `POST /tx/send`; amounts as bare JSON numbers. */
export function serializeTransaction(tx: Transaction): string {
  return stringifyJson(transactionJson(tx));
}

/** A transaction with the node's own field names, in the order a node writes them. */
export function transactionJson(tx: Transaction): JsonObject {
  return {
    tx_type: tx.type,
    from_address: tx.from,
    to_address: tx.to,
    amount: JsonNumber.ofInteger(tx.amount),
    fee: JsonNumber.ofInteger(tx.fee),
    nonce: JsonNumber.ofInteger(tx.nonce),
    signature: tx.signature,
    pub_key: tx.publicKey,
    payload: tx.payload,
    gas_price: JsonNumber.ofInteger(tx.gasPrice),
    gas_limit: JsonNumber.ofInteger(tx.gasLimit),
  };
}

// A block has many transactions of few senders, and an address takes a third as long as its signature.
const SENDERS_REMEMBERED = 1024;
/** Senders by key, each seen to be its own. */
const senders = new Map<string, string>();

function isSendersKey({ from, publicKey }: Pick<Signing, 'from' | 'publicKey'>): boolean {
  if (senders.get(publicKey) === from) return true;
  const prefix = from.startsWith('cpcvalcons1') ? 'cpcvalcons' : 'cpc';
  if (!/^(?:[0-9a-fA-F]{2})+$/.test(publicKey)) return false;
  if (addressFromPublicKey(hexToBytes(publicKey), prefix) !== from) return false;
  if (senders.size >= SENDERS_REMEMBERED) senders.clear();
  senders.set(publicKey, from);
  return true;
}
