import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesToHex } from '@noble/hashes/utils.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Address } from '../../src-shared/chain/address';
import { AppError } from '../../src-shared/errors';
import { openDatabase } from '../storage/database';
import { SettingsStore } from '../storage/settings-store';
import { Account } from './account';
import type { KeyVault } from './key-vault';
import { KnownAddress } from './known-address';

const KEY_HEX = '2f84e2e9a8437f40043660605f6c1974e9f91804c1ffe89e8ea768f8f96dc17c';
const ADDRESS = 'cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp';
const OTHER_HEX = '4e95ea9552ae7d7f0c317ec30f367abcb17df3b6652326629dfed745064384de';

class MemoryVault implements KeyVault {
  readonly kind = 'keychain';
  readonly waiting = false;
  readonly keys = new Map<string, string>();
  /** Every buffer with a key that it gave out or was given. */
  readonly lent: Uint8Array[] = [];
  /** Whether it refuses to take a key. */
  isFull = false;
  async read(address: string): Promise<Uint8Array | null> {
    const hex = this.keys.get(address);
    if (hex === undefined) return null;
    const key = Uint8Array.from(Buffer.from(hex, 'hex'));
    this.lent.push(key);
    return key;
  }
  async write(address: string, key: Uint8Array): Promise<void> {
    this.lent.push(key);
    if (this.isFull) throw new AppError('keychain_failed', 'full');
    this.keys.set(address, bytesToHex(key));
  }
  async forget(address: string): Promise<void> {
    this.keys.delete(address);
  }
}

