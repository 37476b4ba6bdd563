import { ripemd160 } from '@noble/hashes/legacy.js';
import { bech32 } from '@scure/base';
import { AppError } from '../errors';
import { sha256 } from './sha256';

/** A bech32 address whose prefix, checksum and length have been checked. */
export type Address = string & { readonly __brand: 'Address' };

/** `cpc` names accounts, `cpcvalcons` validators. */
export type AddressPrefix = 'cpc' | 'cpcvalcons';

const PAYLOAD_BYTES = 20;
// In characters of five bits, the checksum's six among them.
const DATA_LENGTH = Math.ceil((PAYLOAD_BYTES * 8) / 5) + 6;
const CHARSET = /^[qpzry9x8gf2tvdw0s3jn54khce6mua7l]*$/;

/**
 * bech32 (BIP-173) of RIPEMD160(SHA256(public key)) (l1-protocol.md, "Keys and addresses").
 * @param publicKey the compressed key, 33 bytes; hashed as it is.
 */
export function addressFromPublicKey(publicKey: Uint8Array, prefix: AddressPrefix = 'cpc'): Address {
  // Branding is sound: this is the definition of an address.
  return bech32.encode(prefix, bech32.toWords(ripemd160(sha256(publicKey)))) as Address;
}

/** What is wrong with a text that is no address. */
export type AddressFault =
  | 'empty'
  | 'mixed_case'
  | 'no_prefix'
  | 'prefix'
  | 'character'
  | 'length'
  | 'checksum'
  | 'padding';

/**
 * Checks an address as typed or received.
 * @throws AppError `invalid_address`, saying what is wrong with it; `fault` among its params.
 */
export function parseAddress(text: string, prefix: AddressPrefix = 'cpc'): Address {
  const fault = faultIn(text, prefix);
  if (fault !== null)
    throw new AppError('invalid_address', sentence(fault, prefix), {
      remedy: 'fix_input',
      params: { fault, prefix: `${prefix}1` },
    });
  // Upper case is legal bech32, but the chain compares addresses as text, in lower case.
  return text.toLowerCase() as Address;
}

/** Whether `parseAddress` takes it. */
export function isAddress(text: string, prefix: AddressPrefix = 'cpc'): boolean {
  return faultIn(text, prefix) === null;
}

function faultIn(text: string, prefix: AddressPrefix): AddressFault | null {
  if (text === '') return 'empty';
  if (text !== text.toLowerCase() && text !== text.toUpperCase()) return 'mixed_case';
  const lower = text.toLowerCase();
  const separator = lower.lastIndexOf('1');
  if (separator < 1) return 'no_prefix';
  if (lower.slice(0, separator) !== prefix) return 'prefix';
  const data = lower.slice(separator + 1);
  if (!CHARSET.test(data)) return 'character';
  if (data.length !== DATA_LENGTH) return 'length';
  // Limit off: the length is checked above, and cpcvalcons addresses stay under 90 anyway.
  const decoded = bech32.decodeUnsafe(lower, false);
  if (decoded === undefined) return 'checksum';
  const payload = bech32.fromWordsUnsafe(decoded.words);
  return payload === undefined || payload.length !== PAYLOAD_BYTES ? 'padding' : null;
}

function sentence(fault: AddressFault, prefix: AddressPrefix): string {
  switch (fault) {
    case 'empty':
      return 'The address is empty.';
    case 'mixed_case':
      return 'The address mixes upper and lower case letters.';
    case 'no_prefix':
      return `An address starts with ${prefix}1.`;
    case 'prefix':
      return `The address has the wrong prefix: it must start with ${prefix}1.`;
    case 'character':
      return 'The address has a character that addresses never have (such as b, i, o).';
    case 'length':
      return `The address has the wrong length: it has ${prefix.length + 1 + DATA_LENGTH} characters.`;
    case 'checksum':
      return 'The address has a typing mistake: its checksum does not match.';
    case 'padding':
      return 'The address has bad padding bits.';
  }
}
