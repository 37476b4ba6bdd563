import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeFileAtomic } from './atomic-file';
import { sharedHandle } from './spied-handles';

let handles: FileHandle;
beforeAll(async () => {
  handles = await sharedHandle();
});

let folder = '';
let file = '';
const temporary = () => `${file}.${process.pid}.tmp`;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atomic-'));
  file = join(folder, 'key.json');
  writeFileSync(file, 'old');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Every file there is, with what it holds. */
const found = () =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

describe('a file that is replaced', () => {
  it('is whole on the disk before it takes the place of the old one, and so is its name before that counts', async () => {
    const atSync: unknown[] = [];
    const { sync } = handles;
    vi.spyOn(handles, 'sync').mockImplementation(async function (this: FileHandle) {
      atSync.push({ ...found(), isFolder: (await this.stat()).isDirectory() });
      await sync.call(this);
    });
    await writeFileAtomic(file, 'new', 0o600);
    expect(atSync).toEqual([
      { 'key.json': 'old', [`key.json.${process.pid}.tmp`]: 'new', isFolder: false },
      { 'key.json': 'new', isFolder: true },
    ]);
  });

  it('stays as it was where the disk does not take the new one, and nothing else is left', async () => {
    const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    vi.spyOn(handles, 'sync').mockRejectedValueOnce(full);
    await expect(writeFileAtomic(file, 'new', 0o600)).rejects.toMatchObject({ code: 'disk_full' });
    expect(found()).toEqual({ 'key.json': 'old' });
  });

  it('stays as it was where what is written breaks off', async () => {
    async function* pieces() {
      yield 'half of ';
      throw new Error('broke off');
    }
    await expect(writeFileAtomic(file, pieces(), 0o600)).rejects.toThrow();
    expect(found()).toEqual({ 'key.json': 'old' });
  });

  it('is for those alone that it is to be for, from its first byte on, whoever could read the old one', async () => {
    chmodSync(file, 0o644);
    const modes: number[] = [];
    const { writeFile } = handles;
    vi.spyOn(handles, 'writeFile').mockImplementation(async function (this: FileHandle, ...given) {
      modes.push((await this.stat()).mode & 0o777);
      await writeFile.apply(this, given);
    });
    await writeFileAtomic(file, 'new', 0o600);
    modes.push(statSync(file).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600]);
  });

  it('is never written through a link that lies in its way', async () => {
    const elsewhere = join(folder, 'elsewhere');
    writeFileSync(elsewhere, 'untouched');
    symlinkSync(elsewhere, temporary());
    await expect(writeFileAtomic(file, 'new', 0o600)).rejects.toThrow();
    expect(readFileSync(elsewhere, 'utf8')).toBe('untouched');
    await writeFileAtomic(file, 'new', 0o600);
    expect(found()).toEqual({ 'key.json': 'new', elsewhere: 'untouched' });
  });
});
