import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FromCompute, ToCompute } from '../../src-shared/ipc/compute';
import { FULL_PACE } from '../../src-shared/ipc/pace';
import { squareShape } from '../../src-shared/matrix-mult/shape';
import { ComputeHost } from './compute-host';
import type { PageEvents } from './compute-page';

const TASK = {
  kind: 'task',
  method: { engine: 'cpu' },
  shape: squareShape(2),
  operands: {
    kind: 'given',
    seed: new Uint8Array(32),
    a: Int8Array.of(1, 2, 3, 4),
    b: Int8Array.of(5, -6, 7, -128),
  },
  blockHeight: 0,
  commitment: 'merkle',
  openedRows: 1,
  wantsProduct: true,
} as const;
const OUTCOME = {
  kind: 'task',
  resultHash: 'ab'.repeat(32),
  proof: '',
  product: Int32Array.of(1, -2, 3, 2 ** 28),
  engine: 'cpu',
  timings: { generateMs: 0, multiplyMs: 0, commitMs: 0, selfCheckMs: 0 },
} as const;
const ignore = () => undefined;
const TOOK = { elapsedMs: 5, busyMs: 4 };
const READY: FromCompute = { kind: 'ready', adapter: null, adapterError: null };
const WANTED = new AbortController().signal;

/** Sent after others to know that they were taken in; the host never sees it. */
const LAST = 'last';

/** The other side of a page: what it heard, and what it says. */
class FakePage {
  readonly heard: ToCompute[] = [];
  readonly events: PageEvents;
  isDestroyed = false;
  readonly #theirs: MessagePort;
  readonly #ours: MessagePort;
  #waiting: (() => void) | null = null;

  constructor(events: PageEvents) {
    this.events = events;
    const { port1, port2 } = new MessageChannel();
    this.#ours = port1;
    this.#theirs = port2;
    port1.on('message', (message) => message !== LAST && events.message(message));
    port2.on('message', (message) => {
      this.heard.push(message);
      this.#waiting?.();
    });
  }

  send(message: ToCompute): void {
    this.#ours.postMessage(message);
  }

  destroy(): void {
    this.isDestroyed = true;
    this.#ours.close();
  }

