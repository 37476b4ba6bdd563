import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assetPath } from './asset-path';

let root = '';
let outside = '';

beforeAll(() => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'assets-')));
  root = join(base, 'renderer');
  outside = join(base, 'secret.txt');
  for (const folder of ['ui', 'compute', 'assets', 'other'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(outside, 'secret');
  for (const file of ['ui/index.html', 'compute/index.html', 'assets/a.js', 'other/x.js'])
    writeFileSync(join(root, file), '');
  symlinkSync(outside, join(root, 'ui', 'link.txt'));
});
afterAll(() => rmSync(join(root, '..'), { recursive: true }));

const ask = (url: string, role: 'ui' | 'compute' = 'ui') => assetPath(url, role, root, realpathSync);

describe('what app:// serves', () => {
  it('is the role page and the shared assets', () => {
    expect(ask('app://ui/ui/index.html')).toBe(join(root, 'ui/index.html'));
    expect(ask('app://ui/assets/a.js')).toBe(join(root, 'assets/a.js'));
    expect(ask('app://compute/compute/index.html', 'compute')).toBe(join(root, 'compute/index.html'));
  });

  it.each([
    'app://ui/compute/index.html',
    'app://ui/other/x.js',
    'app://ui/',
    'app://ui/ui',
    'app://ui/ui/missing.html',
    'app://ui/../secret.txt',
    'app://ui/ui/../../secret.txt',
    'app://ui/ui/%2e%2e/%2e%2e/secret.txt',
    'app://ui/ui/..%2f..%2fsecret.txt',
    'app://ui/ui/..%5c..%5csecret.txt',
    'app://ui/ui/link.txt',
    'app://ui/ui/index.html%00.js',
    'app://ui/%E0%A4%A',
    'app://ui//etc/passwd',
  ])('is not %s', (url) => {
    const path = ask(url);
    // A folder is refused one step later, where the file is opened.
    expect(path === null || path === join(root, 'ui')).toBe(true);
  });
});
