import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findCliKeys, readCliKey } from './cli-key-files';

const KEY = '2f84e2e9a8437f40043660605f6c1974e9f91804c1ffe89e8ea768f8f96dc17c';
const ADDRESS = 'cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('key files of the command line', () => {
  it('are named with the address that their key has, whatever they say of it', async () => {
    writeFileSync(join(folder, 'alice.json'), JSON.stringify({ address: 'cpc1other', private_key: KEY }));
    writeFileSync(join(folder, 'notes.txt'), KEY);
    writeFileSync(join(folder, 'broken.json'), '{"private_key": 7}');
    writeFileSync(join(folder, 'huge.json'), `${JSON.stringify({ private_key: KEY })}${' '.repeat(3000)}`);
    mkdirSync(join(folder, 'folder.json'));
    expect(await findCliKeys(folder)).toEqual([{ name: 'alice', address: ADDRESS }]);
    expect(await readCliKey('alice', folder)).toContain(KEY);
  });

  it('are a hundred at most', async () => {
    for (let index = 0; index < 101; index += 1) writeFileSync(join(folder, `${index}.json`), KEY);
    expect(await findCliKeys(folder)).toHaveLength(100);
  });

  it('are none where there is no folder', async () => {
    expect(await findCliKeys(join(folder, 'none'))).toEqual([]);
  });

  it.each(['bob', '../alice', `${'x'.repeat(300)}`, 'folder'])(
    'are not read from elsewhere: %s',
    async (name) => {
      mkdirSync(join(folder, 'folder.json'));
      mkdirSync(join(folder, 'inner'));
      writeFileSync(join(folder, 'alice.json'), KEY);
      await expect(readCliKey(name, join(folder, 'inner'))).rejects.toMatchObject({ code: 'not_found' });
    },
  );
});
