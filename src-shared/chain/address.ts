import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bech32 } from '@scure/base';
import { AppError } from '../errors';

/** A bech32 address whose prefix, checksum and length have been checked. */
export type Address = string & { readonly __brand: 'Address' };

/** `cpc` names accounts, `cpcvalcons` validators. */
export type AddressPrefix = 'cpc' | 'cpcvalcons';

const PAYLOAD_BYTES = 20;
const CHARSET = /^[qpzry9x8gf2tvdw0s3jn54khce6mua7l]*$/;

/**
 * bech32 (BIP-173) of RIPEMD160(SHA256(public key)) (l1-protocol.md, "Keys and addresses").
 * @param publicKey the compressed key, 33 bytes; hashed as it is.
 */
export function addressFromPublicKey(publicKey: Uint8Array, prefix: AddressPrefix = 'cpc'): Address {
  // Branding is sound: this is the definition of an address.
  return bech32.encode(prefix, bech32.toWords(ripemd160(sha256(publicKey)))) as Address;
}

/**
 * Checks an address as typed or received.
 * @throws AppError `invalid_address`, saying what is wrong with it.
 */
export function parseAddress(text: string, prefix: AddressPrefix = 'cpc'): Address {
  const why = whyInvalid(text, prefix);
  if (why !== null) throw new AppError('invalid_address', why, { remedy: 'fix_input' });
  // Upper case is legal bech32, but the chain compares addresses as text, in lower case.
  return text.toLowerCase() as Address;
}

/** Whether `parseAddress` takes it. */
export function isAddress(text: string, prefix: AddressPrefix = 'cpc'): boolean {
  return whyInvalid(text, prefix) === null;
}

function whyInvalid(text: string, prefix: AddressPrefix): string | null {
  if (text === '') return 'The address is empty.';
  if (text !== text.toLowerCase() && text !== text.toUpperCase()) {
    return 'The address mixes upper and lower case letters.';
  }
  const lower = text.toLowerCase();
  const separator = lower.lastIndexOf('1');
  if (separator < 1) return `An address starts with ${prefix}1.`;
  if (lower.slice(0, separator) !== prefix) {
    return `The address has the wrong prefix: it must start with ${prefix}1.`;
  }
  const data = lower.slice(separator + 1);
  if (!CHARSET.test(data)) return 'The address has a character that addresses never have (such as b, i, o).';
  const expected = Math.ceil((PAYLOAD_BYTES * 8) / 5) + 6;
  if (data.length !== expected) {
    return `The address has the wrong length: ${text.length} characters instead of ${separator + 1 + expected}.`;
  }
  // Limit off: the length is checked above, and cpcvalcons addresses stay under 90 anyway.
  const decoded = bech32.decodeUnsafe(lower, false);
  if (decoded === undefined) return 'The address has a typing mistake: its checksum does not match.';
  const payload = bech32.fromWordsUnsafe(decoded.words);
  if (payload === undefined || payload.length !== PAYLOAD_BYTES) return 'The address has bad padding bits.';
  return null;
}
