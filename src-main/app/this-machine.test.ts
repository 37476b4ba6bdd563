import { describe, expect, it, vi } from 'vitest';
import { known, unknown } from '../machine/machine';
import type { DesktopBus } from './desktop-bus';
import { desktopSession } from './desktop-session';
import { filmProbe } from './film';
import { idleTime } from './idle-time';
import { type PowerMonitor, powerSource } from './power-source';

/** A bus whose services answer by their names. */
const bus = (answers: Record<string, unknown>) =>
  ({
    call: async ({ destination }: { destination: string }) => {
      if (destination in answers) return answers[destination];
      throw new Error('no such service');
    },
  }) as unknown as DesktopBus; // all that is asked of it

describe('the session', () => {
  it.each([
    [{ DISPLAY: ':0' }, 'x11'],
    [{ DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0' }, 'wayland'],
    [{ DISPLAY: ':0', XDG_SESSION_TYPE: 'wayland' }, 'wayland'],
    [{ DISPLAY: '' }, 'none'],
  ] as const)('with %j is %s', (env, session) => {
    expect(desktopSession('linux', env)).toBe(session);
    expect(desktopSession('win32', env)).toBe('own');
  });
});

describe('how long nobody touched the computer', () => {
  it('is what the system says, and on Wayland what the compositor says', async () => {
    const mutter = bus({ 'org.gnome.Mutter.IdleMonitor': 90_500 });
    expect(await idleTime('x11', () => 12, null).read()).toEqual(known(12));
    expect(await idleTime('own', () => 13, null).read()).toEqual(known(13));
    expect(await idleTime('wayland', () => 0, mutter).read()).toEqual(known(90.5));
  });

  it('is not known on another Wayland desktop, nor without any', async () => {
    const other = bus({ 'org.freedesktop.ScreenSaver': 0 });
    expect(await idleTime('wayland', () => 0, other).read()).toEqual(unknown('wayland'));
    expect(await idleTime('wayland', () => 0, null).read()).toEqual(unknown('wayland'));
    expect(await idleTime('none', () => 0, other).read()).toEqual(unknown('no_display'));
  });
});

describe('a film or a call', () => {
  it('is seen where GNOME or Plasma tells of it', async () => {
    const read = (answers: Record<string, unknown>) => filmProbe('linux', bus(answers)).read();
    expect(await read({ 'org.gnome.SessionManager': true })).toEqual(known(true));
    expect(await read({ 'org.kde.Solid.PowerManagement.PolicyAgent': false })).toEqual(known(false));
    expect(await read({})).toEqual(unknown('no_film_service'));
    expect(await filmProbe('linux', null).read()).toEqual(unknown('no_film_service'));
    expect(await filmProbe('win32', null).read()).toEqual(unknown('system'));
  });
});

describe('the power', () => {
  const monitor = (isOnBattery: boolean) => {
    const listeners = new Map<string, () => void>();
    return {
      isOnBatteryPower: () => isOnBattery,
      on: (event: string, listener: () => void) => listeners.set(event, listener),
      removeListener: (event: string) => listeners.delete(event),
      listeners,
    } satisfies PowerMonitor & { listeners: unknown };
  };

  it('is told at once where it changes, as long as somebody watches', () => {
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      const system = monitor(false);
      const changed = vi.fn();
      const stop = powerSource(platform, system).watch?.(changed);
      system.listeners.get('on-battery')?.();
      system.listeners.get('on-ac')?.();
      expect(changed).toHaveBeenCalledTimes(2);
      stop?.();
      expect(system.listeners.size).toBe(0);
    }
  });

  it('is the battery’s where the system says so, without asking whether there is one', async () => {
    expect(await powerSource('win32', monitor(true)).read()).toEqual(known('battery'));
  });
});