  /** Says something, and waits until the host has taken it in. */
  async says(...messages: unknown[]): Promise<void> {
    for (const message of messages) this.#theirs.postMessage(message);
    // A message sent after them over the same ports has passed them all.
    const passed = new Promise((resolve) => this.#ours.on('message', (last) => last === LAST && resolve(0)));
    this.#theirs.postMessage(LAST);
    await passed;
  }

  /** The next message of a kind. */
  async hears<K extends ToCompute['kind']>(kind: K): Promise<Extract<ToCompute, { kind: K }>> {
    for (;;) {
      const index = this.heard.findIndex((message) => message.kind === kind);
      const [message] = index < 0 ? [] : this.heard.splice(index, 1);
      if (message !== undefined) return message as Extract<ToCompute, { kind: K }>; // of that kind
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
  }
}

/** Timers that run out when a test says so. */
class FakeTimers {
  readonly #waiting = new Map<number, { ms: number; act: () => void }>();
  #last = 0;

  readonly after = (ms: number, act: () => void) => {
    const id = ++this.#last;
    this.#waiting.set(id, { ms, act });
    return () => void this.#waiting.delete(id);
  };

  /** What is waited for, ms, the shortest first. */
  get waits(): number[] {
    return [...this.#waiting.values()].map(({ ms }) => ms).sort((one, other) => one - other);
  }

  /** Lets the only wait there is run out. */
  runOut(): void {
    if (this.#waiting.size !== 1) throw new Error(`${this.#waiting.size} waits`);
    this.runOutFirst();
  }

  /** Lets the wait that began first run out. */
  runOutFirst(): void {
    const [[id, { act }] = [0, { act: () => undefined }]] = this.#waiting;
    this.#waiting.delete(id);
    act();
  }
}

let pages: FakePage[] = [];
let timers: FakeTimers;
let host: ComputeHost;
const errors: string[] = [];
let watched = false;

beforeEach(() => {
  pages = [];
  errors.length = 0;
  watched = false;
  timers = new FakeTimers();
  host = new ComputeHost({
    openPage: (events) => {
      const page = new FakePage(events);
      pages.push(page);
      return page;
    },
    clock: timers,
    isWatched: () => watched,
    onError: (message) => errors.push(message),
  });
});
afterEach(() => host.close());

const page = (): FakePage => {
  const last = pages.at(-1);
  if (last === undefined) throw new Error('no page');
  return last;
};

async function ready(): Promise<void> {
  host.start();
  await page().says(READY);
}

/** A run that the page has heard of. */
async function running(signal = WANTED) {
  const answer = host.run(TASK, signal, ignore);
  answer.catch(() => undefined);
  return { answer, ...(await page().hears('run')) };
}

const done = (runId: number, value: unknown = OUTCOME) => ({
  kind: 'done',
  runId,
  took: TOOK,
  result: { ok: true, value },
});

describe('a compute page', () => {
  it('is ready once it has looked for an adapter, and is told the pace then and at each change', async () => {
    host.start();
    expect(host.status.state).toBe('starting');
    await expect(host.run(TASK, WANTED, ignore)).rejects.toMatchObject({
      code: 'compute_failed',
      retryable: true,
    });
    await page().says(READY);
    expect(host.status).toEqual({ state: 'ready', adapter: null, error: null, progress: 0 });
    expect(await page().hears('pace')).toEqual({ kind: 'pace', pace: FULL_PACE });
    const pace = { ...FULL_PACE, dutyPercent: 30 };
    host.setPace(pace);
    expect(await page().hears('pace')).toEqual({ kind: 'pace', pace });
  });

  it('looks for an adapter anew when it is asked to, and tells of one that it finds', async () => {
    await ready();
    host.lookForAdapter();
    expect(await page().hears('look')).toEqual({ kind: 'look' });
    const adapter = { vendor: 'acme', architecture: '', device: '', description: '', software: false };
    await page().says({ ...READY, adapter: { ...adapter, maxBufferBytes: 1, packedDot: false } });
    expect(host.status).toMatchObject({ state: 'ready', adapter });
  });

  it('that does not become ready in time is given up for another', async () => {
    host.start();
    expect(timers.waits).toEqual([60_000]);
    timers.runOut();
    expect(host.status).toMatchObject({ state: 'failed', error: { code: 'compute_failed' } });
    expect(page().isDestroyed).toBe(true);
    timers.runOut();
    await page().says(READY);
    expect([pages.length, host.status.state]).toEqual([2, 'ready']);
  });

  it('that dies fails its run, and is opened again after a wait that grows until a run is answered', async () => {
    await ready();
    const { answer } = await running();
    page().events.gone('it ended (crashed)');
    await expect(answer).rejects.toMatchObject({ code: 'compute_failed', retryable: true });
    expect(host.status).toMatchObject({
      state: 'failed',
      error: { message: expect.stringContaining('crashed') },
    });
    expect(errors).toEqual([expect.stringContaining('it ended (crashed)')]);
    const waits = [timers.waits];
    for (let again = 0; again < 2; again += 1) {
      timers.runOut();
      page().events.gone('it ended (oom)');
      waits.push(timers.waits);
    }
    const [first, second, third] = waits.flat();
    expect(first).toBeLessThanOrEqual(1000);
    expect(second).toBeGreaterThan(first ?? 0);
    expect(third).toBeGreaterThan(second ?? 0);
    timers.runOut();
    await page().says(READY);
    const { answer: next, runId } = await running();
    await page().says(done(runId));
    await next;
    page().events.gone('it ended (crashed)');
    expect(timers.waits[0]).toBeLessThanOrEqual(1000);
  });

  it('that was given up has no say any more', async () => {
    await ready();
    const [old] = pages;
    const { runId } = await running();
    old?.events.gone('it no longer answers');
    timers.runOut();
    await page().says(READY);
    const { answer, runId: next } = await running();
    old?.events.message(done(runId));
    old?.events.message({ kind: 'progress', runId: next, done: 0.9 });
    old?.events.gone('it ended');
    expect(host.status).toMatchObject({ state: 'busy', progress: 0 });
    await page().says(done(next));
    await expect(answer).resolves.toMatchObject({ kind: 'task' });
  });

  it('that looks for an adapter anew is told of as it is', async () => {
    await ready();
    await running();
    const adapterError = { code: 'gpu_failed', message: 'lost', remedy: 'wait', retryable: true, params: {} };
    await page().says({ ...READY, adapterError });
    expect(host.status).toMatchObject({ state: 'busy', error: { code: 'gpu_failed' } });
  });
});

describe('a page that may rest', () => {
  const resting = async () => {
    await ready();
    host.letRest(true);
    timers.runOut();
  };

  it('is put away after a while, is up all the same, and is opened again for the next job', async () => {
    await resting();
    expect(page().isDestroyed).toBe(true);
    expect(host.status.state).toBe('ready');
    const answer = host.run(TASK, WANTED, ignore);
    expect(pages).toHaveLength(2);
    expect(host.status.state).toBe('busy');
    await page().says(READY);
    const { runId, job } = await page().hears('run');
    expect(job).toEqual(TASK);
    await page().says(done(runId));
    expect(await answer).toEqual(OUTCOME);
    // And is put away again.
    timers.runOut();
    expect(page().isDestroyed).toBe(true);
  });

  it('stays while it works, and where it may no longer rest', async () => {
    await ready();
    host.letRest(true);
    const { runId } = await running();
    expect(timers.waits).not.toContain(30_000);
    await page().says(done(runId));
    host.letRest(false);
    expect(timers.waits).toEqual([]);
    expect(page().isDestroyed).toBe(false);
  });

  it('stays while somebody looks on', async () => {
    await ready();
    watched = true;
    host.letRest(true);
    timers.runOut();
    expect(page().isDestroyed).toBe(false);
    watched = false;
    timers.runOut();
    expect(page().isDestroyed).toBe(true);
  });

  it('does not begin what was cancelled while it was opened', async () => {
    await resting();
    const cancel = new AbortController();
    const answer = host.run(TASK, cancel.signal, ignore);
    cancel.abort();
    await expect(answer).rejects.toMatchObject({ code: 'compute_cancelled' });
    await page().says(READY);
    expect(page().heard.filter(({ kind }) => kind === 'run')).toEqual([]);
    expect(host.status.state).toBe('ready');
  });

  it('fails what waits for it where it can’t be opened again, and is tried anew', async () => {
    await resting();
    const answer = host.run(TASK, WANTED, ignore);
    answer.catch(() => undefined);
    page().events.gone('it ended (oom)');
    await expect(answer).rejects.toMatchObject({ code: 'compute_failed' });
    expect(host.status.state).toBe('failed');
    timers.runOut();
    await page().says(READY);
    expect(host.status.state).toBe('ready');
  });

  it('is opened to look for an adapter', async () => {
    await resting();
    host.lookForAdapter();
    await page().says({ ...READY, adapterError: null });
    expect(pages).toHaveLength(2);
  });
});

describe('a run', () => {
  it('takes its operands there and its product back as buffers', async () => {
    await ready();
    const { answer, job, runId } = await running();
    expect(job).toEqual(TASK);
    await page().says(done(runId));
    expect(await answer).toEqual(OUTCOME);
    expect(host.status).toMatchObject({ state: 'ready', progress: 0 });
    expect(timers.waits).toEqual([]);
  });

  it('tells its own progress, and no other’s', async () => {
    await ready();
    const { runId } = await running();
    await page().says(
      { kind: 'progress', runId, done: 0.25 },
      { kind: 'progress', runId: runId - 1, done: 0.75 },
    );
    expect(host.status).toMatchObject({ state: 'busy', progress: 0.25 });
  });

  it('fails with what the page reports', async () => {
    await ready();
    const { answer, runId } = await running();
    const error = {
      code: 'gpu_failed',
      message: 'no memory',
      remedy: 'wait',
      retryable: true,
      params: { why: 'memory' },
    };
    await page().says({ kind: 'done', runId, took: TOOK, result: { ok: false, error } });
    await expect(answer).rejects.toMatchObject({ code: 'gpu_failed', params: { why: 'memory' } });
  });

  it('is not ended by an answer that comes late, for a run before', async () => {
    await ready();
    const { runId, answer } = await running();
    await page().says(
      { kind: 'progress', runId, done: 0.25 },
      done(runId - 1, { ...OUTCOME, resultHash: '00'.repeat(32) }),
    );
    expect(host.status).toMatchObject({ state: 'busy', progress: 0.25 });
    await page().says(done(runId));
    expect(await answer).toMatchObject({ resultHash: OUTCOME.resultHash });
    await page().says(done(runId));
    expect(host.status.state).toBe('ready');
  });

  it('refuses an answer of another kind', async () => {
    await ready();
    const { answer, runId } = await running();
    await page().says(done(runId, { kind: 'rows', digests: [new Uint8Array(32)] }));
    await expect(answer).rejects.toMatchObject({ code: 'compute_failed' });
  });

  it.each<[string, (runId: number) => unknown]>([
    ['no object', () => 'done'],
    ['an unknown kind', (runId) => ({ kind: 'finished', runId })],
    ['a product that is no int32', (runId) => done(runId, { ...OUTCOME, product: [1, 2] })],
    ['a root that is no hash', (runId) => done(runId, { ...OUTCOME, resultHash: 'ab' })],
    ['a digest that is too short', (runId) => done(runId, { kind: 'rows', digests: [new Uint8Array(31)] })],
    ['progress beyond all', (runId) => ({ kind: 'progress', runId, done: 2 })],
    ['an adapter without its limits', () => ({ ...READY, adapter: { vendor: 'acme' } })],
  ])('is not touched by a message that does not parse: %s', async (_, malformed) => {
    await ready();
    const before = host.status;
    const { answer, runId } = await running();
    await page().says(malformed(runId));
    expect(errors).toEqual([expect.stringContaining('not understood')]);
    expect(host.status).toEqual({ ...before, state: 'busy' });
    await page().says(done(runId));
    await expect(answer).resolves.toEqual(OUTCOME);
  });

  it('that takes too long is given up, and its page with it', async () => {
    await ready();
    const { answer } = await running();
    expect(timers.waits).toEqual([600_000]);
    timers.runOut();
    await expect(answer).rejects.toMatchObject({ code: 'compute_timeout', params: { seconds: 600 } });
    expect([page().isDestroyed, host.status.state]).toEqual([true, 'failed']);
  });

  it('that is cancelled is told so, and ends as the page says', async () => {
    await ready();
    const abort = new AbortController();
    const { answer, runId } = await running(abort.signal);
    abort.abort();
    expect(await page().hears('cancel')).toEqual({ kind: 'cancel', runId });
    const error = { code: 'compute_cancelled', message: 'x', remedy: 'none', retryable: false, params: {} };
    await page().says({ kind: 'done', runId, took: TOOK, result: { ok: false, error } });
    await expect(answer).rejects.toMatchObject({ code: 'compute_cancelled' });
    expect([host.status.state, timers.waits]).toEqual(['ready', []]);
  });

  it('that is cancelled and does not stop takes its page down', async () => {
    await ready();
    const abort = new AbortController();
    const { answer } = await running(abort.signal);
    abort.abort();
    expect(timers.waits).toEqual([30_000]);
    timers.runOut();
    await expect(answer).rejects.toMatchObject({ code: 'compute_failed' });
    expect(page().isDestroyed).toBe(true);
  });

  it('is not begun once it is not wanted', async () => {
    await ready();
    const abort = new AbortController();
    abort.abort(new Error('paused'));
    await expect(host.run(TASK, abort.signal, ignore)).rejects.toThrow('paused');
    expect(host.status.state).toBe('ready');
  });

  it('may wait at the page behind others: each gets its own answer, and the page is busy until the last', async () => {
    await ready();
    const [first, second] = [await running(), await running()];
    await page().says(done(second.runId, { ...OUTCOME, resultHash: 'cd'.repeat(32) }));
    await expect(second.answer).resolves.toMatchObject({ resultHash: 'cd'.repeat(32) });
    expect(host.status.state).toBe('busy');
    await page().says(done(first.runId));
    await expect(first.answer).resolves.toMatchObject({ resultHash: OUTCOME.resultHash });
    expect([host.status.state, timers.waits]).toEqual(['ready', []]);
  });

  it('that takes too long is told so, and those behind it that the page failed', async () => {
    await ready();
    const first = await running();
    const [timeout] = timers.waits;
    const second = host.run(TASK, WANTED, ignore);
    timers.runOutFirst();
    await expect(first.answer).rejects.toMatchObject({ code: 'compute_timeout' });
    await expect(second).rejects.toMatchObject({ code: 'compute_failed', retryable: true });
    expect([timeout, page().isDestroyed]).toEqual([600_000, true]);
  });
});

describe('a host that is closed', () => {
  it('fails what is under way, ends the page, and starts none again', async () => {
    await ready();
    const { answer } = await running();
    host.close();
    await expect(answer).rejects.toMatchObject({ code: 'compute_cancelled' });
    await expect(host.run(TASK, WANTED, ignore)).rejects.toMatchObject({ code: 'compute_cancelled' });
    page().events.gone('it ended');
    host.start();
    expect([page().isDestroyed, pages.length, timers.waits]).toEqual([true, 1, []]);
  });
});
