import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEnvelope, publicKey } from '../updates/envelope';
import { fileFor, readRelease } from '../updates/release';
import { runSignRelease } from './sign-release';

const NAMES = [
  'computechain-miner-1.2.3-linux-amd64.deb',
  'computechain-miner-1.2.3-linux-x64.tar.gz',
  'computechain-miner-1.2.3-linux-x86_64.AppImage',
  'computechain-miner-1.2.3-linux-aarch64.rpm',
  'computechain-miner-1.2.3-mac-universal.zip',
  'computechain-miner-1.2.3-portable-x64.exe',
  'computechain-miner-1.2.3-win-x64.exe',
];

let folder: string;
let key: string;
let shown: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'release-'));
  key = join(folder, 'key.pem');
  const { lines } = await runSignRelease(['--new-key', key]);
  shown = lines.join('');
  for (const name of NAMES) writeFileSync(join(folder, name), `bytes of ${name}`);
  writeFileSync(join(folder, 'computechain-miner-1.2.2-win-x64.exe'), 'an older one');
  writeFileSync(join(folder, 'SHA256SUMS'), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

const sign = (...more: string[]) =>
  runSignRelease([
    '--key',
    key,
    '--folder',
    folder,
    '--version',
    '1.2.3',
    '--released',
    '2026-12-01T10:00:00Z',
    ...more,
  ]);

describe('a release that is signed', () => {
  it('is one that the app takes, with each package of that version and no other file', async () => {
    writeFileSync(join(folder, 'notes.md'), 'Faster.\n');
    expect(await sign('--percent', '20', '--notes-en', join(folder, 'notes.md'))).toMatchObject({
      exitCode: 0,
    });
    const envelope = readFileSync(join(folder, 'stable.json'), 'utf8');
    const release = readRelease(openEnvelope(envelope, [publicKey(shown)]), 'stable');
    expect(release).toMatchObject({ version: '1.2.3', stagingPercent: 20, notes: { en: 'Faster.', ru: '' } });
    expect(release.files.map(({ name }) => name).sort()).toEqual([...NAMES].sort());
    const found = (platform: string, arch: string, kind: 'AppImage' | 'deb' | 'zip' | 'rpm' | 'nsis') =>
      fileFor(release, { platform, arch, kind })?.name;
    expect(found('linux', 'x64', 'deb')).toBe(NAMES[0]);
    expect(found('linux', 'x64', 'AppImage')).toBe(NAMES[2]);
    expect(found('linux', 'arm64', 'rpm')).toBe(NAMES[3]);
    expect(found('darwin', 'arm64', 'zip')).toBe(NAMES[4]);
    expect(found('win32', 'x64', 'nsis')).toBe(NAMES[6]);
    expect(found('win32', 'arm64', 'nsis')).toBeUndefined();
  });

  it('has a key that its owner alone reads, and never one that takes another’s place', async () => {
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(await runSignRelease(['--new-key', key])).toMatchObject({ exitCode: 1 });
    expect(readFileSync(key, 'utf8')).toContain('PRIVATE KEY');
  });

  it.each([
    [['--released', 'tomorrow'], 1],
    [['--channel', 'nightly'], 1],
    [['--version', '1.2'], 1],
    [['--percent', '120'], 1],
    [['--percent', 'half'], 2],
    [['--folders', '.'], 2],
  ])('is not made with %o', async (more, exitCode) => {
    const end = await sign(...more);
    expect(end.exitCode).toBe(exitCode);
    expect(end.lines.join('\n')).not.toBe('');
    expect(() => statSync(join(folder, 'stable.json'))).toThrow(/ENOENT/);
  });

  it('says how it is used where something is missing', async () => {
    const { exitCode, lines } = await runSignRelease([]);
    expect(exitCode).toBe(2);
    expect(lines.join('\n')).toContain('Usage: release:sign');
  });
});
