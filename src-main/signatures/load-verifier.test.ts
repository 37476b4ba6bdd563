import { randomBytes } from 'node:crypto';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import * as secp from '@noble/secp256k1';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { publicKeyOf, signHash, verifyHash } from '../../src-shared/chain/key';
import { loadVerifier } from './load-verifier';

const ORDER = secp.Point.CURVE().n;
const hex64 = (value: bigint) => value.toString(16).padStart(64, '0');

/** As it is verified in JavaScript. */
function inJavaScript(hash: Uint8Array, signature: string, publicKey: string): boolean {
  try {
    const options = { prehash: false, lowS: false };
    return secp.verify(hexToBytes(signature), hash, hexToBytes(publicKey), options);
  } catch {
    return false;
  }
}

beforeAll(() => {
  expect(loadVerifier()).toBe(true);
});

describe('signatures verified by libsecp256k1', () => {
  const key = new Uint8Array(32).fill(7);
  const publicKey = bytesToHex(publicKeyOf(key));
  const hash = new Uint8Array(randomBytes(32));
  const signature = signHash(hash, key);
  const [r, s] = [BigInt(`0x${signature.slice(0, 64)}`), BigInt(`0x${signature.slice(64)}`)];

  it('hold in either half of the order, as the node makes them', () => {
    expect(verifyHash(hash, signature, publicKey)).toBe(true);
    expect(verifyHash(hash, hex64(r) + hex64(ORDER - s), publicKey)).toBe(true);
  });

  it('are none where anything about them is out of range or of another shape', () => {
    const other = bytesToHex(publicKeyOf(new Uint8Array(32).fill(8)));
    for (const [spoilt, by] of [
      [hex64(0n) + hex64(s), publicKey],
      [hex64(r) + hex64(0n), publicKey],
      [hex64(ORDER) + hex64(s), publicKey],
      [hex64(r) + hex64(ORDER), publicKey],
      [hex64(r + ORDER < 1n << 256n ? r + ORDER : ORDER - 1n) + hex64(s), publicKey],
      ['ff'.repeat(64), publicKey],
      [signature, other],
      [signature, `05${publicKey.slice(2)}`],
      [signature, `06${publicKey.slice(2)}${'00'.repeat(32)}`],
      [signature, '02'],
      [signature, ''],
      [signature, `02${'ff'.repeat(32)}`],
      [signature.slice(2), publicKey],
    ] as const) {
      expect([spoilt, by, verifyHash(hash, spoilt, by)]).toEqual([spoilt, by, false]);
    }
  });

  it('are judged as in JavaScript, whatever was changed', () => {
    const change = fc.record({
      at: fc.nat(63),
      by: fc.integer({ min: 0, max: 255 }),
      what: fc.constantFrom('r', 'h'),
    });
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.array(change, { maxLength: 2 }),
        (made, changes) => {
          const signed = hexToBytes(signHash(made, key));
          const told = Uint8Array.from(made);
          for (const { at, by, what } of changes) {
            if (what === 'r') signed[at] = by;
            else told[at % 32] = by;
          }
          const text = bytesToHex(signed);
          expect(verifyHash(told, text, publicKey)).toBe(inJavaScript(told, text, publicKey));
        },
      ),
      { numRuns: 100 },
    );
  });
});
