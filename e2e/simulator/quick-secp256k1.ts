import { createRequire } from 'node:module';

export * from '@noble/secp256k1';

const tiny = createRequire(import.meta.url)('tiny-secp256k1') as typeof import('tiny-secp256k1');

/**
 * Signs 32 hash bytes with libsecp256k1: by RFC 6979 and in the lower half of the order, so that the 64 bytes are those
 * that the app's own signing comes to, in a tenth of the time. `scripts/simulate.mjs` has it in the place of that.
 */
export function sign(hash: Uint8Array, privateKey: Uint8Array): Uint8Array {
  return tiny.sign(hash, privateKey);
}

/** The public key of a private one, by libsecp256k1 as well. */
export function getPublicKey(privateKey: Uint8Array, isCompressed: boolean): Uint8Array {
  const publicKey = tiny.pointFromScalar(privateKey, isCompressed);
  if (publicKey === null) throw new Error('no private key of secp256k1');
  return publicKey;
}
