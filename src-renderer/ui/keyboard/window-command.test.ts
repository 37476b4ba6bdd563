import { describe, expect, it } from 'vitest';
import { windowCommand } from './window-command';

const pressed = (
  key: string,
  code: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {},
) => ({ key, code, ctrlKey: true, metaKey: false, altKey: false, ...held });

describe('a key in the window', () => {
  it('quits with Ctrl+Q, on a Russian keyboard too', () => {
    expect(windowCommand(pressed('q', 'KeyQ'), false)).toBe('quit');
    expect(windowCommand(pressed('й', 'KeyQ'), false)).toBe('quit');
  });

  it('goes by the letter where there is a Latin one: Ctrl+A on a French keyboard selects, and Q is elsewhere', () => {
    expect(windowCommand(pressed('a', 'KeyQ'), false)).toBeNull();
    expect(windowCommand(pressed('q', 'KeyA'), false)).toBe('quit');
  });

  it('is taken with Command instead on a Mac', () => {
    expect(windowCommand(pressed('q', 'KeyQ', { ctrlKey: false, metaKey: true }), true)).toBe('quit');
    expect(windowCommand(pressed('q', 'KeyQ'), true)).toBeNull();
  });

  it.each([
    ['=', 'Equal', 'zoomIn'],
    ['+', 'NumpadAdd', 'zoomIn'],
    ['-', 'Minus', 'zoomOut'],
    ['0', 'Digit0', 'zoomReset'],
  ] as const)('zooms with Ctrl and %s', (key, code, command) => {
    expect(windowCommand(pressed(key, code), false)).toBe(command);
  });

  it('is typed where Ctrl is not held, or Alt is, as AltGr has it', () => {
    expect(windowCommand(pressed('q', 'KeyQ', { ctrlKey: false }), false)).toBeNull();
    expect(windowCommand(pressed('@', 'KeyQ', { altKey: true }), false)).toBeNull();
  });
});
