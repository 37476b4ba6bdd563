import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * What electron-builder is told: what goes into the package, and around which Electron.
 * @param {{executable: string, version: string}} runtime the Electron to package
 * @param {string} output the folder for what is made
 */
export function packageConfig(runtime, output) {
  return {
    directories: { output },
    electronDist: dirname(runtime.executable),
    electronVersion: runtime.version,
    afterExtract: ({ appOutDir }) => removeDefaultApp(appOutDir),
    // Native modules bring their binaries along.
    npmRebuild: false,
    files: [
      'out/{main,preload,renderer}/**',
      '!out/main/{task,verify-vectors}.js',
      'resources/**/*.png',
      // Of the packages, what runs: no types, no sources, no other machine's binaries.
      '!**/node_modules/**/*.{ts,cts,mts,map}',
      '!**/node_modules/keytar/{prebuilds,script}/**',
      '!**/node_modules/node-addon-api/**',
      '!**/node_modules/@libsql/*-musl*/**',
    ],
    asarUnpack: ['**/*.node'],
    extraFiles: ['LICENSE'],
    // What a packaged app does not need is off for good: the executable is no Node, takes no debugger and no code but
    // its own. Cookies there are none, and to encrypt them would ask the keychain at each start.
    electronFuses: {
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: false,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    },
    linux: { executableName: 'computechain-miner' },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in
    artifactName: '${name}-${version}-${os}-${arch}.${ext}',
  };
}

/** Takes out what a runtime brings for starting an app folder that is named to it, and its marks. */
function removeDefaultApp(folder) {
  for (const name of ['resources/default_app.asar', 'resources/app', 'version', 'complete'])
    rmSync(join(folder, name), { recursive: true, force: true });
}
