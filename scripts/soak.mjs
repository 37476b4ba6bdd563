// `npm run soak -- --blocks N --seed N [--minutes M]`: the miner against a faulty node, killed again and again. Ends
// with what was planned, proved, lost and paid for; exits 1 where anything was lost or paid for twice.
import { join } from 'node:path';
import { bundle } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ROOT } from './lib/paths.mjs';

ensureDependencies();
const program = await bundle('e2e/soak/miner-program.ts');
const { importSource } = await import('./lib/import-source.mjs');
const { main } = await importSource(join(ROOT, 'e2e', 'soak', 'soak.ts'));
process.exit(await main(program, process.argv.slice(2)));
