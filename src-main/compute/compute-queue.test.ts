import { beforeEach, describe, expect, it } from 'vitest';
import { squareShape } from '../../src-shared/matrix-mult/shape';
import { ComputeQueue, type Priority } from './compute-queue';
import { productsAtOnce } from './compute-task';

/** A lane that does nothing by itself: each piece of work ends when the test says so. */
class FakeLane {
  isUp = true;
  readonly #listeners = new Set<() => void>();

  constructor(readonly id: string) {}

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  set(isUp: boolean): void {
    this.isUp = isUp;
    for (const listener of this.#listeners) listener();
  }
}

let now = 0;
let lanes: FakeLane[];
let queue: ComputeQueue<FakeLane>;
/** What is under way, in the order it was begun: by name and lane. */
let begun: string[];
let ends: Map<string, { resolve(): void; signal: AbortSignal }>;

const open = (count: number) => {
  lanes = Array.from({ length: count }, (_, index) => new FakeLane(`lane-${index}`));
  queue = new ComputeQueue(lanes, () => now);
};

beforeEach(() => {
  now = 0;
  begun = [];
  ends = new Map();
  open(1);
});

type Options = { atOnce?: number; preemptible?: boolean; lane?: string | null; signal?: AbortSignal };

/** Adds work that ends with its name once `end` is called, or fails at once when it is told to stop. */
function add(name: string, priority: Priority, options: Options = {}): Promise<string> {
  const { atOnce = 1, preemptible = false, lane = null, signal = new AbortController().signal } = options;
  return queue.add(
    {
      priority,
      atOnce,
      preemptible,
      lane,
      run: (on, until) =>
        new Promise((resolve, reject) => {
          begun.push(`${name} on ${on.id}`);
          ends.set(name, { resolve: () => resolve(name), signal: until });
          until.addEventListener('abort', () => reject(until.reason));
        }),
    },
    signal,
  );
}

/** Ends work and waits until what comes next has begun. */
async function end(name: string): Promise<void> {
  ends.get(name)?.resolve();
  await settled();
}

const SMALL = productsAtOnce(squareShape(64));
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the queue before one lane', () => {
  it('does one piece of work at a time, the most urgent first, and equals in order', async () => {
    const all = [
      add('first', 'measure'),
      add('measure', 'measure'),
      add('audit', 'audit'),
      add('chain 1', 'chain'),
      add('chain 2', 'chain'),
      add('job', 'job'),
    ];
    for (const name of ['first', 'job', 'chain 1', 'chain 2', 'audit', 'measure']) {
      expect(begun.at(-1)).toBe(`${name} on lane-0`);
      await end(name);
    }
    expect(await Promise.all(all)).toEqual(['first', 'measure', 'audit', 'chain 1', 'chain 2', 'job']);
  });

  it('takes another piece beside one that is soon over, so that it has it at once, and no more', async () => {
    const atOnce = productsAtOnce(squareShape(512));
    for (const name of ['one', 'two', 'three']) void add(name, 'job', { atOnce });
    void add('small', 'job', { atOnce: SMALL });
    expect(begun).toEqual(['one on lane-0', 'two on lane-0']);
    for (const name of ['one', 'two']) await end(name);
    expect(begun.slice(2)).toEqual(['three on lane-0', 'small on lane-0']);
  });

  it.each([
    [128, 16],
    [129, 2],
    [512, 2],
    [513, 1],
  ])('takes, of products of %i, %i at once', (n, count) => {
    expect(productsAtOnce(squareShape(n))).toBe(count);
  });

  it('has what is urgent take the place of what may be preempted, which is begun anew later', async () => {
    const audit = add('audit', 'audit', { preemptible: true });
    const chain = add('chain', 'chain');
    await settled();
    expect(begun).toEqual(['audit on lane-0', 'chain on lane-0']);
    await end('chain');
    expect(begun.at(-1)).toBe('audit on lane-0');
    await end('audit');
    expect(await Promise.all([audit, chain])).toEqual(['audit', 'chain']);
  });

  it('leaves alone what may not be preempted, and what is as urgent', async () => {
    void add('chain', 'chain');
    void add('job', 'job');
    await settled();
    expect(begun).toEqual(['chain on lane-0']);
    await end('chain');
    void add('another', 'job');
    await settled();
    expect(begun).toEqual(['chain on lane-0', 'job on lane-0']);
  });

