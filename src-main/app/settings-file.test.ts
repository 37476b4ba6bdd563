import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSettingsFile } from './settings-file';

let file = '';
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'settings-')), 'rig.json');
});
afterEach(() => rmSync(join(file, '..'), { recursive: true }));

it('a file of settings is read up to 256 KiB: what is longer is something else', () => {
  const settings = '{"matrixSize": 1024}';
  writeFileSync(file, settings.padEnd(256 * 1024));
  expect(readSettingsFile(file)).toEqual([{ name: 'matrixSize', value: 1024, place: `${file}:1` }]);
  writeFileSync(file, settings.padEnd(256 * 1024 + 1));
  expect(() => readSettingsFile(file)).toThrow(expect.objectContaining({ code: 'invalid_settings' }));
});
