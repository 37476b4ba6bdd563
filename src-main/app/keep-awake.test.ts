import { describe, expect, it } from 'vitest';
import { known, unknown } from '../machine/machine';
import { KeepAwake, keepsAwake } from './keep-awake';

describe('the computer is kept awake', () => {
  it.each([
    ['mining', true],
    ['finishing', true],
    ['starting', false],
    ['paused', false],
    ['blocked', false],
    ['idle', false],
  ] as const)('only where it was chosen and results are getting accepted: %s', (kind, isAwake) => {
    expect(keepsAwake(true, { kind }, known('mains'))).toBe(isAwake);
    expect(keepsAwake(false, { kind }, known('mains'))).toBe(false);
  });

  it('never on battery, nor before it is known whether it is', () => {
    const mining = { kind: 'mining' } as const;
    expect(keepsAwake(true, mining, known('battery'))).toBe(false);
    expect(keepsAwake(true, mining, null)).toBe(false);
    expect(keepsAwake(true, mining, unknown('no_battery'))).toBe(true);
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
