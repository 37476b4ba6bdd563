import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Log, openLog } from './log';

let profile = '';
let log: Log;
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'log-'));
  log = openLog(profile, false);
});
afterEach(() => rmSync(profile, { recursive: true }));

describe('the log', () => {
  it.each(['info', 'warn', 'error'] as const)('has no secret in it, at the level %s', (level) => {
    const secret = 'c0ffee42'.repeat(8);
    log[level](`private_key=${secret} and what follows it`);
    const text = readFileSync(log.file, 'utf8');
    expect(text).toContain('and what follows it');
    expect(text).not.toContain(secret);
  });

  it('takes twenty megabytes at most, the newest of what was written', () => {
    const line = 'x'.repeat(512 << 10);
    for (let count = 0; count < 90; count++) log.info(`${count} ${line}`);
    log.info('the last one');
    const folder = dirname(log.file);
    const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(21 << 20);
    expect(readFileSync(log.file, 'utf8')).toContain('the last one');
  });
});
