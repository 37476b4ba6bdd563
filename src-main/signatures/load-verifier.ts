import { hash } from 'node:crypto';
import { instantiateSecp256k1 } from '@bitauth/libauth/build/lib/crypto/secp256k1.js';
import { type SignatureVerifier, verifySignaturesWith } from '../../src-shared/chain/key';
import { hashWith } from '../../src-shared/chain/sha256';

/**
 * Has blocks hashed by OpenSSL, and signatures verified by libsecp256k1, compiled to WebAssembly: some ten times as fast
 * as in JavaScript, in which they are verified until it is loaded, and where it can't be. Signing goes through neither.
 * @returns whether it was loaded
 */
export async function loadVerifier(): Promise<boolean> {
  hashNatively();
  try {
    verifySignaturesWith(await nativeVerifier());
    return true;
  } catch {
    return false;
  }
}

/** Has blocks hashed by OpenSSL: an eighth of the time. */
export function hashNatively(): void {
  hashWith((data) => hash('sha256', data, 'buffer'));
}

/** Verifies signatures by libsecp256k1. @throws where WebAssembly can't be had */
export async function nativeVerifier(): Promise<SignatureVerifier> {
  const secp = await instantiateSecp256k1();
  return (messageHash, signature, publicKey) => {
    // The hybrid form, which the library takes too, and no other one does.
    if (publicKey[0] === 6 || publicKey[0] === 7) return false;
    // Not `…LowS`: the node's own signatures are often high-S.
    return secp.verifySignatureCompact(signature, publicKey, messageHash);
  };
}
