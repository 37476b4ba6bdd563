import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { bech32 } from '@scure/base';
import { baseGas } from '../../src-shared/chain/gas';
import { verifyHash } from '../../src-shared/chain/key';
import type { Transaction } from '../../src-shared/chain/transaction';
import { DEVNET } from './parameters';
import { pythonFromHex } from './python-hex';

/** What a mempool asks of gas and fee before anything else, in its words; null where all is well. */
export function gasRefusal(tx: Transaction): string | null {
  const { minGasPrice } = DEVNET;
  if (tx.gasPrice < minGasPrice) return `gas_price ${tx.gasPrice} < min ${minGasPrice}`;
  const gas = baseGas(tx.type);
  if (gas === undefined) return 'unknown_tx_type';
  if (tx.gasLimit < gas) return `gas_limit ${tx.gasLimit} < base_gas ${gas}`;
  const fee = gas * tx.gasPrice;
  return tx.fee < fee ? `fee ${tx.fee} < needed_fee ${fee}` : null;
}

/** What it asks of key and signature. */
export function signatureRefusal(tx: Transaction, txHash: string): string | null {
  if (tx.signature === '' || tx.publicKey === '') return 'missing_sig_or_key';
  let publicKey: Uint8Array;
  try {
    publicKey = pythonFromHex(tx.publicKey);
  } catch (error) {
    return `invalid_key_format: ${messageOf(error)}`;
  }
  if (derivedAddress(publicKey, tx.from) !== tx.from) return 'pub_key_mismatch';
  try {
    const signature = bytesToHex(pythonFromHex(tx.signature));
    const valid = verifyHash(hexToBytes(txHash), signature, bytesToHex(publicKey));
    return valid ? null : 'invalid_signature';
  } catch (error) {
    return `crypto_error: ${messageOf(error)}`;
  }
}

/** The key's address under whatever prefix the sender's has: the node does not insist on cpc. */
function derivedAddress(publicKey: Uint8Array, from: string): string | null {
  try {
    return bech32.encode(from.split('1')[0] ?? '', bech32.toWords(ripemd160(sha256(publicKey))));
  } catch {
    return null; // a prefix bech32 cannot have is nobody's
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
