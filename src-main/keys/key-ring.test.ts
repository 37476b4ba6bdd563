import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesToHex } from '@noble/hashes/utils.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../storage/database';
import { SettingsStore } from '../storage/settings-store';
import { Account } from './account';
import { KeyRing } from './key-ring';
import type { KeyVault } from './key-vault';
import { KnownAddress } from './known-address';

const IMPORTED_HEX = '2f84e2e9a8437f40043660605f6c1974e9f91804c1ffe89e8ea768f8f96dc17c';

let folder = '';
let database: Database;
const kept = new Map<string, Uint8Array>();
const vault: KeyVault = {
  kind: 'keychain',
  waiting: false,
  read: async (address) => {
    const key = kept.get(address);
    return key === undefined ? null : Uint8Array.from(key);
  },
  write: async (address, key) => void kept.set(address, Uint8Array.from(key)),
  forget: async (address) => void kept.delete(address),
};

/** A profile's keys as after a start. */
async function open(): Promise<{ ring: KeyRing; account: Account }> {
  const settings = new SettingsStore(database);
  const keys = join(folder, 'keys');
  const account = new Account(new KnownAddress(settings, keys), async () => vault);
  await account.load();
  return {
    account,
    ring: new KeyRing({ settings, folder: keys, account, now: () => 7, onChange: () => {} }),
  };
}

beforeEach(() => {
  kept.clear();
  folder = mkdtempSync(join(tmpdir(), 'key-ring-'));
  ({ database } = openDatabase(':memory:', 0));
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

describe('the keys of a profile', () => {
  it('begin with the one that is used, and others stand beside it, with names, over a restart', async () => {
    const { ring, account } = await open();
    const first = await ring.create();
    const second = await ring.create('  savings ');
    const third = await ring.import(IMPORTED_HEX, 'old rig');
    expect(account.state.address).toBe(first);
    expect(ring.addresses).toEqual([first, second, third]);
    await ring.rename(second, 'cold');
    const again = await open();
    expect(again.ring.keys.map(({ name, origin }) => [name, origin])).toEqual([
      ['', 'created'],
      ['cold', 'created'],
      ['old rig', 'imported'],
    ]);
    expect([...kept.keys()].sort()).toEqual([first, second, third].sort());
  });

  it('are known from the file beside them where the database is lost', async () => {
    const { ring } = await open();
    await ring.create('a');
    await ring.create('b');
    database.close();
    ({ database } = openDatabase(':memory:', 0));
    expect((await open()).ring.keys.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(readFileSync(join(folder, 'keys', 'keys.json'), 'utf8')).not.toContain('private');
  });

  it('can take over from one another, and only from one that is there', async () => {
    const { ring, account } = await open();
    const first = await ring.create();
    const second = await ring.create();
    await ring.use(second);
    expect(account.state.address).toBe(second);
    expect((await open()).account.state).toMatchObject({ state: 'ready', address: second });
    kept.delete(first);
    await expect(ring.use(first)).rejects.toMatchObject({ code: 'key_missing' });
    expect(account.state.address).toBe(second);
  });

  it('are let go of, the one in use as the last', async () => {
    const { ring, account } = await open();
    const first = await ring.create();
    const second = await ring.create();
    await expect(ring.forget(first)).rejects.toMatchObject({ code: 'key_in_use' });
    await ring.forget(second);
    await ring.forget(first);
    expect(account.state).toMatchObject({ state: 'none' });
    expect(kept.size).toBe(0);
    expect((await open()).account.state.state).toBe('none');
    expect(readFileSync(join(folder, 'keys', 'former-addresses'), 'utf8').split('\n')).toEqual([
      second,
      first,
      '',
    ]);
  });

  it('count as kept once a backup of theirs was opened, or when they came from elsewhere', async () => {
    const { ring, account } = await open();
    const first = await ring.create();
    expect(ring.isKept).toBe(false);
    const backup = await account.backUp('correct horse');
    await expect(ring.checkBackup(first, backup, 'wrong')).rejects.toMatchObject({
      code: 'backup_passphrase_wrong',
    });
    await expect(ring.checkBackup(first, '{}', 'x')).rejects.toMatchObject({ code: 'backup_invalid' });
    const second = await ring.import(IMPORTED_HEX);
    const other = await account.backUp('correct horse', second);
    await expect(ring.checkBackup(first, other, 'correct horse')).rejects.toMatchObject({
      code: 'backup_other_key',
      params: { address: second },
    });
    expect(ring.isKept).toBe(false);
    await ring.checkBackup(first, backup, 'correct horse');
    expect(ring.isKept).toBe(true);
    expect((await open()).ring.isKept).toBe(true);
    await ring.use(second);
    expect(ring.isKept).toBe(true);
  });

  it('count as kept once they were typed as they were written down', async () => {
    const { ring, account } = await open();
    const address = await ring.create();
    const written = await account.withPrivateKey((key) => bytesToHex(key));
    for (const [typed, code] of [
      [written.slice(1), 'invalid_private_key'],
      [IMPORTED_HEX, 'backup_other_key'],
    ] as const)
      await expect(ring.checkWritten(address, typed)).rejects.toMatchObject({ code });
    expect(ring.isKept).toBe(false);
    await ring.checkWritten(address, written.toUpperCase());
    expect(ring.isKept).toBe(true);
  });

  it('are all listed where several are made at once, and renamed meanwhile', async () => {
    const { ring } = await open();
    const first = await ring.create('a');
    await Promise.all([ring.create('b'), ring.rename(first, 'first'), ring.create('c')]);
    const listed = (await open()).ring.keys;
    expect(listed.map(({ name }) => name).toSorted()).toEqual(['b', 'c', 'first']);
    expect(kept.size).toBe(3);
  });

  it('come back to a profile that lost its own, however many are listed', async () => {
    const { ring } = await open();
    const imported = await ring.import(IMPORTED_HEX);
    for (let count = 1; count < 32; count++) await ring.create();
    kept.delete(imported);
    const again = await open();
    expect(again.account.state.state).toBe('missing');
    expect(await again.ring.import(IMPORTED_HEX)).toBe(imported);
    expect(again.ring.keys).toHaveLength(32);
  });

  it('are so many and no more', async () => {
    const { ring } = await open();
    for (let count = 0; count < 32; count++) await ring.create();
    await expect(ring.create()).rejects.toMatchObject({ code: 'key_limit' });
  });
});
