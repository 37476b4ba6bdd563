import { readFileSync } from 'node:fs';
import { AppError } from '../../src-shared/errors';

/**
 * The text of a file; null where there is none. What is there and can't be read is not taken for missing.
 * @throws AppError `profile_unreadable`
 */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw unreadable(path, error);
  }
}

function unreadable(path: string, cause: unknown): AppError {
  const { code = String(cause) } = cause as { code?: string };
  return new AppError(
    'profile_unreadable',
    `${path} is there and can't be read (${code}). Make it readable for this user; nothing is put in its place.`,
    { remedy: 'check_permissions', params: { path, detail: code }, cause },
  );
}
