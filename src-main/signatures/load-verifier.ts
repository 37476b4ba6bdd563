import { createRequire } from 'node:module';
import { verifySignaturesWith } from '../../src-shared/chain/key';

/**
 * Has signatures verified by libsecp256k1, compiled to WebAssembly: some ten times as fast as in JavaScript, in which they
 * are verified where it can't be loaded. Signing never goes through it.
 * @returns whether it was loaded
 */
export function loadVerifier(): boolean {
  try {
    const { verify } = createRequire(import.meta.url)('tiny-secp256k1') as typeof import('tiny-secp256k1');
    // Not strict: the node's own signatures are often high-S.
    verifySignaturesWith((hash, signature, publicKey) => verify(hash, publicKey, signature, false));
    return true;
  } catch {
    return false;
  }
}
