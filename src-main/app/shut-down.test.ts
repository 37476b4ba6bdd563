import { expect, it } from 'vitest';
import { ShutDown } from './shut-down';

it('closes what was opened, the newest first, each once the one before is closed', async () => {
  const closed: string[] = [];
  const shutDown = new ShutDown(() => undefined);
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
  const shutDown = new ShutDown((error) => errors.push(error));
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
  const shutDown = new ShutDown(() => undefined);
  shutDown.add('the database', () => {
    times += 1;
  });
  await Promise.all([shutDown.run(), shutDown.run()]);
  expect(times).toBe(1);
});
