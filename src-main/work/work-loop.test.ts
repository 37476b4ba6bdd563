import { beforeEach, describe, expect, it } from 'vitest';
import type { ComputeOutcome } from '../../src-shared/ipc/compute';
import { squareShape } from '../../src-shared/matrix-mult/shape';
import type { Urgency } from '../compute/compute';
import { ComputeQueue, type Priority } from '../compute/compute-queue';
import type { ComputeWork } from '../compute/compute-task';
import { WorkLoop } from './work-loop';
import type { WorkSource } from './work-source';

const OUTCOME: ComputeOutcome = {
  kind: 'task',
  resultHash: '00'.repeat(32),
  proof: '',
  product: null,
  engine: 'cpu',
  timings: { generateMs: 1, multiplyMs: 1, commitMs: 1, selfCheckMs: 1 },
};

/** The same for all: an item goes by its seed. */
const TASK = {
  shape: squareShape(1),
  iterations: 1,
  commitment: 'merkle',
  blockHeight: 0,
  openedRows: 1,
  wantsProduct: false,
} as const;

/** A source of numbered items, which keeps book of who has each. */
class FakeSource implements WorkSource<string> {
  readonly priority: Priority;
  readonly ahead: number;
  planned: string[] = [];
  readonly out = new Set<string>();
  readonly ended: string[] = [];
  over = new Set<string>();
  readonly #name: string;

  constructor(name: string, priority: Priority, count: number, ahead = 0) {
    this.#name = name;
    this.priority = priority;
    this.ahead = ahead;
    this.planned = Array.from({ length: count }, (_, index) => `${name} ${index}`);
  }

  next(): string | null {
    const item = this.planned.shift();
    if (item === undefined) return null;
    this.out.add(item);
    return item;
  }

  task(item: string): ComputeWork {
    return { ...TASK, operands: { kind: 'drawn', seed: new TextEncoder().encode(item) } };
  }

  isOver(item: string): boolean {
    return this.over.has(item);
  }

  done(item: string): void {
    this.#takeBack(item, 'done');
  }

  failed(item: string, error: unknown, dropped: boolean): void {
    this.#takeBack(item, dropped ? 'dropped' : `failed: ${String(error)}`);
  }

  #takeBack(item: string, how: string): void {
    if (!item.startsWith(this.#name)) throw new Error(`${item} is not of ${this.#name}`);
    if (!this.out.delete(item)) throw new Error(`${item} came back twice`);
    this.ended.push(`${item} ${how}`);
  }
}

/** A lane on which each task waits for the test; what is begun twice is noticed. */
const lane = { id: 'lane-0', isUp: true, onChange: () => () => undefined };
let inHand: Map<string, { resolve(): void; reject(error: unknown): void }>;
let begun: string[];
let errors: unknown[];
let loop: WorkLoop;

beforeEach(() => {
  inHand = new Map();
  begun = [];
  errors = [];
  const queue = new ComputeQueue([lane], () => 0);
  const run = ({ priority }: Urgency, { operands }: ComputeWork, signal: AbortSignal) => {
    const item = operands.kind === 'drawn' ? new TextDecoder().decode(operands.seed) : '';
    return queue.add(
      {
        priority,
        preemptible: false,
        lane: null,
        run: (_lane, until) =>
          new Promise<ComputeOutcome>((resolve, reject) => {
            if (inHand.has(item)) throw new Error(`${item} is computed twice`);
            begun.push(item);
            inHand.set(item, { resolve: () => resolve(OUTCOME), reject });
            until.addEventListener('abort', () => reject(until.reason));
          }),
      },
      signal,
    );
  };
  loop = new WorkLoop({ run }, 1, (error) => errors.push(error));
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

async function end(item: string): Promise<void> {
  inHand.get(item)?.resolve();
  await settled();
}

describe('the loop that draws from sources', () => {
  it('computes what each has, the more urgent first, and gives every item back to its own source once', async () => {
    const chain = new FakeSource('chain', 'chain', 3);
    const jobs = new FakeSource('job', 'job', 3, 1);
    loop.add(chain);
    loop.add(jobs);
    loop.start();
    for (let turn = 0; turn < 6; turn += 1) await end(begun.at(-1) ?? '');
    expect(begun).toEqual(['chain 0', 'job 0', 'job 1', 'job 2', 'chain 1', 'chain 2']);
    expect(chain.ended).toEqual(['chain 0 done', 'chain 1 done', 'chain 2 done']);
    expect(jobs.ended).toEqual(['job 0 done', 'job 1 done', 'job 2 done']);
    expect(errors).toEqual([]);
  });

  it('holds of a source one item for each lane and what it may hold ahead: the rest is still the source’s', () => {
    const chain = new FakeSource('chain', 'chain', 5);
    const jobs = new FakeSource('job', 'job', 5, 2);
    loop.add(chain);
    loop.add(jobs);
    loop.start();
    loop.tick();
    expect([...chain.out]).toEqual(['chain 0']);
    expect([...jobs.out]).toEqual(['job 0', 'job 1', 'job 2']);
  });

  it('draws nothing before it is started, nor once it is stopped', async () => {
    const chain = new FakeSource('chain', 'chain', 3, 1);
    loop.add(chain);
    loop.tick();
    expect(chain.out.size).toBe(0);
    loop.start();
    loop.stop();
    await settled();
    expect(chain.ended.toSorted()).toEqual(['chain 0 dropped', 'chain 1 dropped']);
    expect(chain.planned).toEqual(['chain 2']);
  });

  it('finishes what is out and draws no more, where it is told to', async () => {
    const chain = new FakeSource('chain', 'chain', 2);
    loop.add(chain);
    loop.start();
    loop.finish();
    expect([loop.running, loop.isBusy]).toEqual([false, true]);
    await end('chain 0');
    expect([chain.ended, chain.planned, loop.isBusy]).toEqual([['chain 0 done'], ['chain 1'], false]);
  });

  it('drops what its source says is over, whether it waits or is being computed', async () => {
    const chain = new FakeSource('chain', 'chain', 1);
    const jobs = new FakeSource('job', 'job', 1);
    loop.add(chain);
    loop.add(jobs);
    loop.start();
    chain.over.add('chain 0');
    jobs.over.add('job 0');
    loop.tick();
    await settled();
    expect(chain.ended).toEqual(['chain 0 dropped']);
    expect(jobs.ended).toEqual(['job 0 dropped']);
    expect(begun).toEqual(['chain 0']);
  });

  it('does not take a result that comes after the item was dropped', async () => {
    const chain = new FakeSource('chain', 'chain', 1);
    loop.add(chain);
    loop.start();
    inHand.get('chain 0')?.resolve();
    loop.drop();
    await settled();
    expect(chain.ended).toEqual(['chain 0 dropped']);
  });

  it('gives back what failed with its reason, and goes on', async () => {
    const chain = new FakeSource('chain', 'chain', 2);
    loop.add(chain);
    loop.start();
    inHand.get('chain 0')?.reject(new Error('broken'));
    await settled();
    expect(chain.ended).toEqual(['chain 0 failed: Error: broken']);
    expect(begun).toEqual(['chain 0', 'chain 1']);
  });

  it('goes on with the others where a source throws', async () => {
    const broken = new FakeSource('broken', 'job', 1);
    broken.next = () => {
      throw new Error('no plan');
    };
    const chain = new FakeSource('chain', 'chain', 1);
    loop.add(broken);
    loop.add(chain);
    loop.start();
    await end('chain 0');
    expect(chain.ended).toEqual(['chain 0 done']);
    expect(errors.map(String)).toContain('Error: no plan');
  });
});
