import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Area, keptWindowSchema, leastSize, placeWindow } from './window-place';

const DESK: Area = { x: 0, y: 0, width: 1920, height: 1040 };
const RIGHT: Area = { x: 1920, y: 100, width: 1280, height: 1000 };
const NETBOOK: Area = { x: 0, y: 32, width: 1024, height: 568 };
const SCALED: Area = { x: 0, y: 0, width: 911, height: 480 };

const left = (x: number, y: number, width: number, height: number) => ({ bounds: { x, y, width, height } });

describe('the place of the window', () => {
  it('is of the usual size and chosen by the system at first', () => {
    expect(placeWindow(null, [DESK])).toEqual({ width: 1280, height: 800 });
  });

  it('is where it was left, on whichever monitor', () => {
    expect(placeWindow(left(100, 50, 1000, 700), [DESK])).toEqual({
      x: 100,
      y: 50,
      width: 1000,
      height: 700,
    });
    expect(placeWindow(left(2000, 150, 1000, 700), [DESK, RIGHT])).toMatchObject({ x: 2000, y: 150 });
  });

  it('is chosen by the system, in the same size, where the monitor is gone', () => {
    expect(placeWindow(left(2000, 150, 1000, 700), [DESK])).toEqual({ width: 1000, height: 700 });
    expect(placeWindow(left(-3000, 0, 1000, 700), [DESK])).toEqual({ width: 1000, height: 700 });
    expect(placeWindow(left(100, 5000, 1000, 700), [DESK])).toEqual({ width: 1000, height: 700 });
  });

  it.each([
    ['a small screen', NETBOOK],
    ['a screen at one and a half', SCALED],
  ])('has room on %s, its title bar included, as has the least size', (_name, area) => {
    for (const size of [
      placeWindow(null, [area]),
      placeWindow(left(0, 40, 1900, 1000), [area]),
      leastSize([area]),
    ]) {
      expect(size.width).toBeLessThanOrEqual(area.width);
      expect(size.height).toBeLessThan(area.height);
    }
  });

  it('can be made as small as every monitor needs it', () => {
    expect(leastSize([DESK])).toEqual({ width: 960, height: 640 });
    expect(leastSize([DESK, SCALED])).toEqual({ width: 911, height: 440 });
  });

  it('is on a monitor, and no larger than it, wherever it was left and whatever monitors there are now', () => {
    const area = fc.record({
      x: fc.integer({ min: -5000, max: 5000 }),
      y: fc.integer({ min: -5000, max: 5000 }),
      width: fc.integer({ min: 320, max: 5000 }),
      height: fc.integer({ min: 240, max: 3000 }),
    });
    fc.assert(
      fc.property(area, fc.array(area, { minLength: 1, maxLength: 3 }), (bounds, areas) => {
        const { x, y, width, height } = placeWindow({ bounds }, areas);
        const fits = (monitor: Area) =>
          width <= monitor.width &&
          height <= monitor.height &&
          (x === undefined ||
            y === undefined ||
            (x >= monitor.x &&
              y >= monitor.y &&
              x + width <= monitor.x + monitor.width &&
              y + height <= monitor.y + monitor.height));
        return areas.some(fits);
      }),
    );
  });

  it('is forgotten where what was kept is none', () => {
    expect(
      keptWindowSchema.safeParse({ bounds: { x: 0, y: 0, width: 0, height: 5 }, maximized: false, zoom: 1 })
        .success,
    ).toBe(false);
    expect(keptWindowSchema.safeParse({ ...left(0, 0, 10, 10), maximized: true, zoom: 40 }).success).toBe(
      false,
    );
  });
});
