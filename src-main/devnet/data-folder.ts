import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesToHex } from '@noble/hashes/utils.js';
import { generatePrivateKey, parsePrivateKey } from '../../src-shared/chain/key';
import { AppError } from '../../src-shared/errors';
import { readIfThere } from '../storage/read-file';
import { ChainStore } from './chain-store';
import { FolderLock } from './folder-lock';

/** Where a devnet lives: its chain, and the key its validator signs blocks with. */
export type DataFolder = {
  readonly store: ChainStore;
  readonly validatorKey: Uint8Array;
  /** Lets others have the folder. */
  close(): void;
};

const DATABASE = 'chain.db';
const KEY = 'validator_key.hex';

/**
 * Opens a data folder, making it at first start; null keeps everything in memory.
 * @throws AppError `profile_in_use`, `database_corrupt` or `profile_unwritable`; nothing is overwritten.
 */
export function openDataFolder(folder: string | null): DataFolder {
  if (folder === null) {
    const store = new ChainStore(':memory:');
    return { store, validatorKey: generatePrivateKey(randomBytes), close: () => store.close() };
  }
  makeFolder(folder);
  const lock = new FolderLock(folder);
  let store: ChainStore | undefined;
  const close = (): void => {
    store?.close();
    lock.release();
  };
  try {
    store = new ChainStore(join(folder, DATABASE));
    return { store, validatorKey: validatorKey(folder, store), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** The folder's key; a chain that has begun cannot do with a new one. */
function validatorKey(folder: string, store: ChainStore): Uint8Array {
  const file = join(folder, KEY);
  const text = readIfThere(file);
  if (text !== null) return readKey(folder, text);
  if (store.meta().size > 0) throw broken(folder, `${KEY} is missing beside ${DATABASE}`);
  return createKey(folder, file);
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw unwritable(folder, error);
  }
}

function readKey(folder: string, text: string): Uint8Array {
  try {
    return parsePrivateKey(text);
  } catch (error) {
    throw broken(folder, `${KEY} does not hold a private key`, error);
  }
}

function createKey(folder: string, file: string): Uint8Array {
  const key = generatePrivateKey(randomBytes);
  try {
    writeFileSync(file, bytesToHex(key), { mode: 0o600, flag: 'wx' });
    chmodSync(file, 0o600);
  } catch (error) {
    throw unwritable(folder, error);
  }
  return key;
}

function broken(folder: string, why: string, cause?: unknown): AppError {
  const message = `The devnet's data folder ${folder} is not complete: ${why}. Nothing was changed.`;
  return new AppError('database_corrupt', message, { cause });
}

function unwritable(folder: string, cause: unknown): AppError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AppError('profile_unwritable', `The data folder ${folder} cannot be written: ${why}`, { cause });
}
