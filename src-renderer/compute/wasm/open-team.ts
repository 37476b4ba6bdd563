import { SoloTeam } from './solo-team';
import type { Team } from './team';
import { ThreadTeam } from './thread-team';

const MOST_THREADS = 16;

/** As many threads as this machine has cores, at most 16. */
export function defaultThreads(): number {
  return Math.min(globalThis.navigator?.hardwareConcurrency ?? 1, MOST_THREADS);
}

/**
 * A team on a memory: threads where they can share it, else this one alone. Where the threads do not start, this one
 * works: slow is better than not at all.
 */
export async function openTeam(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  threads: number,
): Promise<Team> {
  if (threads > 1 && globalThis.crossOriginIsolated && typeof Worker === 'function') {
    const team = new ThreadTeam(module, threads);
    try {
      await team.attach(memory);
      return team;
    } catch {
      team.close();
    }
  }
  const team = new SoloTeam(module);
  await team.attach(memory);
  return team;
}
