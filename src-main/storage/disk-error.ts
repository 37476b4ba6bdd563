import { AppError, type ErrorCode, type Remedy } from '../../src-shared/errors';

type Meaning = { readonly code: ErrorCode; readonly remedy: Remedy; readonly says: (path: string) => string };

const FULL: Meaning = {
  code: 'disk_full',
  remedy: 'free_disk',
  says: (path) => `The disk is full: ${path} can't be written. Free some space; nothing is lost.`,
};
const UNWRITABLE: Meaning = {
  code: 'profile_unwritable',
  remedy: 'check_permissions',
  says: (path) => `${path} can't be written to. Make it writable, or choose another folder with --profile.`,
};
const NO_FOLDER: Meaning = {
  code: 'profile_unwritable',
  remedy: 'check_permissions',
  says: (path) =>
    `${path} can't be a folder: a file, or a broken link, is in the way. Move it, or choose another with --profile.`,
};
const IN_USE: Meaning = {
  code: 'database_busy',
  remedy: 'wait',
  says: (path) =>
    `${path} is held by another program, such as a backup or a virus scanner. It is tried again.`,
};
const BROKEN_DISK: Meaning = {
  code: 'disk_failed',
  remedy: 'check_disk',
  says: (path) => `The disk that ${path} is on answers with errors, or is no longer there.`,
};

const CORRUPT: Meaning = {
  code: 'database_corrupt',
  remedy: 'run_doctor',
  says: (path) =>
    `${path} is damaged. Start the app again: it is then kept under another name, and a new one begun.`,
};

/** What errno(3) and SQLite's result codes mean for a file of the profile. An extended code begins with its plain one. */
const MEANINGS: readonly (readonly [string, Meaning])[] = [
  ['ENOSPC', FULL],
  ['EDQUOT', FULL],
  ['EFBIG', FULL],
  ['SQLITE_FULL', FULL],
  ['EACCES', UNWRITABLE],
  ['EPERM', UNWRITABLE],
  ['EROFS', UNWRITABLE],
  ['ETXTBSY', UNWRITABLE],
  ['SQLITE_READONLY', UNWRITABLE],
  ['SQLITE_PERM', UNWRITABLE],
  ['SQLITE_AUTH', UNWRITABLE],
  ['SQLITE_CANTOPEN', UNWRITABLE],
  ['EEXIST', NO_FOLDER],
  ['ENOTDIR', NO_FOLDER],
  ['EISDIR', NO_FOLDER],
  ['ELOOP', NO_FOLDER],
  ['ENAMETOOLONG', NO_FOLDER],
  ['ENOENT', NO_FOLDER],
  ['EBUSY', IN_USE],
  ['EAGAIN', IN_USE],
  ['SQLITE_BUSY', IN_USE],
  ['SQLITE_LOCKED', IN_USE],
  ['SQLITE_PROTOCOL', IN_USE],
  ['EIO', BROKEN_DISK],
  ['ENXIO', BROKEN_DISK],
  ['ENODEV', BROKEN_DISK],
  ['ESTALE', BROKEN_DISK],
  ['ENOTCONN', BROKEN_DISK],
  ['SQLITE_IOERR', BROKEN_DISK],
  ['SQLITE_CORRUPT', CORRUPT],
  ['SQLITE_NOTADB', CORRUPT],
];

/** SQLite's own English sentences (sqlite3ErrStr), for where its code did not come along. */
const SENTENCES: readonly (readonly [string, Meaning])[] = [
  ['database or disk is full', FULL],
  ['attempt to write a readonly database', UNWRITABLE],
  ['unable to open database file', UNWRITABLE],
  ['database is locked', IN_USE],
  ['database table is locked', IN_USE],
  ['locking protocol', IN_USE],
  ['disk I/O error', BROKEN_DISK],
  ['database disk image is malformed', CORRUPT],
  ['file is not a database', CORRUPT],
];

/** What the file system or SQLite says, as an `AppError`; what neither table knows is `database_failed`. */
export function mapDiskError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  const known =
    MEANINGS.find(([name]) => code === name || code.startsWith(`${name}_`)) ??
    SENTENCES.find(([sentence]) => message.includes(sentence));
  const detail = code === '' ? message : code;
  if (known !== undefined) {
    const [, meaning] = known;
    const { remedy, says } = meaning;
    return new AppError(meaning.code, says(path), { remedy, params: { path, detail }, cause: error });
  }
  return new AppError('database_failed', `The database ${path} failed: ${message}`, {
    remedy: 'run_doctor',
    params: { path, detail: message },
    cause: error,
  });
}
