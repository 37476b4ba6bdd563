#!/usr/bin/env node
// The part of fpm's command line by which electron-builder makes a deb, done by dpkg-deb (ADR 24).

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';

const text = { type: 'string' };
const OPTIONS = {
  force: { type: 'boolean' },
  depends: { ...text, short: 'd', multiple: true, default: [] },
  'input-type': { ...text, short: 's' },
  'output-type': { ...text, short: 't' },
  'deb-recommends': { ...text, multiple: true, default: [] },
  'deb-compression': text,
  'deb-priority': text,
  'after-install': text,
  'after-remove': text,
  architecture: text,
  category: text,
  description: text,
  license: text,
  maintainer: text,
  name: text,
  package: text,
  url: text,
  vendor: text,
  version: text,
};

const { values: given, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
if (given['input-type'] !== 'dir' || given['output-type'] !== 'deb')
  throw new Error(`only a deb is made from a folder here, not ${given['output-type']}`);
const root = mkdtempSync(join(tmpdir(), 'deb-'));
try {
  for (const mapping of positionals) place(...mapping.split('='));
  const files = walk(root).filter((path) => lstatSync(path).isFile());
  const folder = join(root, 'DEBIAN');
  mkdirSync(folder);
  writeFileSync(join(folder, 'md5sums'), files.map(sumLine).join(''));
  writeFileSync(join(folder, 'control'), control(files));
  for (const [name, option] of [
    ['postinst', 'after-install'],
    ['postrm', 'after-remove'],
  ])
    cpSync(given[option], join(folder, name));
  settle();
  const level = process.env.ELECTRON_BUILDER_COMPRESSION_LEVEL;
  const squeeze = [`-Z${given['deb-compression']}`, ...(level === undefined ? [] : [`-z${level}`])];
  execFileSync('dpkg-deb', ['--root-owner-group', ...squeeze, '--build', root, given.package], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
} finally {
  rmSync(root, { recursive: true, force: true });
}

/** `from=to`: a file at that path; a folder that ends in a slash: what is in it, there. */
function place(from, to) {
  const target = join(root, to);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(from, target, { recursive: true, verbatimSymlinks: true });
}

function control(files) {
  const kilobytes = files.reduce((sum, path) => sum + Math.ceil(statSync(path).size / 1024), 0);
  return `${[
    `Package: ${given.name}`,
    `Version: ${given.version}`,
    `Section: ${given.category}`,
    `Priority: ${given['deb-priority']}`,
    `Architecture: ${given.architecture}`,
    `Maintainer: ${given.maintainer}`,
    `Installed-Size: ${kilobytes}`,
    `Depends: ${given.depends.join(', ')}`,
    `Recommends: ${given['deb-recommends'].join(', ')}`,
    `Homepage: ${given.url}`,
    `Description: ${folded(given.description)}`,
  ].join('\n')}\n`;
}

/** The first line as it is; what follows in lines that Debian's tools show whole. */
function folded(description) {
  const [first, ...rest] = description.split('\n');
  const lines = rest
    .join(' ')
    .trim()
    .replace(/(.{1,77})(?:\s+|$)/g, ' $1\n');
  return `${first}\n${lines}`.trimEnd();
}

function sumLine(path) {
  const sum = createHash('md5').update(readFileSync(path)).digest('hex');
  return `${sum}  ${relative(root, path)}\n`;
}

/** The same modes and times wherever and whenever it is made. */
function settle() {
  const epoch = Number(process.env.SOURCE_DATE_EPOCH ?? Math.floor(Date.now() / 1000));
  for (const path of walk(root)) {
    const info = lstatSync(path);
    const runs = info.isDirectory() || info.mode & 0o100 || /^DEBIAN\/post/.test(relative(root, path));
    if (!info.isSymbolicLink()) chmodSync(path, runs ? 0o755 : 0o644);
    lutimesSync(path, epoch, epoch);
  }
}

/** Everything below a folder and itself, what is deepest first, in order. */
function walk(folder) {
  const names = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const below = names.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
  return [...below, folder];
}
