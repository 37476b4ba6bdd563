import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { capture, has } from './run.mjs';
import { fail, say } from './say.mjs';

// Alternatives are the names of one package across releases of Debian and Ubuntu.
const LIBRARIES = [
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
  ['libxss1'],
  ['libsecret-1-0'],
  ['libnotify4'],
];
const DISPLAY = [['xvfb']];
const KEYRING = [['dbus'], ['gnome-keyring']];
// Reads the codes that the tests photograph.
const READER = [['zbar-tools']];

/**
 * Installs the system's packages the app needs here, or says the one line that does.
 * @param {{executable: string, display: boolean, keyring: boolean, reader: boolean}} needs `display` and `keyring`:
 *   whether we must bring our own because this session has none; `reader`: whether codes on the screen are read.
 */
export function ensureSystemPackages({ executable, display, keyring, reader }) {
  if (process.platform !== 'linux') return;
  const wanted = [];
  if (missingLibraries(executable)) wanted.push(...LIBRARIES);
  if (display && !has('Xvfb')) wanted.push(...DISPLAY);
  if (keyring && !(has('dbus-daemon') && has('gnome-keyring-daemon'))) wanted.push(...KEYRING);
  if (reader && !has('zbarimg')) wanted.push(...READER);
  if (wanted.length === 0) return;
  const refused = install(wanted);
  if (refused !== null) fail(refused);
  const still = missingLibraries(executable);
  if (still) fail(`system libraries are still missing after the install: ${still}`);
}

/**
 * Installs what one command alone needs, or says the one line that does.
 * @param {Readonly<Record<string, string>>} packages each program, and the system's package that brings it
 */
export function ensureTools(packages) {
  const refused = bring(packages);
  if (refused !== null) fail(refused);
}

/** The same for what can be done without: says why it is not there, and goes on. */
export function tryTools(packages) {
  const refused = bring(packages);
  if (refused !== null) say(`! ${refused}`);
}

/** @returns {string | null} why programs are missing still; null where they are there */
function bring(packages) {
  const missing = Object.keys(packages).filter((program) => !has(program));
  if (missing.length === 0) return null;
  const refused = install(missing.map((program) => [packages[program]]));
  if (refused !== null) return refused;
  const still = missing.filter((program) => !has(program));
  return still.length === 0 ? null : `programs are still missing after the install: ${still.join(', ')}`;
}

/** Names of shared libraries that the runtime or the keychain module cannot find, or an empty string. */
function missingLibraries(executable) {
  const keychain = join(ROOT, 'node_modules', 'keytar', 'prebuilds', `linux-${process.arch}`, 'keytar.node');
  return [executable, keychain]
    .filter((file) => existsSync(file))
    .flatMap((file) => capture('ldd', [file]).output.split('\n'))
    .filter((line) => line.includes('not found'))
    .map((line) => line.trim().split(' ')[0])
    .filter((name) => name !== 'libffmpeg.so')
    .join(' ');
}

/** @returns {string | null} why it could not be done; null where it was */
function install(wanted) {
  if (!has('apt-get'))
    return `install with your system's package manager: ${wanted.map((names) => names[0]).join(' ')}`;
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const mayInstall = prefix.length === 0 || (has('sudo') && capture('sudo', ['-n', 'true']).ok);
  if (!mayInstall) {
    const names = wanted.map(known).join(' ');
    return `some system packages are missing. Install them with this line, then run the same command again:
  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names}`;
  }
  say('• installing system packages (apt-get)…');
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return capture(command, rest);
  };
  const updated = apt('update');
  if (!updated.ok) say(`! apt-get update: ${updated.output.slice(-300)}`);
  const names = wanted.map(known);
  const result = apt('install', '-y', '--no-install-recommends', ...names);
  return result.ok
    ? null
    : `apt-get could not install ${names.join(' ')}:\n${result.output.split('\n').slice(-8).join('\n')}`;
}

/** The one of a package's names that this release knows; the first where it knows none. */
export function known(names) {
  return names.find((name) => /^Package:/m.test(capture('apt-cache', ['show', name]).output)) ?? names[0];
}
