import { instantiateSecp256k1 } from '@bitauth/libauth/build/lib/crypto/secp256k1.js';
import { remember } from './quick-signatures';

export * from '@noble/secp256k1';

const secp = await instantiateSecp256k1();

// A run has a few keys, which sign again and again.
const MOST_KEYS = 256;
const publicKeys = new Map<string, Uint8Array>();

/**
 * Signs 32 hash bytes with libsecp256k1: by RFC 6979 and in the lower half of the order, so that the 64 bytes are those
 * that the app's own signing comes to, in a tenth of the time. `scripts/simulate.mjs` has it in the place of that.
 */
export function sign(hash: Uint8Array, privateKey: Uint8Array): Uint8Array {
  const signature = secp.signMessageHashCompact(privateKey, hash);
  if (typeof signature === 'string') throw new Error(signature);
  remember(hash, signature, getPublicKey(privateKey, true), true);
  return signature;
}

/** The public key of a private one, by libsecp256k1 as well. */
export function getPublicKey(privateKey: Uint8Array, isCompressed: boolean): Uint8Array {
  const name = `${isCompressed} ${Buffer.from(privateKey).toString('latin1')}`;
  const known = publicKeys.get(name);
  // Whoever has one may do with it what they like.
  if (known !== undefined) return Uint8Array.from(known);
  const derive = isCompressed ? secp.derivePublicKeyCompressed : secp.derivePublicKeyUncompressed;
  const publicKey = derive(privateKey);
  if (typeof publicKey === 'string') throw new Error(publicKey);
  if (publicKeys.size >= MOST_KEYS) publicKeys.clear();
  publicKeys.set(name, Uint8Array.from(publicKey));
  return publicKey;
}
