// `npm run licences [-- --check]`: makes resources/licences.txt, the licences of all packages in the app; with `--check`
// it exits 1 where the file is not what would be made.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './lib/dependencies.mjs';
import { LICENCES, makeLicences } from './lib/licences.mjs';
import { fail, say } from './lib/say.mjs';

const check = chosen();
ensureDependencies();
const text = makeLicences();
if (!check) writeFileSync(LICENCES, text);
else if (!existsSync(LICENCES) || readFileSync(LICENCES, 'utf8') !== text)
  fail('resources/licences.txt is out of date: run npm run licences, and commit it.');
say(`✓ ${LICENCES}: ${Math.round(text.length / 1024)} KiB`);

function chosen() {
  try {
    return parseArgs({ options: { check: { type: 'boolean', default: false } } }).values.check;
  } catch (error) {
    return fail(`${error.message}\n  npm run licences [-- --check]`);
  }
}
