import {
  closeSync,
  copyFileSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

const MARK = '.update-';

/**
 * Puts a file in another's place so that at any moment the old one is there or the new one, whole: also where the
 * process is killed or the power goes. It stays what may be started. What an earlier try left behind is taken away.
 * @throws what the file system does; then the old one is there
 */
export function replaceProgram(target: string, by: string): void {
  const folder = dirname(target);
  const leftover = `.${basename(target)}${MARK}`;
  for (const name of readdirSync(folder))
    if (name.startsWith(leftover)) rmSync(join(folder, name), { force: true });
  const beside = join(folder, `${leftover}${process.pid}`);
  try {
    copyFileSync(by, beside);
    const file = openSync(beside, 'r+');
    try {
      fchmodSync(file, 0o755);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  const opened = openSync(folder, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
