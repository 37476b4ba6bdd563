import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { LineWriter } from './line-writer';

/** A stream whose reader takes a chunk only when the test says so. */
function reader() {
  const taken: string[] = [];
  let take: (() => void) | null = null;
  const stream = new Writable({
    highWaterMark: 1024,
    write: (chunk, _encoding, done) => {
      take = () => {
        take = null;
        taken.push(String(chunk));
        done();
      };
    },
  });
  const writer = new LineWriter(stream, (count) => `${count} left out`);
  const takeAll = async (isDone = () => stream.writableLength === 0) => {
    for (let rounds = 0; rounds < 5000 && !isDone(); rounds++) {
      take?.();
      await Promise.resolve();
    }
  };
  return { stream, writer, taken, takeAll };
}

const KIB = 'x'.repeat(1023);

describe('lines for whoever may not read them', () => {
  it('come whole and in order to one who reads', async () => {
    const { writer, taken, takeAll } = reader();
    for (const line of ['one', 'two', 'three']) writer.write(line);
    await takeAll();
    expect(taken.join('')).toBe('one\ntwo\nthree\n');
  });

  it('do not pile up before one who does not: how many are missing is said once there is room', async () => {
    const { stream, writer, taken, takeAll } = reader();
    for (let line = 0; line < 10_000; line++) writer.write(KIB);
    expect(stream.writableLength).toBeLessThanOrEqual((1 << 20) + 2048);
    await takeAll();
    const before = taken.length;
    writer.write('the next');
    await takeAll();
    expect(taken.slice(before).join('')).toBe(`${10_000 - before} left out\nthe next\n`);
  });

  it('end without a word where the reader is gone', async () => {
    const { stream, writer } = reader();
    stream.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    await new Promise((resolve) => setImmediate(resolve));
    expect(() => writer.write('one')).not.toThrow();
    await writer.drained(new VirtualClock(), 1000);
  });

  it('are waited for at the end, but not for ever', async () => {
    const { writer, taken, takeAll } = reader();
    const clock = new VirtualClock();
    writer.write('one');
    let isRead = false;
    void writer.drained(clock, 1000).then(() => {
      isRead = true;
    });
    await takeAll(() => isRead);
    expect([taken.join(''), clock.waiting]).toEqual(['one\n', 0]);
    writer.write('two');
    const unread = writer.drained(clock, 1000);
    await clock.advance(1000);
    await unread;
  });
});
