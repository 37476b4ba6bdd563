// Runs one of the command-line tools that are built beside the app: `node scripts/tool.mjs NAME [arguments]`.
import { join } from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ROOT } from './lib/paths.mjs';
import { foreground } from './lib/run.mjs';

const [name, ...args] = process.argv.slice(2);
ensureDependencies();
ensureBuild();
process.exit(
  await foreground(process.execPath, [join(ROOT, 'out', 'main', `${name}.js`), ...args], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
  }),
);
