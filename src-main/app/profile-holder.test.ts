import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { noteHolder, readHolder } from './profile-holder';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('tells a second start whether the first has a window', () => {
  noteHolder(folder, { headless: true, pid: 7 });
  expect(readHolder(folder)).toEqual({ headless: true, pid: 7 });
  noteHolder(folder, { headless: false, pid: 8 });
  expect(readHolder(folder)).toEqual({ headless: false, pid: 8 });
});

it('knows nobody where there is no note, or none that can be read', () => {
  expect(readHolder(folder)).toBeNull();
  writeFileSync(join(folder, 'running.json'), '{"headless": "yes"');
  expect(readHolder(folder)).toBeNull();
});

it('keeps nobody from running where the note cannot be left', () => {
  expect(() => noteHolder(join(folder, 'none'), { headless: true, pid: 7 })).not.toThrow();
});
