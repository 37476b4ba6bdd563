import { readFileSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { PackageKind } from './release';

type Facts = {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** The program that runs. */
  readonly executable: string;
  /** Electron's folder `resources`. */
  readonly resources: string;
};

/** What replaces itself; of the others the app tells alone. */
export const SELF_INSTALLING: ReadonlySet<PackageKind> = new Set(['nsis', 'zip', 'AppImage', 'deb', 'rpm']);

/** How the app that runs was packed; on Linux a plain folder is as good as the archive it came in. */
export function packageKind({ platform, env, executable, resources }: Facts): PackageKind {
  if (platform === 'win32') return env.PORTABLE_EXECUTABLE_FILE === undefined ? 'nsis' : 'portable';
  // Squirrel replaces an app by the zip, whatever it was installed from.
  if (platform === 'darwin') return 'zip';
  if (ownAppImage(env, executable) !== null) return 'AppImage';
  const named = packageType(resources);
  return named === 'deb' || named === 'rpm' ? named : 'tar.gz';
}

/**
 * The AppImage that the program runs from, or null. A program started by another AppImage has that one's name in its
 * environment, so only the one whose files these are counts.
 */
export function ownAppImage(env: NodeJS.ProcessEnv, executable: string): string | null {
  const { APPIMAGE, APPDIR } = env;
  if (!APPIMAGE || !APPDIR) return null;
  try {
    return realpathSync(executable).startsWith(realpathSync(APPDIR) + sep) ? APPIMAGE : null;
  } catch {
    return null;
  }
}

function packageType(resources: string): string | null {
  try {
    return readFileSync(join(resources, 'package-type'), 'utf8').trim();
  } catch {
    return null;
  }
}
