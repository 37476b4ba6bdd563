import { describe, expect, it } from 'vitest';
import { KeepAwake, keepsAwake } from './keep-awake';

describe('the computer is kept awake', () => {
  it.each([
    ['mining', true],
    ['starting', false],
    ['paused', false],
    ['blocked', false],
    ['idle', false],
  ] as const)('only where it was chosen and results are getting accepted: %s', (kind, isAwake) => {
    expect(keepsAwake(true, { kind })).toBe(isAwake);
    expect(keepsAwake(false, { kind })).toBe(false);
  });

  it('by one hold at a time, which is let go of once, also at the end', () => {
    const calls: string[] = [];
    let last = 0;
    const keepAwake = new KeepAwake({
      start: (type) => {
        last += 1;
        calls.push(`${type} ${last}`);
        return last;
      },
      stop: (id) => {
        calls.push(`stop ${id}`);
        return true;
      },
    });
    for (const isWanted of [false, true, true, false, false, true]) keepAwake.set(isWanted);
    keepAwake.close();
    keepAwake.close();
    expect(calls).toEqual(['prevent-app-suspension 1', 'stop 1', 'prevent-app-suspension 2', 'stop 2']);
  });
});
