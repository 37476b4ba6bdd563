import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fusesFor } from './fuses.mjs';
import { ROOT } from './paths.mjs';

/** The oldest glibc that a package starts on; Debian has it since version 10. */
export const GLIBC_FLOOR = '2.28';

/** What a package of Debian's kind stands on: the libraries that Electron and the keychain's module are linked with. */
const DEB_DEPENDS = [
  'libasound2 (>= 1.0.17) | libasound2t64',
  'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libatk1.0-0 | libatk1.0-0t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  `libc6 (>= ${GLIBC_FLOOR})`,
  'libcairo2',
  'libcups2 | libcups2t64',
  'libdbus-1-3',
  'libdrm2',
  'libexpat1',
  'libgbm1',
  'libglib2.0-0 | libglib2.0-0t64',
  'libgtk-3-0 | libgtk-3-0t64',
  'libnspr4',
  'libnss3',
  'libpango-1.0-0',
  'libsecret-1-0',
  'libstdc++6',
  'libudev1',
  'libx11-6',
  'libxcb1',
  'libxcomposite1',
  'libxdamage1',
  'libxext6',
  'libxfixes3',
  'libxkbcommon0',
  'libxrandr2',
  'xdg-utils',
];

/** The same in the names of Fedora and openSUSE, where they differ too much for single libraries. */
const RPM_DEPENDS = ['gtk3', 'nss', 'alsa-lib', 'mesa-libgbm', 'libsecret', 'at-spi2-core', 'xdg-utils'];

/**
 * What electron-builder is told: what goes into a package, around which Electron, and how each kind is made.
 * @param {{executable: string, version: string}} runtime the Electron to package
 * @param {string} output the folder for what is made
 * @param {readonly string[]} linuxFiles more files for deb and rpm, each as `from=to`
 */
export function packageConfig(runtime, output, linuxFiles = []) {
  return {
    appId: 'io.github.computechain.miner',
    copyright: 'Copyright © 2026 ComputeChain Miner contributors',
    directories: { output, buildResources: 'resources' },
    // On macOS a package is for both processors, and needs an Electron of each.
    ...(process.platform === 'darwin' ? {} : { electronDist: dirname(runtime.executable) }),
    electronVersion: runtime.version,
    electronLanguages: ['en-US', 'ru'],
    afterExtract: ({ appOutDir }) => removeDefaultApp(appOutDir),
    // Native modules bring their binaries along.
    npmRebuild: false,
    // Where packages are handed out is not decided by where their sources are.
    publish: null,
    files: [
      'out/{main,preload,renderer}/**',
      '!out/main/{release-sign,task,verify-vectors}.js',
      'resources/icon.png',
      'resources/licences.txt',
      'resources/app-update.yml',
      // Where there is one: docs/releasing.md.
      'resources/update-source.json',
      'resources/tray/*.png',
      // Of the packages, what runs: no types, no sources, no other machine's binaries.
      '!**/node_modules/**/*.{ts,cts,mts,map}',
      '!**/node_modules/keytar/{prebuilds,script,src}/**',
      '!**/node_modules/keytar/binding.gyp',
      '!**/node_modules/node-addon-api/**',
      '!**/node_modules/undici/{docs,scripts,types}/**',
      '!**/node_modules/**/Readme.md',
      '!**/node_modules/@libsql/*-musl*/**',
    ],
    asarUnpack: ['**/*.node'],
    extraFiles: ['LICENSE'],
    electronFuses: Object.fromEntries(
      fusesFor(process.platform)
        .filter(({ asBuilt }) => asBuilt !== true)
        .map(({ name, on }) => [name, on]),
    ),
    protocols: { name: 'ComputeChain Miner', schemes: ['cpcminer'] },
    fileAssociations: {
      ext: 'cpcreceipt',
      name: 'ComputeChain receipt',
      description: 'ComputeChain receipt of a result',
      mimeType: 'application/vnd.computechain.receipt+json',
      role: 'Viewer',
    },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in
    artifactName: '${name}-${version}-${os}-${arch}.${ext}',
    ...forLinux(linuxFiles),
    win: { icon: 'resources/icons' },
    // For one person, without an administrator; what the app keeps stays when it is removed.
    nsis: { oneClick: true, perMachine: false, deleteAppDataOnUninstall: false },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in
    portable: { artifactName: '${name}-${version}-portable-${arch}.${ext}' },
    mac: {
      icon: 'resources/icons',
      category: 'public.app-category.utilities',
      darkModeSupport: true,
      hardenedRuntime: true,
      // The oldest that Chromium runs on.
      minimumSystemVersion: '13.0',
      // Of which each processor has its own.
      singleArchFiles: '**/node_modules/{@libsql,keytar}/**',
    },
  };
}

function forLinux(files) {
  const common = {
    afterInstall: 'resources/linux/after-install.sh',
    afterRemove: 'resources/linux/after-remove.sh',
    appArmorProfile: 'resources/linux/apparmor-profile',
    fpm: files,
  };
  return {
    // The folder under /opt is named after it, and a space there is the end of many a script. The app's own name, and
    // so its profile's folder, are those of package.json.
    ...(process.platform === 'linux' ? { productName: 'computechain-miner' } : {}),
    linux: {
      // What rigs take from it: units, scripts, a dashboard.
      extraResources: [{ from: 'resources/rig', to: 'rig' }],
      executableName: 'computechain-miner',
      icon: 'resources/icons',
      category: 'Utility',
      synopsis: 'computes ComputeChain tasks and proves each result',
      description:
        'Computes ComputeChain tasks on the graphics card, submits the results, and checks on this machine that each is in a block.',
      syncDesktopName: true,
      desktop: {
        entry: {
          Name: 'ComputeChain Miner',
          'Comment[ru]':
            'Вычисляет задачи ComputeChain на видеокарте, отправляет результаты и проверяет на этом компьютере, что каждый попал в блок.',
          Keywords: 'blockchain;compute;GPU;miner;',
          'Keywords[ru]': 'блокчейн;вычисления;видеокарта;майнер;',
        },
      },
    },
    deb: {
      ...common,
      depends: DEB_DEPENDS,
      recommends: ['gnome-keyring | kwalletmanager'],
      packageCategory: 'utils',
    },
    rpm: { ...common, depends: RPM_DEPENDS },
  };
}

/** The fpm that makes debs here. */
export const DEB_MAKER = join(ROOT, 'scripts', 'lib', 'fpm-by-dpkg.mjs');

/** Takes out what a runtime brings for starting an app folder that is named to it, and its marks. */
function removeDefaultApp(folder) {
  for (const name of ['resources/default_app.asar', 'resources/app', 'version', 'complete'])
    rmSync(join(folder, name), { recursive: true, force: true });
}
