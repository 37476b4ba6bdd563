import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ownAppImage, packageKind } from './package-kind';

let folder: string;
let executable: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kind-'));
  mkdirSync(join(folder, 'app', 'resources'), { recursive: true });
  executable = join(folder, 'app', 'computechain-miner');
  writeFileSync(executable, '');
});
afterEach(() => rmSync(folder, { recursive: true }));

const kindOf = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv = {}) =>
  packageKind({ platform, env, executable, resources: join(folder, 'app', 'resources') });

it('is known of each system’s packages', () => {
  expect(kindOf('win32')).toBe('nsis');
  expect(kindOf('win32', { PORTABLE_EXECUTABLE_FILE: 'C:\\miner.exe' })).toBe('portable');
  expect(kindOf('darwin')).toBe('zip');
  expect(kindOf('linux')).toBe('tar.gz');
  for (const kind of ['deb', 'rpm']) {
    writeFileSync(join(folder, 'app', 'resources', 'package-type'), `${kind}\n`);
    expect(kindOf('linux')).toBe(kind);
  }
  writeFileSync(join(folder, 'app', 'resources', 'package-type'), 'snap');
  expect(kindOf('linux')).toBe('tar.gz');
});

it('is an AppImage where the program runs from the one that the environment names', () => {
  const env = { APPIMAGE: '/home/me/miner.AppImage', APPDIR: join(folder, 'app') };
  expect(kindOf('linux', env)).toBe('AppImage');
  expect(ownAppImage(env, executable)).toBe(env.APPIMAGE);
  symlinkSync(join(folder, 'app'), join(folder, 'link'));
  expect(ownAppImage({ ...env, APPDIR: join(folder, 'link') }, executable)).toBe(env.APPIMAGE);
});

it('is none where another program’s AppImage started this one', () => {
  mkdirSync(join(folder, 'app-of-a-terminal'));
  for (const APPDIR of [join(folder, 'app-of-a-terminal'), join(folder, 'gone'), '', join(folder, 'ap')]) {
    const env = { APPIMAGE: '/home/me/terminal.AppImage', APPDIR };
    expect(kindOf('linux', env)).toBe('tar.gz');
  }
  expect(ownAppImage({ APPIMAGE: '/home/me/terminal.AppImage' }, executable)).toBeNull();
});
