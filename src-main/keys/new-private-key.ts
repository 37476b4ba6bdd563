import { randomBytes } from 'node:crypto';
import { generatePrivateKey } from '../../src-shared/chain/key';

/** A fresh private key from the system's source of randomness, which the caller wipes. */
export function newPrivateKey(): Uint8Array {
  return generatePrivateKey((length) => new Uint8Array(randomBytes(length)));
}
