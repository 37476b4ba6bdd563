import { expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { ToolTipPace } from './tool-tip-pace';

it('on Linux lets figures wait for five minutes, for the sake of an open menu, and a new state for nothing', async () => {
  const clock = new VirtualClock();
  const pace = new ToolTipPace('linux', clock.monotonic);
  expect(pace.isDue('Mining 1', 'mining')).toBe(true);
  await clock.advance(299_999);
  expect(pace.isDue('Mining 2', 'mining')).toBe(false);
  await clock.advance(1);
  expect(pace.isDue('Mining 3', 'mining')).toBe(true);
  expect(pace.isDue('Paused 3', 'paused')).toBe(true);
});

it('elsewhere shows each figure at once, and none twice', () => {
  const pace = new ToolTipPace('win32', new VirtualClock().monotonic);
  expect(['1', '2', '2', '3'].map((figure) => pace.isDue(figure, 'mining'))).toEqual([
    true,
    true,
    false,
    true,
  ]);
});
