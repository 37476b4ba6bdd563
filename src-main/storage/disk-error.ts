import { AppError } from '../../src-shared/errors';

/** What the file system or SQLite says of a full or read-only disk, as an `AppError`; other errors as `database_failed`. */
export function mapDiskError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL' || /disk is full/i.test(message)) {
    return new AppError(
      'disk_full',
      `The disk is full: ${path} can't be written. Free some space; nothing is lost.`,
      {
        remedy: 'free_disk',
        params: { path },
        cause: error,
      },
    );
  }
  if (
    /^(EACCES|EPERM|EROFS)$/.test(code) ||
    /readonly|SQLITE_CANTOPEN|unable to open/i.test(`${code} ${message}`)
  ) {
    return new AppError(
      'profile_unwritable',
      `The folder of ${path} can't be written to. Choose another with --profile.`,
      {
        remedy: 'open_settings',
        params: { path },
        cause: error,
      },
    );
  }
  return new AppError('database_failed', `The database ${path} failed: ${message}`, {
    remedy: 'run_doctor',
    params: { path, detail: message },
    cause: error,
  });
}
