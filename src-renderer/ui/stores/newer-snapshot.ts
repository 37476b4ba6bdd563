import type { Snapshot } from '../../../src-shared/ipc/snapshot';

/**
 * The snapshot to show when `incoming` arrives. The first answer and pushes race, so an older or equal revision
 * is dropped: what is on screen never goes back in time. Parts that did not change keep their identity, so that
 * what shows them does not render again.
 */
export function newerSnapshot(current: Snapshot | null, incoming: Snapshot): Snapshot {
  if (current === null) return incoming;
  if (incoming.revision <= current.revision) return current;
  return withKeptParts(current, incoming);
}

function withKeptParts<T extends object>(current: T, incoming: T): T {
  const next = { ...incoming };
  for (const key of Object.keys(incoming) as (keyof T)[]) {
    // Snapshots are plain data that crossed a process boundary, so equal text means equal value.
    if (JSON.stringify(current[key]) === JSON.stringify(incoming[key])) next[key] = current[key];
  }
  return next;
}
