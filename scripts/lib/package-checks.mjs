import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { asarFiles } from './asar.mjs';
import { fusesFor } from './fuses.mjs';
import { GLIBC_FLOOR } from './package-config.mjs';
import { ROOT } from './paths.mjs';
import { capture } from './run.mjs';

/** The programs that look, and the system's packages that bring them. */
export const CHECK_TOOLS = {
  'dpkg-deb': 'dpkg',
  appstreamcli: 'appstream',
  'desktop-file-validate': 'desktop-file-utils',
  objdump: 'binutils',
};

/** What lies beside the app in a folder for Linux: all that an Electron of ours brings, and the app's licence. */
const FOLDER = [
  'LICENSE',
  'LICENSE.electron.txt',
  'LICENSES.chromium.html',
  'chrome-sandbox',
  'chrome_100_percent.pak',
  'chrome_200_percent.pak',
  'chrome_crashpad_handler',
  'computechain-miner',
  'icudtl.dat',
  'libffmpeg.so',
  'libvk_swiftshader.so',
  'libvulkan.so.1',
  'locales/en-US.pak',
  'locales/ru.pak',
  'resources.pak',
  'resources/app.asar',
  'resources/rig/Containerfile',
  'resources/rig/computechain-miner-display.service',
  'resources/rig/computechain-miner.service',
  'resources/rig/grafana-dashboard.json',
  'resources/rig/hiveos/h-config.sh',
  'resources/rig/hiveos/h-manifest.conf',
  'resources/rig/hiveos/h-run.sh',
  'resources/rig/hiveos/h-stats.sh',
  'resources/rig/mmpos/mmp-external.conf',
  'resources/rig/mmpos/mmp-run.sh',
  'resources/rig/mmpos/mmp-stats.sh',
  'resources/rig/run-miner.sh',
  'snapshot_blob.bin',
  'v8_context_snapshot.bin',
  'vk_swiftshader_icd.json',
];

/** Part of the program itself from Electron 44 on. */
const OF_OLDER_ELECTRON = ['libEGL.so', 'libGLESv2.so'];

/** What of the checkout is in the archive, beside the packages. */
const OURS = [
  /^package\.json$/,
  /^out\/main\/(?:index|devnet|frame-thread|signature-thread|receipt-verify)\.js$/,
  /^out\/main\/chunks\/[\w-]+\.js$/,
  /^out\/preload\/(?:ui|compute)\.cjs$/,
  /^out\/renderer\/(?:ui|compute)\/index\.html$/,
  /^out\/renderer\/assets\/[\w-]+\.(?:js|css|wasm|svg|woff2)$/,
  /^resources\/icon\.png$/,
  /^resources\/licences\.txt$/,
  /^resources\/app-update\.yml$/,
  /^resources\/update-source\.json$/,
  /^resources\/tray\/\w+(?:-22)?(?:@2x)?\.png$/,
];

/** Named for running, and used for compiling alone. */
const LEFT_OUT = ['node-addon-api'];

const MOST_PACKAGES = 45;
const MOST_BYTES_BESIDE_ELECTRON = 25e6;

/** What is of no use to who runs it: sources, tests, maps, documentation of packages. */
const NOT_TO_RUN =
  /\.(?:[cm]?tsx?|map|c|cc|h|gyp)$|\.(?:test|spec)\.|(?:^|\/)(?:tests?|__tests__|docs?|examples?)\/|(?:^|\/)(?!LICENSE)[\w-]+\.md$/i;

/**
 * Looks at an unpacked package for Linux.
 * @param {string} folder
 * @returns {Promise<readonly {readonly name: string, readonly faults: readonly string[]}[]>}
 */
export async function checkFolder(folder) {
  const files = asarFiles(join(folder, 'resources', 'app.asar'));
  return [
    { name: 'fuses', faults: await wrongFuses(join(folder, 'computechain-miner')) },
    { name: 'files of the folder', faults: otherFiles(folder) },
    { name: 'files of the archive', faults: otherThanOurs(files) },
    { name: 'packages', faults: wrongPackages(files) },
    { name: 'nothing of where it was made', faults: placesOfThisMachine(folder) },
    { name: 'native modules', faults: wrongNative(folder, files) },
    { name: 'size beside Electron', faults: tooLarge(folder) },
  ];
}

/** Looks at a deb's files, as they are when it is unpacked. @param {string} root */
export function checkDebFiles(root) {
  const share = join(root, 'usr', 'share');
  const metainfo = join(share, 'metainfo', 'io.github.computechain.miner.metainfo.xml');
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const told = (command, ...args) => {
    const { ok, output } = capture(command, args);
    return ok && output.trim() === '' ? [] : [output.trim() || `${command} failed`];
  };
  return [
    {
      name: 'desktop entry',
      faults: told('desktop-file-validate', join(share, 'applications', 'computechain-miner.desktop')),
    },
    {
      name: 'AppStream metadata',
      faults: [
        ...(capture('appstreamcli', ['validate', '--no-net', metainfo]).ok
          ? []
          : ['appstreamcli refuses it']),
        ...(readFileSync(metainfo, 'utf8').includes(`<release version="${version}" `)
          ? []
          : [`it has no release ${version}`]),
      ],
    },
  ];
}

