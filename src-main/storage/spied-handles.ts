import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';

/** What all open files share, for tests that look at, or spoil, what is done with them. */
export async function sharedHandle(): Promise<FileHandle> {
  const any = await open(tmpdir());
  await any.close();
  return Object.getPrototypeOf(any);
}
