import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { Openings } from './openings';

it('tells of what was asked before anybody listened, and then of each start and event as it comes', () => {
  const app = new EventEmitter();
  const openings = new Openings(app, ['app', 'a.cpcreceipt'], '/home/first');
  const preventDefault = vi.fn();
  app.emit('open-file', { preventDefault }, '/early.cpcreceipt');
  const told: unknown[] = [];
  openings.listen((args, folder) => told.push([args, folder]));
  app.emit('second-instance', {}, ['app', 'b.cpcreceipt'], '/home/second');
  app.emit('open-url', { preventDefault }, 'cpcminer://task/1');
  expect(told).toEqual([
    [['app', 'a.cpcreceipt'], '/home/first'],
    [['/early.cpcreceipt'], '/home/first'],
    [['app', 'b.cpcreceipt'], '/home/second'],
    [['cpcminer://task/1'], '/home/first'],
  ]);
  expect(preventDefault).toHaveBeenCalledTimes(2);
});
