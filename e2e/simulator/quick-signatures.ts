import { createRequire } from 'node:module';
import { verifySignaturesWith } from '../../src-shared/chain/key';

const MOST_REMEMBERED = 4096;

/**
 * Has signatures verified as in the app, each once: the pool, the follower and the trail of one process look at the same
 * ones again and again, where each would be a machine of its own.
 */
export function verifyEachOnce(): void {
  const { verify } = createRequire(import.meta.url)('tiny-secp256k1') as typeof import('tiny-secp256k1');
  const known = new Map<string, boolean>();
  verifySignaturesWith((hash, signature, publicKey) => {
    const key = Buffer.concat([hash, signature, publicKey]).toString('latin1');
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const holds = verify(hash, publicKey, signature, false);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(key, holds);
    return holds;
  });
}
