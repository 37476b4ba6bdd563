import { isAbsolute, join, relative, sep } from 'node:path';
import type { Role } from '../../src-shared/ipc/contract';

/**
 * The file a request for an `app://` URL names, or null where it may not be served. Each role sees its own page and
 * the shared assets. `realPath` resolves links, so that a link cannot lead out of `root`.
 * @param root folder of the built renderer, itself without links
 * @param realPath throws where there is no such file
 */
export function assetPath(
  url: string,
  role: Role,
  root: string,
  realPath: (path: string) => string,
): string | null {
  let path: string;
  try {
    path = decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  try {
    const file = realPath(join(root, path));
    const inside = relative(root, file);
    if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return null;
    const top = inside.split(sep)[0];
    return top === role || top === 'assets' ? file : null;
  } catch {
    return null;
  }
}
