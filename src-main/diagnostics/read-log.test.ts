import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from './log';
import { readLog, wholeLog } from './read-log';

const ALL = ['error', 'warn', 'info'] as const;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the log, read back', () => {
  it('has the newest first, with what belongs to an entry, by level and by what is looked for', async () => {
    const log = openLog(folder, false);
    log.info('began');
    log.error('Error: broke\n    at somewhere');
    log.warn('slow');
    const all = await readLog(log.file, { levels: ALL, search: '' });
    expect(all.map(({ level, text }) => [level, text])).toEqual([
      ['warn', 'slow'],
      ['error', 'Error: broke\n    at somewhere'],
      ['info', 'began'],
    ]);
    expect(all[0]?.at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
    expect(await readLog(log.file, { levels: ['error'], search: '' })).toHaveLength(1);
    expect(await readLog(log.file, { levels: ALL, search: 'SOMEWHERE' })).toHaveLength(1);
  });

  it('is no more than so many entries, however large the file', async () => {
    const file = join(folder, 'main.log');
    writeFileSync(file, '[2026-01-01 00:00:00.000] [info]  a line\n'.repeat(100_000));
    expect(await readLog(file, { levels: ALL, search: '' })).toHaveLength(1000);
  });

  it('is looked through in its newest two megabytes', async () => {
    const file = join(folder, 'main.log');
    const line = (text: string) => `[2026-01-01 00:00:00.000] [info]  ${text}\n`;
    const filler = `${line('x'.repeat(1000))}`.repeat(1024);
    writeFileSync(file, [line('wanted'), filler, filler, line('wanted'), filler].join(''));
    expect(await readLog(file, { levels: ALL, search: 'wanted' })).toHaveLength(1);
  });

  it('is empty where there is none, and whole with the file before it', async () => {
    const file = join(folder, 'main.log');
    expect(await readLog(file, { levels: ALL, search: '' })).toEqual([]);
    writeFileSync(file, 'new\n');
    writeFileSync(join(folder, 'main.old.log'), 'old\n');
    expect(await wholeLog(file)).toBe('old\nnew\n');
  });
});
