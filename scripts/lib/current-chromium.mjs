import { readFileSync } from 'node:fs';
import { capture, has } from './run.mjs';
import { say } from './say.mjs';
import { tryTools } from './system-packages.mjs';

const PROGRAMS = ['chromium', 'google-chrome-stable', 'google-chrome'];

/**
 * A browser of today for the pages to be tried in: what is shipped has a newer Chromium than a substitute Electron.
 * @returns {{executable: string, name: string} | null} null where there is none and none can be had
 */
export function currentChromium() {
  if (process.platform !== 'linux') return null;
  // Elsewhere a package of that name may bring a snap, which no test can start.
  if (present() === undefined && isDebian()) tryTools({ chromium: 'chromium' });
  const program = present();
  if (program === undefined) {
    say('! No current Chromium here: the pages are tried in Electron alone.');
    return null;
  }
  const { output } = capture('sh', ['-c', `command -v ${program}`]);
  const [version = program] = /Chrom\S* [\d.]+/.exec(capture(program, ['--version']).output) ?? [];
  return { executable: output.trim(), name: version };
}

function present() {
  return PROGRAMS.find(has);
}

function isDebian() {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
