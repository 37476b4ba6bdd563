import { beforeEach, describe, expect, it } from 'vitest';
import type { AppState, StatePush } from '../../../src-shared/state/state';
import { receiveFullState, receivePush, useStateStore } from './state-store';

// The store looks at revisions and at which slices there are, and into none but for rows.
const state = (height: number) => ({ node: { height }, key: { state: 'ready' } }) as unknown as AppState;
const push = (revision: number, height: number): StatePush => ({
  revision,
  changed: { node: state(height).node },
});
const held = () => useStateStore.getState().state;

beforeEach(() => useStateStore.setState({ state: null, revision: 0, early: [], error: null }));

describe("main's state in the window", () => {
  it('is the first answer and what is pushed after it', () => {
    receiveFullState({ revision: 7, state: state(1) });
    receivePush(push(8, 2));
    expect(held()).toEqual(state(2));
  });

  it('has what was pushed before the first answer came, unless the answer is newer', () => {
    receivePush(push(6, 10));
    receivePush(push(8, 2));
    receiveFullState({ revision: 7, state: state(1) });
    expect(held()).toEqual(state(2));
    expect(useStateStore.getState().revision).toBe(8);
  });

  it('never goes back', () => {
    receiveFullState({ revision: 7, state: state(1) });
    receivePush(push(7, 5));
    receivePush(push(6, 5));
    receiveFullState({ revision: 3, state: state(5) });
    expect(held()).toEqual(state(1));
  });

  it('keeps slices that did not change as they are, so that what shows them does not render again', () => {
    const first = state(1);
    receiveFullState({ revision: 7, state: first });
    receivePush(push(8, 2));
    expect(held()?.key).toBe(first.key);
    expect(held()?.node).not.toBe(first.node);
  });

  it.each(['tasks', 'jobs'] as const)(
    'keeps rows of %s that did not change as they are, wherever they move to',
    (slice) => {
      const rows = (...names: string[]) =>
        ({ [slice]: { recent: names.map((name) => ({ name, steps: [name] })) } }) as unknown as AppState;
      const recent = () => held()?.[slice].recent ?? [];
      receiveFullState({ revision: 7, state: rows('b', 'a') });
      const [b, a] = recent();
      receivePush({ revision: 8, changed: rows('c', 'b', 'a') });
      expect(recent()).toEqual(rows('c', 'b', 'a')[slice].recent);
      expect(recent()[1]).toBe(b);
      expect(recent()[2]).toBe(a);
      receivePush({ revision: 9, changed: rows('c', 'd') });
      expect(recent()).toEqual(rows('c', 'd')[slice].recent);
    },
  );
});
