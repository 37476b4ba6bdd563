import { pathToFileURL } from 'node:url';
import { bundle } from './lib/bundle.mjs';
const program = await bundle('e2e/simulator/simulate.ts');
const { main } = await import(pathToFileURL(program).href);
process.exit(await main(process.argv.slice(2)));
