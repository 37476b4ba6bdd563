// `npm run bench -- NAME [--json] [options]`: one of `bench/*.ts`. Prints a table of medians; exits 1 where a goal is
// missed.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { bundle } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ROOT } from './lib/paths.mjs';
import { foreground } from './lib/run.mjs';
import { fail, say } from './lib/say.mjs';
import { shippedNode } from './lib/shipped-node.mjs';

// Those that need no Electron, and the programs that they start.
const PLAIN = { loop: ['bench/loop/chain-server.ts'], verify: [] };

const [name, ...args] = process.argv.slice(2);
const names = readdirSync(join(ROOT, 'bench'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
if (!names.includes(name)) fail(`say which bench to run: npm run bench -- ${names.join('|')} [--json]`);

ensureDependencies();
if (Object.hasOwn(PLAIN, name)) process.exit(await onShippedNode());
const { importSource } = await import('./lib/import-source.mjs');
const module = await importSource(join(ROOT, 'bench', `${name}.ts`));
const close = await prepareElectron();
const code = await module.main(args);
close();
process.exit(code);

/** Main's code alone is measured as it is shipped: bundled, and on the Node of the shipped Electron where that can be had. */
async function onShippedNode() {
  for (const entry of PLAIN[name]) await bundle(entry);
  const program = await bundle(`bench/${name}.ts`);
  const { executable, name: node } = await shippedNode();
  say(`Runs on ${node}`);
  return foreground(executable, [program, ...args]);
}

/** Builds the app and finds an Electron for it. @returns what ends the session it runs in */
async function prepareElectron() {
  ensureBuild();
  const { prepareLaunch } = await import('./lib/launch.mjs');
  const { runtime, session, switches } = await prepareLaunch({
    ownSession: true,
    keyringFolder: join(ROOT, 'test-results', 'bench-keyring'),
  });
  Object.assign(process.env, session.env, {
    CPC_ELECTRON: runtime.executable,
    CPC_ELECTRON_SWITCHES: JSON.stringify(switches),
  });
  say(`Runs on ${runtime.name}`);
  return () => session.close();
}
