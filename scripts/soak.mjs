// `npm run soak -- --blocks N --seed N [--minutes M]`: the miner against a faulty node, killed again and again. Ends
// with what was planned, proved, lost and paid for; exits 1 where anything was lost or paid for twice.
import { join } from 'node:path';
import { bundle } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ROOT } from './lib/paths.mjs';

ensureDependencies();
const program = await bundle('e2e/soak/miner-program.ts');
const { runnerImport } = await import('vite');
const { module } = await runnerImport(join(ROOT, 'e2e', 'soak', 'soak.ts'), {
  root: ROOT,
  configFile: false,
  logLevel: 'error',
});
process.exit(await module.main(program, process.argv.slice(2)));
