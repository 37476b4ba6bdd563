import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { openBackup, writeBackup } from './key-backup';

const ADDRESS = 'cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp';
const KEY = Uint8Array.from({ length: 32 }, (_, index) => index + 1);

describe('a backup of the key', () => {
  it('gives the key back to its passphrase, however it was typed, and shows it to nobody', async () => {
    const text = await writeBackup(ADDRESS, KEY, 'caf\u00e9 noir');
    expect(text).not.toContain(bytesToHex(KEY));
    expect(await openBackup(text, 'cafe\u0301 noir')).toEqual(KEY);
  });

  it('is refused with another passphrase, or for another address', async () => {
    const text = await writeBackup(ADDRESS, KEY, 'correct horse');
    const wrong = { code: 'backup_passphrase_wrong' };
    await expect(openBackup(text, 'battery staple')).rejects.toMatchObject(wrong);
    const other = text.replace(ADDRESS, 'cpc1shna7hdskcnrg8pxcyrzvdgg06s3psj2cpdkua');
    await expect(openBackup(other, 'correct horse')).rejects.toMatchObject(wrong);
  });

  it.each(['', 'a letter', '{}', '{"version":2}'])('is not what another file says: %j', async (text) => {
    await expect(openBackup(text, 'x')).rejects.toMatchObject({ code: 'backup_invalid' });
  });
});
