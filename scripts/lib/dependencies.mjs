import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { capture } from './run.mjs';
import { fail, say } from './say.mjs';

const OLDEST_NODE = [20, 19];

/** Installs what the lock file names, unless the same lock file was installed before. */
export function ensureDependencies() {
  requireNode();
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  const stamp = join(ROOT, 'node_modules', '.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('• installing packages…');
  // Not `npm ci`: that refuses a lock file without the other platforms' optional binaries, which a registry need not
  // carry. Versions come from the lock file all the same, and it is not rewritten.
  const result = capture('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    shell: process.platform === 'win32',
  });
  if (!result.ok) {
    say(result.output.split('\n').slice(-15).join('\n'));
    fail('npm install failed: see the lines above; a package registry must be reachable for the first run.');
  }
  writeFileSync(stamp, lock);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantMajor, wantMinor] = OLDEST_NODE;
  if (major > wantMajor || (major === wantMajor && minor >= wantMinor)) return;
  fail(`Node ${process.versions.node} is too old: install Node ${OLDEST_NODE.join('.')} or newer.`);
}
