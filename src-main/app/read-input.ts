import type { Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { AppError } from '../../src-shared/errors';

// A key or a passphrase has some hundred bytes; what goes on for longer is another file.
const MOST_BYTES = 64 * 1024;
const FOR_OTHERS = 0o077;

/**
 * The text of a small file with a secret, or of standard input where its name is `-`. Nobody but its owner may read or
 * change the file, and the owner is who runs this. What systemd hands on as a credential is its own, and closed to
 * others by the folder it is in.
 * @param option the one that names it, for the error
 * @throws AppError `invalid_argument` for a file that can't be read or is none of these; `secret_exposed` with what to run
 */
export async function readInput(
  option: string,
  file: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const name = file === '-' ? 'standard input' : file;
  let handle: FileHandle | null = null;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    handle = file === '-' ? null : await open(file);
    // Of what is open, so that no other file is put in its place meanwhile.
    if (handle !== null && !isCredential(file, env)) requireOwnersAlone(option, file, await handle.stat());
    for await (const chunk of handle?.createReadStream() ?? process.stdin) {
      chunks.push(Buffer.from(chunk));
      size += chunk.length;
      if (size > MOST_BYTES) break;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code = String(error) } = error as { code?: string };
    throw refused(option, `${name} can't be read (${code})`);
  } finally {
    await handle?.close();
  }
  if (size > MOST_BYTES) throw refused(option, `${name} has over ${MOST_BYTES} bytes: it is something else`);
  if (size === 0) throw refused(option, `${name} is empty`);
  return Buffer.concat(chunks).toString('utf8');
}

function isCredential(file: string, { CREDENTIALS_DIRECTORY: folder }: NodeJS.ProcessEnv): boolean {
  return folder !== undefined && dirname(resolve(file)) === resolve(folder);
}

/** Windows has other rights, and a profile's folder is closed to others there. */
function requireOwnersAlone(option: string, file: string, { mode, uid }: Stats): void {
  const user = process.getuid?.();
  if (user === undefined) return;
  const quoted = `'${file.replaceAll("'", "'\\''")}'`;
  const why =
    uid === user
      ? `can be read or changed by others. Run: chmod 600 ${quoted}`
      : `belongs to user ${uid}, and user ${user} runs this. Run: sudo chown ${user} ${quoted} && sudo chmod 600 ${quoted}`;
  if (uid === user && (mode & FOR_OTHERS) === 0) return;
  throw new AppError('secret_exposed', `--${option}: ${file} ${why}`, {
    remedy: 'check_permissions',
    params: { path: file },
  });
}

function refused(option: string, why: string): AppError {
  return new AppError('invalid_argument', `--${option}: ${why}.`, { remedy: 'fix_input' });
}
