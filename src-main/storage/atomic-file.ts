import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { mapDiskError } from './disk-error';

/**
 * Replaces a file so that after a crash it holds the old bytes or the new, never a mix.
 * @param text whole, or in pieces as they come
 * @throws AppError `disk_full`, `profile_unwritable`; what the pieces throw
 */
export async function writeFileAtomic(
  path: string,
  text: string | AsyncIterable<string>,
  mode: number,
): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      // Each goes on where the one before ended.
      for await (const piece of typeof text === 'string' ? [text] : text) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    const folder = await open(dirname(path), 'r');
    await folder.sync().catch(() => undefined);
    await folder.close();
  } catch (error) {
    await rm(temporary, { force: true });
    throw mapDiskError(error, path);
  }
}
