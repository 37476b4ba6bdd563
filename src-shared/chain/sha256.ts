import { sha256 as inJavaScript } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** SHA-256 (FIPS 180-4) of bytes, or of a text in UTF-8: 32 bytes. */
export type Hasher = (data: Uint8Array | string) => Uint8Array;

let hasher: Hasher = (data) => inJavaScript(typeof data === 'string' ? utf8ToBytes(data) : data);

/** SHA-256 of what a chain holds: of bytes, or of a text in UTF-8. What a key signs with hashes for itself. */
export function sha256(data: Uint8Array | string): Uint8Array {
  return hasher(data);
}

/** Has a chain's data hashed by another implementation from now on, where this process has a faster one. */
export function hashWith(other: Hasher): void {
  hasher = other;
}
