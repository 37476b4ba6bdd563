// `npm run package [-- --output DIR]`: the app as a folder and a tar.gz that start by themselves, made by
// electron-builder from what is built and the Electron found here. Nothing is downloaded for it.
import { chmodSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuild } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { packageConfig } from './lib/package-config.mjs';
import { ROOT } from './lib/paths.mjs';
import { fail, say } from './lib/say.mjs';

// What electron-builder leaves beside the packages: paths of this machine, of no use to anybody else.
const NOTES = ['builder-debug.yml', 'builder-effective-config.yaml'];

// The highest, electron-builder's own choice, takes minutes longer for one hundredth less.
const COMPRESSION_LEVEL = '5';

const output = outputFolder();
if (process.platform !== 'linux') fail('packages are made on Linux, for Linux, so far.');
ensureDependencies();
ensureBuild();
const { ensureElectron } = await import('./lib/electron-runtime.mjs');
const runtime = await ensureElectron();
const { default: builder } = await import('electron-builder');
try {
  process.env.ELECTRON_BUILDER_7ZIP_PATH ??= await sevenZip();
  process.env.ELECTRON_BUILDER_COMPRESSION_LEVEL ??= COMPRESSION_LEVEL;
  await builder.build({
    projectDir: ROOT,
    targets: builder.Platform.LINUX.createTarget(['dir', 'tar.gz'], builder.archFromString(process.arch)),
    config: packageConfig(runtime, output),
    publish: 'never',
  });
} catch (error) {
  fail(`the package could not be made: ${error.message}`);
}
for (const name of NOTES) rmSync(join(output, name), { force: true });
say(`Packaged with ${runtime.name} into ${relative('', output) || '.'}`);
if (!runtime.official) say('! That Electron is a substitute: try this package out here, hand it to nobody.');

/** The 7-Zip of a registry package, which comes without its run bit; electron-builder would download one. */
async function sevenZip() {
  const { path7za } = (await import('7zip-bin')).default;
  chmodSync(path7za, 0o755);
  return path7za;
}

function outputFolder() {
  try {
    const { output } = parseArgs({ options: { output: { type: 'string' } } }).values;
    return output === undefined ? join(ROOT, 'dist') : resolve(process.env.INIT_CWD ?? '', output);
  } catch (error) {
    return fail(`${error.message}\n  npm run package [-- --output DIR]`);
  }
}
