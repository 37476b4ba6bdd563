import { scryptSync } from 'node:crypto';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { openBackup, writeBackup } from './key-backup';
import { parseSealedKey } from './sealed-key';

const ADDRESS = 'cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp';
const KEY = Uint8Array.from({ length: 32 }, (_, index) => index + 1);
const WORDS = 'correct horse';

// Made with OpenSSL's scrypt and ChaCha20-Poly1305, and HChaCha20 by draft-irtf-cfrg-xchacha-03.
const MADE_ELSEWHERE = JSON.stringify({
  version: 1,
  address: ADDRESS,
  kdf: { name: 'scrypt', N: 131072, r: 8, p: 1 },
  cipher: 'xchacha20-poly1305',
  salt: '000102030405060708090a0b0c0d0e0f',
  nonce: '101112131415161718191a1b1c1d1e1f2021222324252627',
  sealed: '6935f1acd6d72d89c3a089362237afee1d6c261424c4549e2eac401d66280bad7bb0e6d1ddf544b2d5bae628c771a86b',
});

describe('a sealed key', () => {
  it('that other programs made by what it states is opened', async () => {
    expect(await openBackup(MADE_ELSEWHERE, WORDS)).toEqual(KEY);
  });

  it('is sealed at the cost that it states: another program opens it by that', async () => {
    const { kdf, salt, nonce, sealed } = parseSealedKey(await writeBackup(ADDRESS, KEY, WORDS));
    const { N, r, p } = kdf;
    const derived = scryptSync(WORDS, hexToBytes(salt), 32, { N, r, p, maxmem: 2 ** 28 });
    const opened = xchacha20poly1305(new Uint8Array(derived), hexToBytes(nonce), utf8ToBytes(ADDRESS));
    expect(opened.decrypt(hexToBytes(sealed))).toEqual(KEY);
    expect(kdf).toEqual({ name: 'scrypt', N: 2 ** 17, r: 8, p: 1 });
  });

  it('has a salt and a nonce of its own each time', async () => {
    const [one, other] = [await writeBackup(ADDRESS, KEY, WORDS), await writeBackup(ADDRESS, KEY, WORDS)].map(
      (text) => parseSealedKey(text),
    );
    expect(one?.salt).not.toBe(other?.salt);
    expect(one?.nonce).not.toBe(other?.nonce);
    expect(one?.sealed).not.toBe(other?.sealed);
  });
});
