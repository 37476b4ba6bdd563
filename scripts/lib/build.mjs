import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { capture } from './run.mjs';
import { fail, say } from './say.mjs';

const SOURCES = ['src-main', 'src-preload', 'src-renderer', 'src-shared'];
const FILES = [
  'electron.vite.config.ts',
  'scripts/vite-assemblyscript.ts',
  'package.json',
  'package-lock.json',
];

/** Builds the app into `out/`, unless these very sources were built before. */
export function ensureBuild() {
  const stamp = join(ROOT, 'out', '.built-from');
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  say('• building the app…');
  const result = capture('npm', ['run', '-s', 'build'], { shell: process.platform === 'win32' });
  if (!result.ok) {
    say(result.output.split('\n').slice(-30).join('\n'));
    fail('the build failed: see the lines above.');
  }
  writeFileSync(stamp, now);
}

function fingerprint() {
  const hash = createHash('sha256');
  const walk = (path) => {
    const info = statSync(path);
    if (info.isDirectory()) for (const name of readdirSync(path).sort()) walk(join(path, name));
    else if (!path.endsWith('.test.ts')) hash.update(path.slice(ROOT.length)).update(readFileSync(path));
  };
  for (const name of [...SOURCES, ...FILES]) walk(join(ROOT, name));
  return hash.digest('hex');
}
