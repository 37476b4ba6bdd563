import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceProgram } from './replace-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replace-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const program = (name: string, size = 100) => {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho ${name}\nexit 0\n`.padEnd(size, '#'));
  return path;
};

describe('a program that takes another’s place', () => {
  it('may be started, and nothing else is left, not even of a try that was cut short', () => {
    const target = program('old');
    const by = program('new');
    writeFileSync(join(folder, '.old.update-4711'), 'half of');
    replaceProgram(target, by);
    expect(readFileSync(target, 'utf8')).toContain('echo new');
    expect(statSync(target).mode & 0o777).toBe(0o755);
    expect(readdirSync(folder).sort()).toEqual(['new', 'old']);
  });

  it('leaves the old one where it can’t be put there', () => {
    const target = program('old');
    expect(() => replaceProgram(target, join(folder, 'missing'))).toThrow(/ENOENT/);
    mkdirSync(join(folder, 'in-the-way'));
    expect(() => replaceProgram(join(folder, 'in-the-way'), program('new'))).toThrow();
    expect(readFileSync(target, 'utf8')).toContain('echo old');
    expect(readdirSync(folder).sort()).toEqual(['in-the-way', 'new', 'old']);
  });
});
