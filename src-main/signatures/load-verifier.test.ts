import { randomBytes } from 'node:crypto';
import { sha256 as inNoble } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import * as secp from '@noble/secp256k1';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { publicKeyOf, signHash, verifyHash } from '../../src-shared/chain/key';
import { sha256 } from '../../src-shared/chain/sha256';
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

beforeAll(async () => {
  expect(await loadVerifier()).toBe(true);
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

  it('are by a key in either of the forms that everybody takes, and in no third one', () => {
    const whole = bytesToHex(secp.getPublicKey(key, false));
    const hybrid = `${Number.parseInt(whole.slice(-1), 16) % 2 === 0 ? '06' : '07'}${whole.slice(2)}`;
    expect([whole, hybrid].map((form) => verifyHash(hash, signature, form))).toEqual([true, false]);
    expect([whole, hybrid].map((form) => inJavaScript(hash, signature, form))).toEqual([true, false]);
    expect(verifyHash(hash, signature, `${whole}00`)).toBe(false);
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

describe('what is hashed by OpenSSL', () => {
  it('has the hashes of FIPS 180-4', () => {
    expect(bytesToHex(sha256(''))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(bytesToHex(sha256('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('is as in JavaScript, bytes and text of any kind, and is nobody else’s to change', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', minLength: 3000 }));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), text), (data) => {
        const expected = inNoble(typeof data === 'string' ? utf8ToBytes(data) : data);
        expect(bytesToHex(sha256(data))).toBe(bytesToHex(expected));
      }),
    );
    const halves = ['\ud800', 'x\udc00y', '\ud83d\ude00', '\u0000'];
    for (const half of halves) expect(bytesToHex(sha256(half))).toBe(bytesToHex(inNoble(utf8ToBytes(half))));
    const first = sha256('abc');
    sha256('abd').fill(0);
    expect(bytesToHex(first)).toBe(bytesToHex(inNoble(utf8ToBytes('abc'))));
  });
});
