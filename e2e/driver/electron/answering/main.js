// Stands before the app under test where nobody is there to press a message's button: each message is written down on
// standard output, a JSON object a line, and answered with its first button, as by somebody who first took away what is
// in the way: the file or folder that an environment variable names.
import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, dialog } from 'electron';

const ROOT = realpathSync(join(import.meta.dirname, '..', '..', '..', '..'));

dialog.showMessageBox = async (...given) => {
  process.stdout.write(`${JSON.stringify(given.at(-1))}\n`);
  const { CPC_IN_THE_WAY } = process.env;
  if (CPC_IN_THE_WAY !== undefined) rmSync(CPC_IN_THE_WAY, { recursive: true });
  return { response: 0, checkboxChecked: false };
};

const { main, name, productName, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
app.setAppPath(ROOT);
app.setName(productName ?? name);
app.setVersion(version);
process.argv[process.argv.indexOf(import.meta.dirname)] = ROOT;
await import(pathToFileURL(join(ROOT, main)).href);
