import { hashNatively, nativeVerifier } from '../../src-main/signatures/load-verifier';
import { verifySignaturesWith } from '../../src-shared/chain/key';

const MOST_REMEMBERED = 4096;

const known = new Map<string, boolean>();

function keyOf(hash: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): string {
  return Buffer.concat([hash, signature, publicKey]).toString('latin1');
}

/** What was signed here with a key, or found to be, holds or doesn't. */
export function remember(
  hash: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
  holds: boolean,
): void {
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(keyOf(hash, signature, publicKey), holds);
}

/**
 * Has signatures verified as in the app, each once, and those not at all that the library made here itself: the pool, the
 * follower and the trail of one process look at the same ones again and again, where each would be a machine of its own.
 */
export async function verifyEachOnce(): Promise<void> {
  hashNatively();
  const verify = await nativeVerifier();
  verifySignaturesWith((hash, signature, publicKey) => {
    const remembered = known.get(keyOf(hash, signature, publicKey));
    if (remembered !== undefined) return remembered;
    const holds = verify(hash, signature, publicKey);
    remember(hash, signature, publicKey, holds);
    return holds;
  });
}
