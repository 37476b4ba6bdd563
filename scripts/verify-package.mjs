// `npm run verify:package`: makes the packages twice and looks at all that is in them; then, as root, installs the deb
// in a fresh Debian and lives with it there. Exits 1 where anything is amiss.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { tryInFreshDebian } from './lib/fresh-debian.mjs';
import { CHECK_TOOLS, checkDebFiles, checkFolder, filesBelow } from './lib/package-checks.mjs';
import { ROOT } from './lib/paths.mjs';
import { capture } from './lib/run.mjs';
import { fail, say } from './lib/say.mjs';
import { ensureTools } from './lib/system-packages.mjs';

if (process.platform !== 'linux') fail('packages are looked at on Linux, so far.');
ensureDependencies();
ensureTools({ ...CHECK_TOOLS, lintian: 'lintian' });
const place = join(ROOT, 'test-results', 'packages');
rmSync(place, { recursive: true, force: true });
const first = made('first');
const second = made('second');
const deb = join(first, one(first, '.deb'));
const unpacked = join(place, 'deb');
capture('dpkg-deb', ['--extract', deb, unpacked]);

let failed = 0;
const tell = (name, faults) => {
  say(`${faults.length === 0 ? '✓' : '✗'} ${name}`);
  for (const fault of faults) say(`    ${fault}`);
  failed += faults.length;
};
for (const { name, faults } of [
  ...(await checkFolder(join(first, one(first, '-unpacked')))),
  ...checkDebFiles(unpacked),
])
  tell(name, faults);
tell('the same bytes when made again', differing());
tell('lintian', lintian());
if (process.getuid?.() === 0) {
  say('• the deb in a fresh system');
  if (!(await tryInFreshDebian(deb))) failed += 1;
} else say('! Not tried in a fresh system: that needs root.');
rmSync(place, { recursive: true, force: true });
process.exit(failed === 0 ? 0 : 1);

/** Makes all packages, squeezed little: that takes long, and changes nothing of what is looked at. */
function made(name) {
  const folder = join(place, name);
  mkdirSync(folder, { recursive: true });
  say(`• making the packages (${name})…`);
  const { ok, output } = capture(process.execPath, ['scripts/package.mjs', '--output', folder], {
    env: { ELECTRON_BUILDER_COMPRESSION_LEVEL: '1', ...process.env },
  });
  if (!ok) fail(`npm run package:\n${output.slice(-1000)}`);
  return folder;
}

function one(folder, ending) {
  return readdirSync(folder).find((name) => name.endsWith(ending)) ?? fail(`no ${ending} was made`);
}

/** Every file that differs between the two, be it a package or in the folder. */
function differing() {
  const names = new Set([...filesBelow(first), ...filesBelow(second)]);
  return [...names].filter((name) => digest(join(first, name)) !== digest(join(second, name)));
}

function digest(file) {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return 'missing';
  }
}

/** What is said of the deb beside the exceptions, which the package names with their reasons. */
function lintian() {
  const { output } = capture('lintian', ['--allow-root', '--tag-display-limit=0', deb], { timeout: 180_000 });
  return output.split('\n').filter((line) => line.trim() !== '');
}
