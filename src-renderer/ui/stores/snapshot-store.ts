import { create } from 'zustand';
import type { ErrorReport } from '../../../src-shared/errors';
import type { Snapshot } from '../../../src-shared/ipc/snapshot';
import { newerSnapshot } from './newer-snapshot';

type SnapshotStore = {
  /** Main's state as last heard; null until the first answer. */
  readonly snapshot: Snapshot | null;
  /** Why the first snapshot could not be had. */
  readonly error: ErrorReport | null;
};

/** A mirror of main's state. Nothing here is ever changed by the ui itself. */
export const useSnapshotStore = create<SnapshotStore>(() => ({ snapshot: null, error: null }));

/** Takes in a snapshot that arrived, unless a newer one is already held. */
export function receiveSnapshot(incoming: Snapshot): void {
  useSnapshotStore.setState(({ snapshot }) => ({ snapshot: newerSnapshot(snapshot, incoming), error: null }));
}

/** Remembers why the first snapshot could not be had, for as long as there is none. */
export function receiveSnapshotError(error: ErrorReport): void {
  useSnapshotStore.setState({ error });
}

/**
 * One part of the snapshot, for components below the gate in `App` that renders nothing before the first one.
 * @throws Error when used above that gate.
 */
export function useSnapshot<T>(select: (snapshot: Snapshot) => T): T {
  return useSnapshotStore(({ snapshot }) => {
    if (snapshot === null) throw new Error('A screen was rendered before the first snapshot.');
    return select(snapshot);
  });
}