async function wrongFuses(executable) {
  const { getCurrentFuseWire } = await import('@electron/fuses');
  const { version: _version, ...wire } = await getCurrentFuseWire(executable);
  const table = fusesFor('linux');
  return Object.entries(wire).flatMap(([index, state]) => {
    const fuse = table[Number(index)];
    if (fuse === undefined) return [`fuse ${index} is not in the table`];
    // The wire is text: '0' off, '1' on, 'r' taken out.
    const found = String.fromCharCode(state);
    return found === (fuse.on ? '1' : '0') ? [] : [`${fuse.name} is ${found}`];
  });
}

function otherFiles(folder) {
  const found = filesBelow(folder).filter((path) => !path.startsWith('resources/app.asar.unpacked/'));
  const older = OF_OLDER_ELECTRON.filter((name) => found.includes(name));
  return differences([...FOLDER, ...older], found);
}

function otherThanOurs(files) {
  return files
    .map(({ path }) => path)
    .filter((path) => {
      if (NOT_TO_RUN.test(path)) return true;
      return !path.startsWith('node_modules/') && !OURS.some((pattern) => pattern.test(path));
    });
}

/** The packages in the archive are those that the lock file has for running, on this system. */
function wrongPackages(files) {
  const found = new Set(
    files
      .map(({ path }) => /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
      .filter((name) => name !== undefined),
  );
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const toRun = Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path, { optional }]) => ({ name: path.replace(/^.*node_modules\//, ''), optional }));
  return [
    ...toRun
      .filter(({ name, optional }) => !optional && !found.has(name) && !LEFT_OUT.includes(name))
      .map(({ name }) => `${name} is missing`),
    ...[...found]
      .filter((name) => !toRun.some((one) => one.name === name))
      .map((name) => `${name} is not for running`),
    ...(found.size > MOST_PACKAGES ? [`${found.size} packages, over ${MOST_PACKAGES}`] : []),
  ];
}

function placesOfThisMachine(folder) {
  const archive = readFileSync(join(folder, 'resources', 'app.asar'));
  return ['node_modules', 'src-main', 'out']
    .map((name) => join(ROOT, name))
    .filter((path) => archive.includes(path));
}

/** Each lies beside the archive, loads in a Node, and asks for no newer glibc than is said. */
function wrongNative(folder, files) {
  const native = files.filter(({ path }) => path.endsWith('.node'));
  const unpacked = join(folder, 'resources', 'app.asar.unpacked');
  const load = 'process.dlopen({ exports: {} }, process.argv[1])';
  return [
    ...(native.length === 2 ? [] : [`${native.length} native modules, not 2`]),
    ...native.filter(({ unpacked: beside }) => !beside).map(({ path }) => `${path} is within the archive`),
    ...native.flatMap(({ path }) => {
      const file = join(unpacked, path);
      const { ok, output } = capture(process.execPath, ['-e', load, file]);
      return ok ? [] : [`${path} does not load: ${output.slice(-300)}`];
    }),
    ...[join(folder, 'computechain-miner'), ...native.map(({ path }) => join(unpacked, path))].flatMap(
      (file) => {
        const wanted = glibcOf(file);
        return newer(wanted, GLIBC_FLOOR) ? [`${relative(folder, file)} asks for glibc ${wanted}`] : [];
      },
    ),
  ];
}

/** The newest glibc that a program names a symbol of. */
function glibcOf(file) {
  const { ok, output } = capture('objdump', ['-T', file]);
  if (!ok) throw new Error(`objdump: ${output.slice(-300)}`);
  const named = [...output.matchAll(/GLIBC_(\d+\.\d+)/g)].map(([, version]) => version);
  return named.reduce((newest, version) => (newer(version, newest) ? version : newest), '0.0');
}

function newer(one, other) {
  const [major, minor] = one.split('.').map(Number);
  const [otherMajor, otherMinor] = other.split('.').map(Number);
  return major > otherMajor || (major === otherMajor && minor > otherMinor);
}

function tooLarge(folder) {
  const ours = filesBelow(folder).filter((path) => /^(?:resources\/|LICENSE$)/.test(path));
  const bytes = ours.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
  return bytes > MOST_BYTES_BESIDE_ELECTRON ? [`${bytes} bytes, over ${MOST_BYTES_BESIDE_ELECTRON}`] : [];
}

/** All files below a folder, by their path within it. @param {string} folder */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

function differences(wanted, found) {
  return [
    ...wanted.filter((name) => !found.includes(name)).map((name) => `${name} is missing`),
    ...found.filter((name) => !wanted.includes(name)).map((name) => `${name} is not in the list`),
  ];
}
