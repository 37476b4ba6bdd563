// `npm run simulate -- --blocks N --seed S [--minutes M]`: the whole miner against a chain and a network in one process,
// in virtual time, under faults that the seed decides. The last line is the hash of everything that happened; exits 1
// where an invariant broke.
import { pathToFileURL } from 'node:url';
import { bundle } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';

ensureDependencies();
const program = await bundle('e2e/simulator/simulate.ts');
const { main } = await import(pathToFileURL(program).href);
process.exit(await main(process.argv.slice(2)));
