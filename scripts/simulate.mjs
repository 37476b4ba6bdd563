// `npm run simulate -- --blocks N --seed S [--minutes M]`: the whole miner against a chain and a network in one process,
// in virtual time, under faults that the seed decides. The last line is the hash of everything that happened; exits 1
// where an invariant broke. Runs on the Node of the Electron that is shipped, where that can be had.
import { join } from 'node:path';
import { bundle } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ROOT } from './lib/paths.mjs';
import { foreground } from './lib/run.mjs';
import { shippedNode } from './lib/shipped-node.mjs';

const QUICK = join(ROOT, 'e2e', 'simulator', 'quick-secp256k1.ts');

ensureDependencies();
const program = await bundle('e2e/simulator/simulate.ts', [
  {
    name: 'quick-signing',
    enforce: 'pre',
    resolveId: (id, importer) =>
      id === '@noble/secp256k1' && importer !== QUICK && importer?.endsWith('/chain/key.ts') ? QUICK : null,
  },
]);
const { executable } = await shippedNode();
// What a block leaves behind is gone before the next one: with room for it, hardly any of it has to be moved.
const ROOM = '--max-semi-space-size=32';
process.exit(await foreground(executable, [ROOM, program, ...process.argv.slice(2)]));
