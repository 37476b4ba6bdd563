// Stands before the app under test: holds back `ready` until Playwright is connected. Playwright does the same by
// itself, but not for an executable it was given; then its connecting races the app's first windows, and now and
// then waits for ever.
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const ROOT = realpathSync(join(import.meta.dirname, '..', '..', '..', '..'));

const emit = app.emit.bind(app);
const ready = app.whenReady();
let isOpen = false;
let readyArguments = [];
const opened = new Promise((resolve) => {
  // Playwright calls it by this name once it has attached to everything.
  globalThis.__playwright_run = async () => {
    await ready;
    isOpen = true;
    resolve();
    emit('ready', ...readyArguments);
  };
});
app.emit = (event, ...rest) => {
  if (event !== 'ready' || isOpen) return emit(event, ...rest);
  readyArguments = rest;
  return true;
};
// What Playwright asks for runs in the midst of whatever else was running, which nothing outside a debugger can do:
// requests that are being made, for one, do not expect to be cancelled just then.
const quit = app.quit.bind(app);
app.quit = () => void setImmediate(quit);
app.isReady = () => isOpen;
app.whenReady = () => opened;

const { main, name, productName, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
app.setAppPath(ROOT);
app.setName(productName ?? name);
app.setVersion(version);
const folder = process.argv.indexOf(import.meta.dirname);
process.argv[folder] = ROOT;
await import(pathToFileURL(join(ROOT, main)).href);
