import { randomBytes, scrypt } from 'node:crypto';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';

// scrypt cost (RFC 7914): about 128 MiB and under a second, the strongest a laptop bears at every start.
const SCRYPT = { N: 2 ** 17, r: 8, p: 1 };
const SCRYPT_MEMORY = 256 * 1024 * 1024;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const NONCE_BYTES = 24;

const sealedKeySchema = z.object({
  version: z.literal(1),
  address: z.string(),
  kdf: z.object({ name: z.literal('scrypt'), N: z.literal(SCRYPT.N), r: z.literal(8), p: z.literal(1) }),
  cipher: z.literal('xchacha20-poly1305'),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  nonce: z.string().regex(/^[0-9a-f]{48}$/),
  sealed: z.string().regex(/^[0-9a-f]{96}$/),
});

/** A private key sealed with a passphrase, the address bound in as associated data; as it is in a file. */
export type SealedKey = z.infer<typeof sealedKeySchema>;

/** @throws SyntaxError, ZodError for what is none */
export function parseSealedKey(text: string): SealedKey {
  return sealedKeySchema.parse(JSON.parse(text));
}

const sealedTextSchema = sealedKeySchema.extend({ sealed: z.string().regex(/^(?:[0-9a-f]{2}){17,}$/) });

/** The same of a secret text, whose name stands where a key has its address. @throws SyntaxError, ZodError for what is none */
export function parseSealedText(text: string): SealedKey {
  return sealedTextSchema.parse(JSON.parse(text));
}

/** 16 random bytes, hex. */
export function newSalt(): string {
  return bytesToHex(randomBytes(SALT_BYTES));
}

/** A passphrase as it is meant: however it was typed (composed or not), with the line end of a file or without. */
export function asMeant(passphrase: string): string {
  return passphrase.normalize('NFC').replace(/\r?\n$/, '');
}

/** What seals and opens, from a passphrase and a salt as hex; takes most of a second. */
export function deriveKey(passphrase: string, salt: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase, hexToBytes(salt), KEY_BYTES, { ...SCRYPT, maxmem: SCRYPT_MEMORY }, (error, key) =>
      error ? reject(error) : resolve(new Uint8Array(key)),
    );
  });
}

/** The text of a file with a sealed key, or with another secret under its name. @param derived from a passphrase and this salt */
export function sealKey(address: string, privateKey: Uint8Array, derived: Uint8Array, salt: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const sealed = xchacha20poly1305(derived, nonce, utf8ToBytes(address)).encrypt(privateKey);
  const file: SealedKey = {
    version: 1,
    address,
    kdf: { name: 'scrypt', N: SCRYPT.N, r: 8, p: 1 },
    cipher: 'xchacha20-poly1305',
    salt,
    nonce: bytesToHex(nonce),
    sealed: bytesToHex(sealed),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** The private key, which the caller wipes; null where it was sealed with another passphrase or for another address. */
export function openSealed({ address, nonce, sealed }: SealedKey, derived: Uint8Array): Uint8Array | null {
  try {
    return xchacha20poly1305(derived, hexToBytes(nonce), utf8ToBytes(address)).decrypt(hexToBytes(sealed));
  } catch {
    return null;
  }
}
