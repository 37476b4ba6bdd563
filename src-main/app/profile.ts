import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { mapDiskError } from '../storage/disk-error';

/** Where a profile keeps what. */
export type ProfilePaths = {
  readonly folder: string;
  readonly database: string;
  readonly keys: string;
  readonly matrices: string;
  readonly devnet: string;
};

/** Makes the profile's folder, private to its owner. @throws AppError `profile_unwritable`, `disk_full` */
export function prepareProfile(path: string): ProfilePaths {
  const folder = resolve(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw mapDiskError(error, folder);
  }
  return profilePaths(folder);
}

/** @param folder its whole path */
export function profilePaths(folder: string): ProfilePaths {
  return {
    folder,
    database: join(folder, 'miner.sqlite'),
    keys: join(folder, 'keys'),
    matrices: join(folder, 'matrices'),
    devnet: join(folder, 'devnet'),
  };
}
