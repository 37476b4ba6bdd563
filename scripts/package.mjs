// `npm run package [-- --output DIR] [--all]`: the app as a folder, a tar.gz and a deb, made by electron-builder from
// what is built and the Electron found here, with nothing downloaded. `--all` makes this system's other packages too,
// for which electron-builder fetches tools. With CPCMINER_UPDATE_FEED and CPCMINER_UPDATE_KEYS in the environment the
// packages know where newer ones are, and whose signature they need (docs/releasing.md).
import { lutimesSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuild } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { linuxFiles } from './lib/linux-files.mjs';
import { DEB_MAKER, packageConfig } from './lib/package-config.mjs';
import { ROOT } from './lib/paths.mjs';
import { capture, has } from './lib/run.mjs';
import { fail, say } from './lib/say.mjs';

/** Each system's packages beside the folder: made with what is there, or by tools that electron-builder downloads. */
const PACKAGES = {
  linux: { here: ['tar.gz', 'deb'], byDownload: ['rpm', 'AppImage'] },
  win32: { here: [], byDownload: ['nsis', 'portable'] },
  darwin: { here: ['zip'], byDownload: ['dmg'] },
};
const MAKERS = { 'tar.gz': ['tar', 'gzip'], deb: ['dpkg-deb'], rpm: ['rpmbuild'] };

// What electron-builder leaves beside the packages: paths of this machine, of no use to anybody else.
const NOTES = ['builder-debug.yml', 'builder-effective-config.yaml'];

const { output, all } = chosen();
ensureDependencies();
ensureBuild();
const { ensureElectron } = await import('./lib/electron-runtime.mjs');
const runtime = await ensureElectron();
const { default: builder } = await import('electron-builder');

const epochSeconds = Number(process.env.SOURCE_DATE_EPOCH ?? lastCommitSeconds());
process.env.SOURCE_DATE_EPOCH = String(epochSeconds);
const platform = {
  linux: builder.Platform.LINUX,
  win32: builder.Platform.WINDOWS,
  darwin: builder.Platform.MAC,
}[process.platform];
const arch = process.platform === 'darwin' ? builder.Arch.universal : builder.archFromString(process.arch);
const { here, byDownload } = PACKAGES[process.platform];
const source = join(ROOT, 'resources', 'update-source.json');
const work = mkdtempSync(join(tmpdir(), 'package-'));
try {
  writeUpdateSource(process.env);
  const files = process.platform === 'linux' ? linuxFiles(work, epochSeconds) : [];
  await build('dir', files);
  const folder = join(output, readdirSync(output).find((name) => /-unpacked$|^mac/.test(name)) ?? '');
  for (const kind of [...here, ...(all ? byDownload : [])]) {
    const missing = (MAKERS[kind] ?? []).filter((program) => !has(program));
    if (missing.length > 0) say(`! No ${kind}: this machine has no ${missing.join(', ')}.`);
    else await make(kind, folder, files);
  }
} catch (error) {
  fail(`the package could not be made: ${error.message}`);
} finally {
  rmSync(work, { recursive: true, force: true });
  rmSync(source, { force: true });
  for (const name of NOTES) rmSync(join(output, name), { force: true });
}
say(`Packaged with ${runtime.name} into ${relative('', output) || '.'}`);
if (!all) say(`Not made: ${byDownload.join(', ')}, whose makers are downloaded (--all).`);
if (!runtime.official) say('! That Electron is a substitute: try this package out here, hand it to nobody.');

/** One kind of package after another, as some put files of their own into the folder while they are made. */
async function make(kind, folder, files) {
  settleTimes(folder);
  if (kind === 'tar.gz') archive(folder);
  else {
    if (kind === 'deb') process.env.CUSTOM_FPM_PATH = DEB_MAKER;
    const type = join(folder, 'resources', 'package-type');
    // By which the app knows how it is replaced by a newer one.
    if (kind === 'deb' || kind === 'rpm') writeFileSync(type, `${kind}\n`);
    await build(kind, files, folder);
    delete process.env.CUSTOM_FPM_PATH;
    rmSync(type, { force: true });
    rmSync(join(folder, 'resources', 'apparmor-profile'), { force: true });
  }
}

function build(kind, files, prepackaged = null) {
  return builder.build({
    projectDir: ROOT,
    targets: platform.createTarget([kind], arch),
    config: packageConfig(runtime, output, files),
    publish: 'never',
    ...(prepackaged === null ? {} : { prepackaged }),
  });
}

/** Where the app looks for newer versions, and the keys that sign them; a package without looks nowhere. */
function writeUpdateSource({
  CPCMINER_UPDATE_FEED: feed,
  CPCMINER_UPDATE_KEYS: keys,
  CPCMINER_UPDATE_CHANNEL: channel,
}) {
  rmSync(source, { force: true });
  if (!feed && !keys) return;
  if (!feed || !keys) throw new Error('CPCMINER_UPDATE_FEED and CPCMINER_UPDATE_KEYS go together');
  const named = { feed, channel: channel || 'stable', keys: keys.split(',') };
  writeFileSync(source, `${JSON.stringify(named, null, 2)}\n`);
}

/** The same bytes for the same files, which electron-builder's own, with names and times of the moment, is not. */
function archive(folder) {
  const { name, version } = JSON.parse(capture('npm', ['pkg', 'get', 'name', 'version']).output);
  const top = `${name}-${version}-linux-${process.arch}`;
  const level = process.env.ELECTRON_BUILDER_COMPRESSION_LEVEL ?? '6';
  const { ok, output: told } = capture('tar', [
    '--create',
    `--use-compress-program=gzip -n -${level}`,
    `--file=${join(output, `${top}.tar.gz`)}`,
    `--directory=${folder}`,
    '--sort=name',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--mode=u+rwX,go+rX,go-w',
    `--transform=s,^\\.,${top},`,
    '.',
  ]);
  if (!ok) throw new Error(`tar: ${told.slice(-300)}`);
}

function settleTimes(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    lutimesSync(join(entry.parentPath, entry.name), epochSeconds, epochSeconds);
  lutimesSync(folder, epochSeconds, epochSeconds);
}

/** When what is packaged was last changed, as far as git knows; else now. */
function lastCommitSeconds() {
  const { ok, output: seconds } = capture('git', ['log', '-1', '--format=%ct']);
  return ok ? Number(seconds) : Math.floor(Date.now() / 1000);
}

function chosen() {
  try {
    const options = { output: { type: 'string' }, all: { type: 'boolean', default: false } };
    const { values } = parseArgs({ options });
    const folder =
      values.output === undefined ? join(ROOT, 'dist') : resolve(process.env.INIT_CWD ?? '', values.output);
    return { output: folder, all: values.all };
  } catch (error) {
    return fail(`${error.message}\n  npm run package [-- --output DIR] [--all]`);
  }
}
