import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

const SUFFIX = '-closed';

/**
 * Notes that a database was closed whole, and as which file: nobody has to look through it at the next start. Where that
 * can't be noted, it is looked through (ADR 29).
 * @param path the file, which nobody has open any more
 */
export function noteClosedWhole(path: string): void {
  try {
    if (!hasLog(path)) writeFileSync(path + SUFFIX, stampOf(path), { mode: 0o600 });
  } catch {
    // Whatever is in the way is met at the next start as well, and said then.
  }
}

/**
 * Whether a database is the very file that was closed whole. It is told once: whoever does not close it whole again has
 * it looked through.
 */
export function wasClosedWhole(path: string): boolean {
  try {
    const stamp = readFileSync(path + SUFFIX, 'utf8');
    rmSync(path + SUFFIX);
    return !hasLog(path) && stamp === stampOf(path);
  } catch {
    return false;
  }
}

/** Whether there are changes that are not in the file yet (https://sqlite.org/wal.html). */
function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** Another text for a file that was written to, or that another one took the place of. */
function stampOf(path: string): string {
  const { ino, size, mtimeNs } = statSync(path, { bigint: true });
  return `${ino} ${size} ${mtimeNs}\n`;
}
