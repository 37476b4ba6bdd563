import { known, type Probe, unknown } from '../machine/machine';
import type { DesktopBus } from './desktop-bus';
import type { DesktopSession } from './desktop-session';

// A figure that the system has at hand.
const EVERY_MS = 800;

/**
 * How long nobody has touched keyboard or mouse. On Wayland only the compositor knows; Mutter's says. Others' service
 * `org.freedesktop.ScreenSaver` is not asked: some give milliseconds for its seconds, and some always 0.
 * @param systemIdleSeconds Electron's, which asks Windows, macOS or the X server
 */
export function idleTime(
  session: DesktopSession,
  systemIdleSeconds: () => number,
  bus: DesktopBus | null,
): Probe<number> {
  return {
    everyMs: EVERY_MS,
    read: async () => {
      if (session === 'none') return unknown('no_display');
      if (session !== 'wayland') return known(systemIdleSeconds());
      const idleMs = await bus?.call(MUTTER).catch(() => null);
      return typeof idleMs === 'number' ? known(idleMs / 1000) : unknown('wayland');
    },
  };
}

const MUTTER = {
  destination: 'org.gnome.Mutter.IdleMonitor',
  path: '/org/gnome/Mutter/IdleMonitor/Core',
  interface: 'org.gnome.Mutter.IdleMonitor',
  member: 'GetIdletime',
  body: [],
};