  it('does several small pieces at once, but no more than it may, and nothing beside a large one', async () => {
    const names = Array.from({ length: SMALL + 1 }, (_, index) => `small ${index}`);
    for (const name of names) void add(name, 'job', { atOnce: SMALL });
    expect(begun).toHaveLength(SMALL);
    await end('small 3');
    expect(begun.at(-1)).toBe(`small ${SMALL} on lane-0`);
    void add('large', 'job');
    void add('later', 'chain', { atOnce: SMALL });
    for (const name of names.slice(1)) await end(name);
    expect(begun).toHaveLength(SMALL + 1);
    await end('small 0');
    expect(begun.at(-1)).toBe('large on lane-0');
    await end('large');
    expect(begun.at(-1)).toBe('later on lane-0');
  });

  it('ages what waits: nothing waits for ever, however much urgent work comes', async () => {
    void add('chain 0', 'chain');
    const audit = add('audit', 'audit', { preemptible: true });
    for (let turn = 1; begun.at(-1) !== 'audit on lane-0'; turn += 1) {
      expect(turn).toBeLessThan(10);
      now += 4000;
      void add(`chain ${turn}`, 'chain');
      await end(`chain ${turn - 1}`);
    }
    // It has become as urgent as what comes after it: that does not send it away again.
    void add('late', 'chain');
    await settled();
    expect(begun.at(-1)).toBe('audit on lane-0');
    await end('audit');
    expect(await audit).toBe('audit');
  });

  it('gives up what still waits at once where it is cancelled, and tells what is under way', async () => {
    const cancelled = new AbortController();
    const running = add('running', 'chain', { signal: cancelled.signal });
    const waiting = add('waiting', 'chain', { signal: cancelled.signal });
    void add('next', 'chain');
    cancelled.abort(new Error('no longer wanted'));
    await expect(waiting).rejects.toThrow('no longer wanted');
    await expect(running).rejects.toThrow('no longer wanted');
    await settled();
    expect(begun).toEqual(['running on lane-0', 'next on lane-0']);
    await expect(add('too late', 'chain', { signal: cancelled.signal })).rejects.toThrow('no longer wanted');
  });

  it('goes on after work that fails', async () => {
    const failing = queue.add(
      { priority: 'chain', preemptible: false, lane: null, run: () => Promise.reject(new Error('broken')) },
      new AbortController().signal,
    );
    void add('next', 'chain');
    await expect(failing).rejects.toThrow('broken');
    await settled();
    expect(begun).toEqual(['next on lane-0']);
  });

  it('cancelled while it is preempted, ends as cancelled and is not begun again', async () => {
    const cancelled = new AbortController();
    const audit = add('audit', 'audit', { preemptible: true, signal: cancelled.signal });
    void add('chain', 'chain');
    await settled();
    cancelled.abort(new Error('left'));
    await expect(audit).rejects.toThrow('left');
    await end('chain');
    expect(begun).toEqual(['audit on lane-0', 'chain on lane-0']);
  });
});

describe('the queue before two lanes', () => {
  beforeEach(() => open(2));

  it('keeps both at work, and each at one piece', async () => {
    for (const name of ['one', 'two', 'three']) void add(name, 'chain');
    expect(begun).toEqual(['one on lane-0', 'two on lane-1']);
    await end('two');
    expect(begun.at(-1)).toBe('three on lane-1');
  });

  it('leaves work for one of them to that one', async () => {
    void add('one', 'chain');
    void add('measure', 'measure', { lane: 'lane-0' });
    void add('two', 'chain');
    expect(begun).toEqual(['one on lane-0', 'two on lane-1']);
    await end('two');
    expect(begun).toHaveLength(2);
    await end('one');
    expect(begun.at(-1)).toBe('measure on lane-0');
    await expect(add('nowhere', 'chain', { lane: 'lane-7' })).rejects.toThrow('lane-7');
  });

  it('passes over a lane that is being started, as long as another is up', async () => {
    lanes[0]?.set(false);
    void add('one', 'chain');
    void add('two', 'chain');
    expect(begun).toEqual(['one on lane-1']);
    lanes[0]?.set(true);
    expect(begun).toEqual(['one on lane-1', 'two on lane-0']);
  });

  it('shares small work out', () => {
    for (const name of ['one', 'two', 'three']) void add(name, 'job', { atOnce: SMALL });
    expect(begun).toEqual(['one on lane-0', 'two on lane-1', 'three on lane-0']);
  });

  it('preempts no more than is needed', async () => {
    void add('audit 1', 'audit', { preemptible: true });
    void add('audit 2', 'audit', { preemptible: true });
    void add('chain', 'chain');
    await settled();
    expect([...ends.values()].filter(({ signal }) => signal.aborted)).toHaveLength(1);
    expect(begun).toHaveLength(3);
  });
});
