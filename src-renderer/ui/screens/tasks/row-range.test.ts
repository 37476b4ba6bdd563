import { describe, expect, it } from 'vitest';
import { rowRange, windowOffset } from './row-range';
import { WINDOW_ROWS } from './use-task-window';

const ROW = 32;

describe('the windowed list', () => {
  it('renders the rows in sight and a few around them, however many there are', () => {
    expect(rowRange(50_000 * ROW, 640, ROW, 100_000)).toEqual({ first: 49_996, end: 50_024 });
  });

  it('stays within the list', () => {
    expect(rowRange(0, 640, ROW, 5)).toEqual({ first: 0, end: 5 });
    expect(rowRange(0, 640, ROW, 0)).toEqual({ first: 0, end: 0 });
  });

  it('fetches a window that holds every row in sight', () => {
    for (let row = 0; row < 1000; row += 1) {
      const { first, end } = rowRange(row * ROW, 1600, ROW, 100_000);
      const offset = windowOffset(first);
      expect(offset).toBeLessThanOrEqual(first);
      expect(end).toBeLessThanOrEqual(offset + WINDOW_ROWS);
    }
  });
});
