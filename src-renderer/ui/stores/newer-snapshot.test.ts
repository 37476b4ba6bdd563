import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../src-shared/ipc/snapshot';
import { newerSnapshot } from './newer-snapshot';

// The rule looks at the revision and at equality alone.
const snapshot = (revision: number, height: number) =>
  ({ revision, today: { computed: 1 }, node: { height } }) as unknown as Snapshot;

describe('an arriving snapshot', () => {
  it('is taken when it is the first', () => {
    const first = snapshot(7, 1);
    expect(newerSnapshot(null, first)).toBe(first);
  });

  it('is dropped when its revision is older or the same', () => {
    const held = snapshot(7, 1);
    expect(newerSnapshot(held, snapshot(6, 2))).toBe(held);
    expect(newerSnapshot(held, snapshot(7, 2))).toBe(held);
  });

  it('replaces an older one, and parts that are equal keep their identity', () => {
    const held = snapshot(7, 1);
    const next = newerSnapshot(held, snapshot(8, 2));
    expect(next).toEqual(snapshot(8, 2));
    expect(next.today).toBe(held.today);
    expect(next.node).not.toBe(held.node);
  });
});
