import { scryptSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sharedHandle } from '../storage/spied-handles';
import { FileVault } from './file-vault';

const ADDRESS = 'cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp';
const OTHER = 'cpc1shna7hdskcnrg8pxcyrzvdgg06s3psj2cpdkua';
const KEY = Uint8Array.from({ length: 32 }, (_, index) => index + 1);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the encrypted-file vault', () => {
  it('gives back what it was given, in a file only its owner can read', async () => {
    await new FileVault(folder, 'correct horse').write(ADDRESS, KEY);
    const read = await new FileVault(folder, 'correct horse').read(ADDRESS);
    expect(read).toEqual(KEY);
    expect(statSync(join(folder, `${ADDRESS}.json`)).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual([`${ADDRESS}.json`]);
  });

  it('makes a folder that only its owner can look into', async () => {
    const made = join(folder, 'keys');
    await new FileVault(made, 'correct horse').write(ADDRESS, KEY);
    expect(statSync(made).mode & 0o777).toBe(0o700);
  });

  it('never has the key in the clear on disk, and derives with scrypt N = 2^17, r = 8, p = 1', async () => {
    await new FileVault(folder, 'correct horse').write(ADDRESS, KEY);
    const text = readFileSync(join(folder, `${ADDRESS}.json`), 'utf8');
    expect(text).not.toContain(bytesToHex(KEY));
    expect(JSON.parse(text)).toMatchObject({
      kdf: { name: 'scrypt', N: 131072, r: 8, p: 1 },
      cipher: 'xchacha20-poly1305',
    });
  });

  it('refuses a wrong passphrase by name', async () => {
    await new FileVault(folder, 'correct horse').write(ADDRESS, KEY);
    await expect(new FileVault(folder, 'battery staple').read(ADDRESS)).rejects.toMatchObject({
      code: 'passphrase_wrong',
    });
  });

  it('opens to the same passphrase however it was typed or kept', async () => {
    await new FileVault(folder, 'caf\u00e9 noir').write(ADDRESS, KEY);
    for (const same of ['cafe\u0301 noir', 'caf\u00e9 noir\n', 'cafe\u0301 noir\r\n'])
      expect(await new FileVault(folder, same).read(ADDRESS)).toEqual(KEY);
    for (const other of ['cafe noir', ' caf\u00e9 noir', 'caf\u00e9 noir\n\n'])
      await expect(new FileVault(folder, other).read(ADDRESS)).rejects.toMatchObject({
        code: 'passphrase_wrong',
      });
  });

  it('opens a file that was sealed with the passphrase just as it was given', async () => {
    const asGiven = 'cafe\u0301';
    const salt = new Uint8Array(16);
    const nonce = new Uint8Array(24);
    const key = new Uint8Array(scryptSync(asGiven, salt, 32, { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 }));
    const sealed = xchacha20poly1305(key, nonce, utf8ToBytes(ADDRESS)).encrypt(KEY);
    const kdf = { name: 'scrypt', N: 2 ** 17, r: 8, p: 1 };
    const parts = { salt: bytesToHex(salt), nonce: bytesToHex(nonce), sealed: bytesToHex(sealed) };
    const file = { version: 1, address: ADDRESS, kdf, cipher: 'xchacha20-poly1305', ...parts };
    writeFileSync(join(folder, `${ADDRESS}.json`), JSON.stringify(file));
    expect(await new FileVault(folder, asGiven).read(ADDRESS)).toEqual(KEY);
  });

  it('has no key it was not given', async () => {
    expect(await new FileVault(folder, 'x').read(ADDRESS)).toBeNull();
  });

  it('does not take one account file for another', async () => {
    const vault = new FileVault(folder, 'correct horse');
    await vault.write(ADDRESS, KEY);
    writeFileSync(join(folder, `${OTHER}.json`), readFileSync(join(folder, `${ADDRESS}.json`)));
    await expect(vault.read(OTHER)).rejects.toMatchObject({ code: 'vault_corrupt' });
    // Renaming the account inside does not help: the address is sealed in.
    const renamed = readFileSync(join(folder, `${ADDRESS}.json`), 'utf8').replace(ADDRESS, OTHER);
    writeFileSync(join(folder, `${OTHER}.json`), renamed);
    await expect(vault.read(OTHER)).rejects.toMatchObject({ code: 'passphrase_wrong' });
  });

  it.each<[string, (vault: FileVault) => Promise<void>]>([
    ['a key', (vault) => vault.write(ADDRESS, KEY)],
    ['a text', (vault) => vault.writeText('token of x', 'secret')],
  ])('does not count %s as kept that the disk does not give back', async (_what, write) => {
    const handles = await sharedHandle();
    const { sync } = handles;
    vi.spyOn(handles, 'sync').mockImplementation(async function (this: FileHandle) {
      if ((await this.stat()).isFile()) await this.truncate(100);
      await sync.call(this);
    });
    await expect(write(new FileVault(folder, 'correct horse'))).rejects.toMatchObject({
      code: 'vault_corrupt',
    });
  });

  it('wipes what it reads back to see that it is kept', async () => {
    const read = vi.spyOn(FileVault.prototype, 'read');
    await new FileVault(folder, 'correct horse').write(ADDRESS, KEY);
    expect(await read.mock.results[0]?.value).toEqual(new Uint8Array(32));
  });

  it('says so when its file is damaged', async () => {
    writeFileSync(join(folder, `${ADDRESS}.json`), '{"version":1}');
    await expect(new FileVault(folder, 'x').read(ADDRESS)).rejects.toMatchObject({ code: 'vault_corrupt' });
  });

  it('keeps a secret text as well as a key, under its name alone, and lets go of it', async () => {
    const vault = new FileVault(folder, 'correct horse');
    const name = 'token of wss://validator.example/worker';
    expect(await vault.readText(name)).toBeNull();
    await vault.writeText(name, 'canary-bird');
    expect(await new FileVault(folder, 'correct horse').readText(name)).toBe('canary-bird');
    expect(await vault.readText(`${name}s`)).toBeNull();
    const [file = ''] = readdirSync(folder);
    expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    const text = readFileSync(join(folder, file), 'utf8');
    for (const plain of ['canary-bird', Buffer.from('canary-bird').toString('hex')])
      expect(text).not.toContain(plain);
    await expect(new FileVault(folder, 'battery staple').readText(name)).rejects.toMatchObject({
      code: 'passphrase_wrong',
    });
    // Another name inside does not open it: the name is sealed in.
    writeFileSync(join(folder, file), text.replace('validator.example', 'validator.exomple'));
    await expect(vault.readText(name)).rejects.toMatchObject({ code: 'vault_corrupt' });
    await vault.forgetText(name);
    expect(readdirSync(folder)).toEqual([]);
  });
});
