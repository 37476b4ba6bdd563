import type { Snapshot } from '../../../src-shared/ipc/snapshot';

/**
 * The snapshot to show when `incoming` arrives. The first answer and pushes race, so an older or equal revision
 * is dropped: what is on screen never goes back in time.
 */
export function newerSnapshot(current: Snapshot | null, incoming: Snapshot): Snapshot {
  return current !== null && incoming.revision <= current.revision ? current : incoming;
}
