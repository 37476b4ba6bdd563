import { describe, expect, it } from 'vitest';
import { type AppState, type StatePush, TOPICS, type Topic } from '../../src-shared/state/state';
import { systemClock } from '../clock/clock';
import { type SliceReaders, StatePublisher } from './state-publisher';

/** A publisher whose slices are numbers that a test changes, before a clock that a test moves on. */
function open() {
  const values = new Map<Topic, number>();
  const reads: Topic[] = [];
  const failing = new Set<Topic>();
  const read = (topic: Topic) => () => {
    if (failing.has(topic)) throw new Error(topic);
    reads.push(topic);
    return (values.get(topic) ?? 0) as unknown as AppState[Topic];
  };
  let due: (() => void) | null = null;
  const clock = {
    ...systemClock,
    after: (_ms: number, act: () => void) => {
      due = act;
      return () => {
        due = null;
      };
    },
  };
  const readers = Object.fromEntries(TOPICS.map((topic) => [topic, read(topic)]));
  // The publisher never looks into a slice.
  const publisher = new StatePublisher(readers as unknown as SliceReaders, clock, () => undefined);
  const pushes: StatePush[] = [];
  publisher.onPush((push) => pushes.push(push));
  const pass = () => {
    const act = due;
    due = null;
    act?.();
  };
  publisher.full();
  reads.length = 0;
  pushes.length = 0;
  return { publisher, values, failing, reads, pushes, pass };
}

describe('what main tells the screens', () => {
  it('is made anew for what changed alone, and pushed where it differs alone', () => {
    const { publisher, values, reads, pushes, pass } = open();
    values.set('node', 1);
    publisher.mark('node');
    publisher.mark('balance');
    pass();
    expect(reads).toEqual(['node', 'balance']);
    expect(pushes).toEqual([{ revision: 2, changed: { node: 1 } }]);
  });

  it('is pushed once for all changes of a moment', () => {
    const { publisher, values, reads, pushes, pass } = open();
    for (const value of [1, 2, 3]) {
      values.set('progress', value);
      publisher.mark('progress');
    }
    pass();
    pass();
    expect(reads).toEqual(['progress']);
    expect(pushes).toEqual([{ revision: 2, changed: { progress: 3 } }]);
  });

  it('is not pushed where nothing differs', () => {
    const { publisher, pushes, pass } = open();
    publisher.mark('key');
    pass();
    expect(pushes).toEqual([]);
  });

  it('is pushed although another slice cannot be made, which is tried again', () => {
    const { publisher, values, failing, pushes, pass } = open();
    values.set('key', 1);
    values.set('tasks', 2);
    values.set('node', 3);
    failing.add('tasks');
    for (const topic of ['key', 'tasks', 'node'] as const) publisher.mark(topic);
    expect(pass).toThrowError('tasks');
    expect(() => publisher.full()).toThrowError('tasks');
    expect(pushes).toEqual([{ revision: 2, changed: { key: 1, node: 3 } }]);
    failing.clear();
    publisher.mark('key');
    pass();
    expect(pushes.slice(1)).toEqual([{ revision: 3, changed: { tasks: 2 } }]);
  });

  it('comes to a window that opens whole and up to date, and the others are told of what that brought to light', () => {
    const { publisher, values, pushes, pass } = open();
    values.set('key', 5);
    publisher.mark('key');
    const { revision, state } = publisher.full();
    expect(Object.keys(state).sort()).toEqual([...TOPICS].sort());
    expect(state.key).toBe(5);
    expect(pushes).toEqual([{ revision, changed: { key: 5 } }]);
    pass();
    expect(pushes).toHaveLength(1);
    expect(publisher.full().revision).toBe(revision);
  });
});
