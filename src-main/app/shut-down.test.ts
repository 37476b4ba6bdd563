import { expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { ShutDown } from './shut-down';

it('closes what was opened, the newest first, each once the one before is closed', async () => {
  const closed: string[] = [];
  const shutDown = new ShutDown(new VirtualClock(), () => undefined);
  shutDown.add('the database', () => void closed.push('the database'));
  shutDown.add('the network', async () => {
    await Promise.resolve();
    closed.push('the network');
  });
  shutDown.add('the window', () => void closed.push('the window'));
  expect(shutDown.begun).toBe(false);
  await shutDown.run();
  expect(shutDown.begun).toBe(true);
  expect(closed).toEqual(['the window', 'the network', 'the database']);
});

it('skips no step because another fails, and says which failed', async () => {
  const closed: string[] = [];
  const errors: unknown[] = [];
  const shutDown = new ShutDown(new VirtualClock(), (error) => errors.push(error));
  shutDown.add('the database', () => void closed.push('the database'));
  shutDown.add('the network', () => Promise.reject(new Error('gone')));
  shutDown.add('the window', () => {
    throw new Error('destroyed');
  });
  await shutDown.run();
  expect(closed).toEqual(['the database']);
  expect(errors.map(String)).toEqual([
    'Error: closing the window failed',
    'Error: closing the network failed',
  ]);
});

it('runs once, however often it is asked for', async () => {
  let times = 0;
  const shutDown = new ShutDown(new VirtualClock(), () => undefined);
  shutDown.add('the database', () => {
    times += 1;
  });
  await Promise.all([shutDown.run(), shutDown.run()]);
  expect(times).toBe(1);
});

it('waits no longer than five seconds in all for what does not come to its end, and closes the rest all the same', async () => {
  const clock = new VirtualClock();
  const closed: string[] = [];
  const errors: unknown[] = [];
  const shutDown = new ShutDown(clock, (error) => errors.push(error));
  shutDown.add('the database', () => void closed.push('the database'));
  shutDown.add('the network', () => new Promise(() => undefined));
  shutDown.add('the window', () => new Promise(() => undefined));
  void shutDown.run();
  await clock.advance(4999);
  expect([closed, shutDown.isOver]).toEqual([[], false]);
  await clock.advance(1);
  expect([closed, shutDown.isOver]).toEqual([['the database'], true]);
  expect(errors.map(String)).toEqual([
    'Error: closing the window took too long',
    'Error: closing the network took too long',
  ]);
});

it('waits for nothing where the session ends, whether it has begun or not', async () => {
  for (const begun of [false, true]) {
    const clock = new VirtualClock();
    const closed: string[] = [];
    const shutDown = new ShutDown(clock, () => undefined);
    shutDown.add('the database', () => void closed.push('the database'));
    shutDown.add('the network', () => new Promise(() => void closed.push('the network')));
    if (begun) void shutDown.run();
    shutDown.runNow();
    expect([closed, shutDown.begun, shutDown.isOver]).toEqual([['the network', 'the database'], true, true]);
    await clock.advance(60_000);
    expect(closed).toEqual(['the network', 'the database']);
  }
});
