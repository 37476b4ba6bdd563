import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const holderSchema = z.object({ headless: z.boolean(), pid: z.number().int() });

/** Who runs on a profile, with a window or without one. */
export type ProfileHolder = z.infer<typeof holderSchema>;

/**
 * Leaves a note in the profile of who holds it. The lock that keeps a second one out says nothing of the first, and a
 * second start with a window can only be led to a window that there is. What can't be written is no reason not to run.
 */
export function noteHolder(folder: string, holder: ProfileHolder): void {
  const file = fileOf(folder);
  const written = `${file}.${holder.pid}.tmp`;
  try {
    writeFileSync(written, JSON.stringify(holder), { mode: 0o600 });
    renameSync(written, file);
  } catch {
    // Then a second start ends without a word, as for a window that it has brought to the front.
  }
}

/** Who holds a profile whose lock is taken; null where that is not known. */
export function readHolder(folder: string): ProfileHolder | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(fileOf(folder), 'utf8')));
  } catch {
    return null;
  }
}

function fileOf(folder: string): string {
  return join(folder, 'running.json');
}
