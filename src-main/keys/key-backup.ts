import { AppError } from '../../src-shared/errors';
import {
  asMeant,
  deriveKey,
  newSalt,
  openSealed,
  parseSealedKey,
  type SealedKey,
  sealKey,
} from './sealed-key';

/** A backup's text: a file as the vault's own, sealed with a passphrase of the person's choice. */
export async function writeBackup(
  address: string,
  privateKey: Uint8Array,
  passphrase: string,
): Promise<string> {
  const salt = newSalt();
  return sealKey(address, privateKey, await deriveKey(asMeant(passphrase), salt), salt);
}

/**
 * The private key of a backup, or of a vault's file, which the caller wipes.
 * @throws AppError `backup_invalid`, `backup_passphrase_wrong`
 */
export async function openBackup(text: string, passphrase: string): Promise<Uint8Array> {
  const file = readBackup(text);
  const key = openSealed(file, await deriveKey(asMeant(passphrase), file.salt));
  if (key !== null) return key;
  throw new AppError(
    'backup_passphrase_wrong',
    'The passphrase does not open this backup. Capital letters and the keyboard layout are what is wrong most often.',
    { remedy: 'fix_input' },
  );
}

/** Whether a text is a backup's, whole or not, rather than a key's as it is. */
export function looksLikeBackup(text: string): boolean {
  try {
    const file: unknown = JSON.parse(text);
    return typeof file === 'object' && file !== null && 'sealed' in file;
  } catch {
    return false;
  }
}

function readBackup(text: string): SealedKey {
  try {
    return parseSealedKey(text);
  } catch (cause) {
    throw new AppError(
      'backup_invalid',
      'This file is no backup of a key that this app wrote, or it is damaged.',
      {
        remedy: 'fix_input',
        cause,
      },
    );
  }
}
