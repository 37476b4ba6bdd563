import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
// @ts-expect-error a script without types
import { bundle } from '../../scripts/lib/bundle.mjs';
import { systemClock } from '../../src-main/clock/clock';
import { replaceProgram } from '../../src-main/updates/replace-file';
import { SeededRandom } from '../driver/world/random';

const LEAST_ROUNDS = 8;
const MOST_ROUNDS = 60;
const BYTES = 4 * 2 ** 20;
// A few replacements long.
const MOST_MS = 60;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'killed-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A program of some size that says which it is; its end is where a half of it would show. */
function program(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho ${name}\nexit 0\n${'#'.repeat(BYTES)}\n# whole ${name}\n`);
  chmodSync(path, 0o755);
  return path;
}

it('a program is the old one or the new one, whole, and starts, wherever its replacement is killed', async () => {
  const updater = await bundle('e2e/crash/update-program.ts');
  const [old, first, second] = [program('old'), program('first'), program('second')];
  const target = join(folder, 'app');
  replaceProgram(target, old);
  const whole = new Map([old, first, second].map((path) => [readFileSync(path, 'utf8'), path]));
  const random = new SeededRandom(1);
  const seen = new Set<string>();
  let leftovers = 0;
  const isShown = (round: number) => round >= LEAST_ROUNDS && seen.size > 1 && leftovers > 0;
  for (let round = 0; round < MOST_ROUNDS && !isShown(round); round++) {
    const child = spawn(process.execPath, [updater, target, first, second], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = once(child, 'exit');
    await once(child.stdout, 'data');
    await new Promise<void>((resolve) => systemClock.after(random.below(MOST_MS), resolve));
    child.kill('SIGKILL');
    await gone;
    const found = whole.get(readFileSync(target, 'utf8'));
    expect(found).toBeDefined();
    seen.add(found ?? '');
    expect(execFileSync(target, { encoding: 'utf8' })).toMatch(/^(?:first|second)\n$/);
    leftovers += readdirSync(folder).filter((name) => name.startsWith('.app')).length;
  }
  // Killed at other moments each time, and in the midst of it at least once: else this showed nothing.
  expect(seen.size).toBeGreaterThan(1);
  expect(leftovers).toBeGreaterThan(0);
  replaceProgram(target, first);
  expect(readdirSync(folder).sort()).toEqual(['app', 'first', 'old', 'second']);
});
