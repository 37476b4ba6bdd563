import type { Role } from '../../src-shared/ipc/contract';

/** The scheme the app's own pages come from; never `file:`. */
export const SCHEME = 'app';

/** Each role's page has an origin of its own, so that one renderer can never pass for the other. */
export const ORIGIN: Record<Role, string> = { ui: `${SCHEME}://ui`, compute: `${SCHEME}://compute` };

/** The page a role's window opens. */
export function pageUrl(role: Role): string {
  return `${ORIGIN[role]}/${role}/index.html`;
}
