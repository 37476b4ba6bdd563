// `npm start`: installs what is missing, builds, and runs the app on the development network.
import { ensureBuild } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { foreground } from './lib/run.mjs';

ensureDependencies();
ensureBuild();
const { prepareLaunch } = await import('./lib/launch.mjs');
const { runtime, session, switches } = await prepareLaunch();
const code = await foreground(runtime.executable, [...switches, '--auto', ...process.argv.slice(2)], {
  env: session.env,
  // A relative folder is meant from where the command was typed, not from where npm runs it.
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
session.close();
process.exit(code);
