import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generatePrivateKey, isHighS, parsePrivateKey, publicKeyOf, signHash, verifyHash } from './key';

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const SECRET = '4e95ea9552ae7d7f0c317ec30f367abcb17df3b6652326629dfed745064384de';
const key = hexToBytes(SECRET);
const publicKey = bytesToHex(publicKeyOf(key));

describe('a signature', () => {
  it('is RFC 6979 over the hash bytes themselves', () => {
    // The well-known secp256k1 vector for key 1 and SHA-256("Satoshi Nakamoto").
    const one = hexToBytes(`${'0'.repeat(63)}1`);
    expect(signHash(sha256(utf8ToBytes('Satoshi Nakamoto')), one)).toBe(
      '934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8' +
        '2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5',
    );
  });

  it('is low-S and verifies, whatever the hash', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (hash) => {
        const signature = signHash(hash, key);
        expect(isHighS(signature)).toBe(false);
        expect(verifyHash(hash, signature, publicKey)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('with its high-S twin verifies too, as the node signs so', () => {
    const hash = sha256(utf8ToBytes('x'));
    const low = signHash(hash, key);
    const s = ORDER - BigInt(`0x${low.slice(64)}`);
    const high = low.slice(0, 64) + s.toString(16).padStart(64, '0');
    expect(isHighS(high)).toBe(true);
    expect(verifyHash(hash, high, publicKey)).toBe(true);
  });

  it('that is malformed is no signature, and nothing is thrown', () => {
    const hash = sha256(utf8ToBytes('x'));
    const signature = signHash(hash, key);
    for (const bad of [
      '',
      'zz',
      signature.slice(2),
      `${signature}00`,
      `00${signature}`,
      '0'.repeat(128),
      'f'.repeat(128),
    ]) {
      expect(verifyHash(hash, bad, publicKey)).toBe(false);
    }
    for (const bad of ['', 'zz', publicKey.slice(2), `05${publicKey.slice(2)}`]) {
      expect(verifyHash(hash, signature, bad)).toBe(false);
    }
    expect(verifyHash(new Uint8Array(31), signature, publicKey)).toBe(false);
  });
});

describe('parsePrivateKey', () => {
  it('takes 64 hex characters with or without 0x', () => {
    expect(parsePrivateKey(` 0x${SECRET.toUpperCase()} `)).toEqual(key);
  });

  it.each(['', '1234', `${SECRET}ff`, SECRET.replace('4', 'g'), '0'.repeat(64), ORDER.toString(16)])(
    'refuses %j without quoting it',
    (text) => {
      expect(() => parsePrivateKey(text)).toThrow(expect.objectContaining({ code: 'invalid_private_key' }));
      expect(() => parsePrivateKey(text)).toThrow(expect.objectContaining({ remedy: 'fix_input' }));
      try {
        parsePrivateKey(text);
      } catch (error) {
        if (text !== '') expect(String(error)).not.toContain(text);
      }
    },
  );

  it.each([
    ['{"address":"x"}', 'here there is none'],
    ['12g', 'only the characters 0-9 and a-f'],
    [`${'0'.repeat(63)}g`, 'only the characters 0-9 and a-f'],
    [`g${'0'.repeat(63)}`, 'only the characters 0-9 and a-f'],
    ['1234', 'has 64 characters; this has 4'],
    [`${SECRET}ff`, 'has 64 characters; this has 66'],
    ['0'.repeat(64), 'outside the range'],
    [ORDER.toString(16), 'outside the range'],
  ])('says of %j what is wrong', (text, why) => {
    expect(() => parsePrivateKey(text)).toThrow(why);
  });

  it('takes the highest key there is', () => {
    expect(bytesToHex(parsePrivateKey((ORDER - 1n).toString(16)))).toBe((ORDER - 1n).toString(16));
  });
});

describe('the half of the order', () => {
  it('is the highest s that is low', () => {
    const half = ORDER >> 1n;
    const signature = (s: bigint) => 'f'.repeat(64) + s.toString(16).padStart(64, '0');
    expect([isHighS(signature(half)), isHighS(signature(half + 1n))]).toEqual([false, true]);
  });
});

describe('generatePrivateKey', () => {
  it('asks for 32 bytes', () => {
    const lengths: number[] = [];
    generatePrivateKey((length) => {
      lengths.push(length);
      return key;
    });
    expect(lengths).toEqual([32]);
  });

  it('draws again where the random bytes are no key', () => {
    const draws = [new Uint8Array(32), key];
    expect(generatePrivateKey(() => draws.shift() ?? new Uint8Array(32))).toEqual(key);
  });
});
