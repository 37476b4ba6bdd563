import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeChosenFile } from './chosen-file';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chosen-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function* pieces(...all: (string | Error)[]): AsyncGenerator<string> {
  for (const piece of all) {
    if (piece instanceof Error) throw piece;
    yield piece;
  }
}

describe('a file that a person chose', () => {
  it('is written whole or in pieces', async () => {
    await writeChosenFile(join(folder, 'a'), 'whole', 0o644);
    await writeChosenFile(join(folder, 'b'), pieces('in ', 'pieces, ', 'по-русски'), 0o644);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('whole');
    expect(readFileSync(join(folder, 'b'), 'utf8')).toBe('in pieces, по-русски');
  });

  it('stays as it was where its pieces end early, and nothing else is left behind', async () => {
    const path = join(folder, 'a');
    writeFileSync(path, 'before');
    await expect(writeChosenFile(path, pieces('half', new Error('cut')), 0o644)).rejects.toMatchObject({
      cause: new Error('cut'),
    });
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('that can’t be written there is told as such', async () => {
    mkdirSync(join(folder, 'is a folder'));
    await expect(writeChosenFile(join(folder, 'is a folder'), 'x', 0o644)).rejects.toMatchObject({
      code: 'file_unwritable',
    });
    await expect(writeChosenFile(join(folder, 'gone', 'x'), 'x', 0o644)).rejects.toMatchObject({
      code: 'file_unwritable',
    });
  });
});