let folder = '';
let settings: SettingsStore;
let vault: MemoryVault;
const account = (open: () => Promise<KeyVault> = async () => vault) =>
  new Account(new KnownAddress(settings, join(folder, 'keys')), open);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'account-'));
  settings = new SettingsStore(openDatabase(join(folder, 'db.sqlite'), 0).database);
  vault = new MemoryVault();
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the account', () => {
  it('is none at first, and is found again once created', async () => {
    const first = account();
    await first.load();
    expect(first.state.state).toBe('none');
    const address = await first.create();
    const second = account();
    await second.load();
    expect(second.state).toMatchObject({ state: 'ready', address });
  });

  it('is imported from a private key as hex', async () => {
    const imported = account();
    expect(await imported.import(KEY_HEX)).toBe(ADDRESS);
    const seen = await imported.withPrivateKey((key) => bytesToHex(key));
    expect(seen).toBe(KEY_HEX);
  });

  it('wipes the key after each use', async () => {
    const imported = account();
    await imported.import(KEY_HEX);
    const kept = await imported.withPrivateKey((key) => key);
    expect(kept.every((byte) => byte === 0)).toBe(true);
  });

  const USES: [string, number, (own: Account) => Promise<unknown>][] = [
    ['is loaded', 1, (own) => own.load()],
    ['is used', 1, (own) => own.withPrivateKey(() => undefined)],
    [
      'is used in vain',
      1,
      (own) =>
        own.withPrivateKey(() => {
          throw new Error('in vain');
        }),
    ],
    ['is found to be there after all', 2, (own) => own.replace(ADDRESS)],
    ['is looked at', 1, (own) => own.isWhole()],
    ['is imported', 1, (own) => own.import(KEY_HEX)],
    [
      'is put beside the one in use',
      1,
      (own) => own.keepBeside(Uint8Array.from(Buffer.from(OTHER_HEX, 'hex'))),
    ],
    ['is switched to', 1, (own) => own.use(ADDRESS as Address)],
  ];

  it.each(USES)('leaves no key in memory where one %s', async (_what, buffers, use) => {
    const own = account();
    await own.import(KEY_HEX);
    for (const isFull of [false, true]) {
      vault.lent.length = 0;
      vault.isFull = isFull;
      await use(own).catch(() => undefined);
      expect(vault.lent.map((key) => key.every((byte) => byte === 0))).toEqual(Array(buffers).fill(true));
    }
  });

  it('leaves no key in memory where one is made, sealed into a backup, or comes from one', async () => {
    const own = account();
    await own.create();
    const backup = await own.backUp('correct horse');
    await account().restore(backup, 'correct horse');
    expect(vault.lent).toHaveLength(3);
    for (const key of vault.lent) expect(key).toEqual(new Uint8Array(32));
  });

  it('is never given a new key silently: a known address without its key is missing, and takes only that key', async () => {
    await account().import(KEY_HEX);
    vault.keys.clear();
    const rescued = account();
    await rescued.load();
    expect(rescued.state).toMatchObject({ state: 'missing', address: ADDRESS });
    await expect(rescued.create()).rejects.toMatchObject({ code: 'key_exists' });
    await expect(rescued.import(OTHER_HEX)).rejects.toMatchObject({ code: 'key_exists' });
    expect(vault.keys.size).toBe(0);
    expect(await rescued.import(KEY_HEX)).toBe(ADDRESS);
    expect(rescued.state.state).toBe('ready');
  });

  it('is replaced by a new one where the person gives its address up, which is kept for whoever finds the key', async () => {
    await account().import(KEY_HEX);
    vault.keys.clear();
    const lost = account();
    await lost.load();
    await expect(lost.replace('cpc1another')).rejects.toMatchObject({ code: 'key_exists' });
    expect(vault.keys.size).toBe(0);
    const address = await lost.replace(ADDRESS);
    expect(address).not.toBe(ADDRESS);
    expect(lost.state).toMatchObject({ state: 'ready', address });
    expect(readFileSync(join(folder, 'keys', 'former-addresses'), 'utf8')).toBe(`${ADDRESS}\n`);
    const next = account();
    await next.load();
    expect(next.state).toMatchObject({ state: 'ready', address });
  });

  it('is not replaced where it is there after all', async () => {
    await account().import(KEY_HEX);
    const kept = new Map(vault.keys);
    vault.keys.clear();
    const found = account();
    await found.load();
    for (const [address, key] of kept) vault.keys.set(address, key);
    await expect(found.replace(ADDRESS)).rejects.toMatchObject({ code: 'key_exists' });
    expect(found.state).toMatchObject({ state: 'ready', address: ADDRESS });
    expect([...vault.keys.keys()]).toEqual([ADDRESS]);
  });

  it('is never taken for missing, or for none, where what tells of it can’t be read', async () => {
    await account().import(KEY_HEX);
    settings = new SettingsStore(openDatabase(join(folder, 'a-new-one.sqlite'), 0).database);
    rmSync(join(folder, 'keys', 'address'));
    // A folder can't be read as a file, whoever asks.
    mkdirSync(join(folder, 'keys', 'address'));
    const unreadable = account();
    await unreadable.load();
    expect(unreadable.state).toMatchObject({ state: 'unavailable', error: { code: 'profile_unreadable' } });
    await expect(unreadable.create()).rejects.toMatchObject({ code: 'profile_unreadable' });
  });

  it.each(['', 'xyz', `${KEY_HEX}0`, '0'.repeat(64), 'f'.repeat(64)])(
    'refuses %j as a private key without quoting it',
    async (hex) => {
      const error = await account()
        .import(hex)
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'invalid_private_key' });
      if (hex.length > 3) expect(String(error)).not.toContain(hex);
    },
  );

  it('says what is wrong with the vault, and finds it once it is there', async () => {
    let there = false;
    const waiting = account(async () => {
      if (there) return vault;
      throw new AppError('keychain_unavailable', 'no bus');
    });
    await waiting.load();
    expect(waiting.state).toMatchObject({ state: 'unavailable', error: { code: 'keychain_unavailable' } });
    there = true;
    await waiting.load();
    expect(waiting.state.state).toBe('none');
  });

  it('is found again where the database was lost, and where the file beside the keys was', async () => {
    await account().import(KEY_HEX);
    settings = new SettingsStore(openDatabase(join(folder, 'a-new-one.sqlite'), 0).database);
    const without = account();
    await without.load();
    expect(without.state).toMatchObject({ state: 'ready', address: ADDRESS });
    rmSync(join(folder, 'keys'), { recursive: true });
    const again = account();
    await again.load();
    expect(again.state).toMatchObject({ state: 'ready', address: ADDRESS });
    writeFileSync(join(folder, 'keys', 'address'), 'cpc1');
    await again.load();
    settings = new SettingsStore(openDatabase(join(folder, 'another.sqlite'), 0).database);
    const healed = account();
    await healed.load();
    expect(healed.state).toMatchObject({ state: 'ready', address: ADDRESS });
  });

  it('is used where one of the two cannot be written', async () => {
    await account().import(KEY_HEX);
    rmSync(join(folder, 'keys'), { recursive: true });
    writeFileSync(join(folder, 'keys'), 'not a folder');
    const half = account();
    await half.load();
    expect(half.state).toMatchObject({ state: 'ready', address: ADDRESS });
  });

  it('is never taken for none where the database was lost and the file does not hold an address', async () => {
    await account().import(KEY_HEX);
    settings = new SettingsStore(openDatabase(join(folder, 'a-new-one.sqlite'), 0).database);
    writeFileSync(join(folder, 'keys', 'address'), 'cpc1');
    const damaged = account();
    await damaged.load();
    expect(damaged.state).toMatchObject({ state: 'unavailable', error: { code: 'address_corrupt' } });
    await expect(damaged.create()).rejects.toMatchObject({ code: 'address_corrupt' });
    expect(await damaged.import(KEY_HEX)).toBe(ADDRESS);
    const healed = account();
    await healed.load();
    expect(healed.state).toMatchObject({ state: 'ready', address: ADDRESS });
  });
});
