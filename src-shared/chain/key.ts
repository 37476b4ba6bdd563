import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import * as secp from '@noble/secp256k1';
import { AppError } from '../errors';
import { plainPrivateKey } from '../pasted-text';

secp.hashes.sha256 = sha256;
secp.hashes.hmacSha256 = (key, message) => hmac(sha256, key, message);

const HALF_ORDER = secp.Point.CURVE().n >> 1n;

/**
 * A private key as pasted: 64 hex characters, in any of the ways that `plainPrivateKey` takes.
 * @throws AppError `invalid_private_key`. The message never quotes the input.
 */
export function parsePrivateKey(pasted: string): Uint8Array {
  const text = plainPrivateKey(pasted);
  if (text === null) throw invalidKey('A key file has its key in "private_key"; here there is none.');
  if (!/^[0-9a-f]*$/.test(text)) throw invalidKey('A private key has only the characters 0-9 and a-f.');
  if (text.length !== 64) throw invalidKey(`A private key has 64 characters; this has ${text.length}.`);
  const key = hexToBytes(text);
  if (!secp.utils.isValidSecretKey(key)) {
    throw invalidKey('This number is outside the range of secp256k1 private keys.');
  }
  return key;
}

/** The compressed public key, 33 bytes. */
export function publicKeyOf(privateKey: Uint8Array): Uint8Array {
  return secp.getPublicKey(privateKey, true);
}

/** A fresh private key from the given source of random bytes. */
export function generatePrivateKey(random: (length: number) => Uint8Array): Uint8Array {
  for (;;) {
    const key = random(32);
    // Fails with a chance of about 2^-128: the curve's order is that close to 2^256.
    if (secp.utils.isValidSecretKey(key)) return key;
  }
}

/** ECDSA over the 32 hash bytes themselves: RFC 6979 nonce, low-S, `r‖s` as 128 hex characters. */
export function signHash(hash: Uint8Array, privateKey: Uint8Array): string {
  return bytesToHex(secp.sign(hash, privateKey, { prehash: false, lowS: true }));
}

/**
 * Whether `r‖s` signs the 32 hash bytes. High-S is allowed, as the node's own signatures are often high-S
 * (l1-protocol.md, "Transaction"). Malformed input is simply not a signature: never throws.
 */
export function verifyHash(hash: Uint8Array, signatureHex: string, publicKeyHex: string): boolean {
  if (!/^[0-9a-fA-F]{128}$/.test(signatureHex)) return false;
  try {
    return verifier(hash, hexToBytes(signatureHex), hexToBytes(publicKeyHex));
  } catch {
    return false;
  }
}

/** Whether `r‖s` signs 32 hash bytes; may throw for what is malformed. High-S is allowed. */
export type SignatureVerifier = (hash: Uint8Array, signature: Uint8Array, publicKey: Uint8Array) => boolean;

let verifier: SignatureVerifier = (hash, signature, publicKey) =>
  secp.verify(signature, hash, publicKey, { prehash: false, lowS: false });

/** Has all signatures verified by another implementation from now on, where this process has a faster one. */
export function verifySignaturesWith(other: SignatureVerifier): void {
  verifier = other;
}

/** Whether s is in the upper half of the curve's order. */
export function isHighS(signatureHex: string): boolean {
  return BigInt(`0x${signatureHex.slice(64)}`) > HALF_ORDER;
}

function invalidKey(message: string): AppError {
  return new AppError('invalid_private_key', message, { remedy: 'fix_input' });
}
