import { AppError } from '../../src-shared/errors';
import { writeFileAtomic } from './atomic-file';

/**
 * Writes a file where a person chose to have it, as `writeFileAtomic` does.
 * @throws AppError `disk_full`, `disk_failed`; `file_unwritable` where another place will do; what the pieces throw
 */
export async function writeChosenFile(
  path: string,
  text: string | AsyncIterable<string>,
  mode: number,
): Promise<void> {
  try {
    await writeFileAtomic(path, text, mode);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'profile_unwritable') throw error;
    throw new AppError('file_unwritable', `${path} can't be written. Choose another place for it.`, {
      params: { path },
      cause: error,
    });
  }
}
