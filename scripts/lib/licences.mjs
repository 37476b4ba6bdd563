import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { fail } from './say.mjs';

/** Where the notices are kept, for the package and for anybody to read. */
export const LICENCES = join(ROOT, 'resources', 'licences.txt');

/** The folders whose sources are bundled into the app, with the packages that they import. */
const SOURCES = ['src-main', 'src-preload', 'src-renderer', 'src-shared'];

/** Compilers that leave code of their own in what they compile; what they depend on stays behind. */
const COMPILED_IN = ['assemblyscript'];

/** What runs the app, whose notice stands by itself. */
const RUNTIME = 'electron';

const NOTICE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*'([^'.][^']*)'|@import\s+"([^".][^"]*)"/g;
const LINE = `\n\n${'-'.repeat(80)}\n\n`;

/**
 * Makes the notices of all that travels in a package: what the lock file has for running, and what is bundled.
 * @returns {string} the text, the same for the same lock file and sources, on every system
 */
export function makeLicences() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const toRun = Object.keys(packages).filter((path) => {
    const { dev, optional } = packages[path];
    return path !== '' && !dev && !optional;
  });
  const shipped = new Set(toRun);
  for (const name of imported(packages[''])) addWithDependencies(`node_modules/${name}`, packages, shipped);
  for (const name of COMPILED_IN) shipped.add(`node_modules/${name}`);

  const byText = new Map();
  for (const path of shipped) {
    const text = noticeOf(path, packages[path]);
    byText.set(text, [...(byText.get(text) ?? []), ...titles(path, packages)]);
  }
  const sections = [...byText].map(([text, names]) => `${[...new Set(names)].sort().join('\n')}\n\n${text}`);
  return `${[heading(packages), ...sections.sort()].join(LINE)}\n`;
}

/** The packages of ours that the sources name. */
function imported({ dependencies, devDependencies }) {
  const known = new Set(Object.keys({ ...dependencies, ...devDependencies }));
  const files = SOURCES.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /(?<!\.test)\.(?:tsx?|css)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const names = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, script, style]) => packageIn(script ?? style)),
  );
  return new Set(names.filter((name) => known.has(name) && name !== RUNTIME));
}

/** `@scope/name/file` → `@scope/name` */
function packageIn(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function addWithDependencies(path, packages, shipped) {
  if (shipped.has(path)) return;
  shipped.add(path);
  for (const name of Object.keys(packages[path].dependencies ?? {}))
    addWithDependencies(located(name, path, packages), packages, shipped);
}

/** Where a package finds another, as Node does: in its own folder, else in one around it. */
function located(name, from, packages) {
  for (let place = from; ; place = place.slice(0, place.lastIndexOf('node_modules/')).replace(/\/$/, '')) {
    const path = place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`;
    if (packages[path] !== undefined) return path;
    if (place === '') return fail(`package-lock.json has no ${name}, which ${from} depends on.`);
  }
}

/** A package by name, version and licence; with those that hold its binaries, of which each system has its own. */
function titles(path, packages) {
  const binaries = Object.keys(packages[path].optionalDependencies ?? {});
  const paths = [path, ...binaries.map((name) => `node_modules/${name}`)].filter(
    (one) => packages[one] !== undefined,
  );
  return paths.map((one) => {
    // What is installed under another name has its own beside.
    const { name = one.replace(/^.*node_modules\//, ''), version, license } = packages[one];
    return `${name} ${version} (${license})`;
  });
}

/** The texts that a package brings: its licence, and what it wants said beside. */
function noticeOf(path, { version, license }) {
  const folder = join(ROOT, path);
  const installed = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (installed.version !== version)
    fail(`${path} is ${installed.version}, the lock file has ${version}: run npm install --no-save.`);
  const files = readdirSync(folder)
    .filter((name) => NOTICE.test(name))
    .sort();
  if (files.length > 0)
    return files.map((name) => plain(readFileSync(join(folder, name), 'utf8'))).join('\n\n');
  const { author } = installed;
  const by = typeof author === 'string' ? author : author?.name;
  return `The package brings no text of its licence. It says of itself: ${license}${by ? `, by ${by}` : ''}.`;
}

function heading(packages) {
  const { version } = packages[`node_modules/${RUNTIME}`];
  const electron = plain(readFileSync(join(ROOT, 'node_modules', RUNTIME, 'LICENSE'), 'utf8'));
  return `ComputeChain Miner contains the work of others, under the licences below.
Made by: npm run licences

Electron ${version} runs it. What Electron itself is made of, Chromium and Node.js among it, is in the file
LICENSES.chromium.html, which comes with Electron.

${electron}`;
}

/** Without what differs by the system that a text was written on. */
function plain(text) {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/[^\S\n]+$/gm, '')
    .trim();
}
