import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
// @ts-expect-error a script without types
import { CONTROLS } from './controls.mjs';
// @ts-expect-error a script without types
import { ROOT } from './paths.mjs';

type Control = { name: string; file: string; from: string; to: string; tests: string[] };
const controls = CONTROLS as Control[];

it.each(controls)('“$name” can be taken out of $file, and tests are named that are there', (control) => {
  const { file, from, to, tests } = control;
  expect(readFileSync(join(ROOT, file), 'utf8').split(from)).toHaveLength(2);
  expect(to).not.toBe(from);
  expect(tests.length).toBeGreaterThan(0);
  for (const test of tests.filter((each) => !each.startsWith('simulate ')))
    expect(existsSync(join(ROOT, test)), test).toBe(true);
});

it('no two controls have one name', () => {
  const names = controls.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
