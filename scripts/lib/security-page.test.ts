import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without types
import { ROOT } from './paths.mjs';

const page = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8');
/** A list's entry: a file of tests, and the titles in it. */
const entries = [...page.matchAll(/^- `([^`]+\.(?:test|spec)\.ts)`: (.+(?:\n {2}.+)*)/gm)];

describe('docs/security.md', () => {
  it('names tests that are there, by their titles', () => {
    expect(entries.length).toBeGreaterThan(40);
    const missing = entries.flatMap(([, file = '', text = '']) => {
      const source = existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), 'utf8') : '';
      const titles = [...text.replace(/\n {2}/g, ' ').matchAll(/“([^”]+)”/g)].map(([, title = '']) => title);
      return titles.filter((title) => !source.includes(title)).map((title) => `${file}: ${title}`);
    });
    expect(missing).toEqual([]);
  });

  it('names files that are there', () => {
    const files = [...page.matchAll(/`((?:src-\w+|e2e|scripts)\/[^`]+)`/g)].map(([, file = '']) => file);
    expect(files.length).toBeGreaterThan(40);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});
