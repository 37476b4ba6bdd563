import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where what is downloaded once is kept: outside `node_modules`, so a fresh clone finds it again. */
export const CACHE = join(cacheHome(), 'computechain-miner');

function cacheHome() {
  if (process.env.CPC_MINER_CACHE) return process.env.CPC_MINER_CACHE;
  if (process.platform === 'win32') return process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
}
