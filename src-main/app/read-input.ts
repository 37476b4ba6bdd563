import { createReadStream } from 'node:fs';
import { AppError } from '../../src-shared/errors';

// A key or a passphrase has some hundred bytes; what goes on for longer is another file.
const MOST_BYTES = 64 * 1024;

/**
 * The text of a small file, or of standard input where its name is `-`.
 * @param option the one that names it, for the error
 * @throws AppError `invalid_argument` for a file that can't be read or is none of these
 */
export async function readInput(option: string, file: string): Promise<string> {
  const name = file === '-' ? 'standard input' : file;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of file === '-' ? process.stdin : createReadStream(file)) {
      chunks.push(Buffer.from(chunk));
      size += chunk.length;
      if (size > MOST_BYTES) break;
    }
  } catch (error) {
    const { code = String(error) } = error as { code?: string };
    throw refused(option, `${name} can't be read (${code})`);
  }
  if (size > MOST_BYTES) throw refused(option, `${name} has over ${MOST_BYTES} bytes: it is something else`);
  if (size === 0) throw refused(option, `${name} is empty`);
  return Buffer.concat(chunks).toString('utf8');
}

function refused(option: string, why: string): AppError {
  return new AppError('invalid_argument', `--${option}: ${why}.`, { remedy: 'fix_input' });
}
