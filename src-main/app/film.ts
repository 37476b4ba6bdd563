import { known, type Probe, type Reading, unknown } from '../machine/machine';
import { runProgram } from '../machine/run-program';
import type { DesktopBus } from './desktop-bus';

// It begins with a click, which is activity by itself; only later does it matter.
const EVERY_MS = 4000;

/** Desktops' services that know whether somebody keeps the screen on, each with its own number for that. */
const SERVICES = [
  {
    destination: 'org.gnome.SessionManager',
    path: '/org/gnome/SessionManager',
    interface: 'org.gnome.SessionManager',
    member: 'IsInhibited',
    // "Inhibit the session being marked as idle".
    body: [8],
  },
  {
    destination: 'org.kde.Solid.PowerManagement.PolicyAgent',
    path: '/org/kde/Solid/PowerManagement/PolicyAgent',
    interface: 'org.kde.Solid.PowerManagement.PolicyAgent',
    member: 'HasInhibition',
    // `ChangeScreenSettings`.
    body: [4],
  },
] as const;

/**
 * Whether a film or a call keeps the screen on. What keeps only the machine from sleeping, as this app may, is neither.
 * @param bus the session's, on Linux
 */
export function filmProbe(platform: NodeJS.Platform, bus: DesktopBus | null): Probe<boolean> {
  return {
    everyMs: EVERY_MS,
    read: async () => {
      if (platform === 'linux') return byDesktop(bus);
      // Windows tells it to administrators alone (`powercfg /requests`).
      return platform === 'darwin'
        ? byAssertions(await runProgram('/usr/bin/pmset', ['-g', 'assertions']))
        : unknown('system');
    },
  };
}

async function byDesktop(bus: DesktopBus | null): Promise<Reading<boolean>> {
  if (bus === null) return unknown('no_film_service');
  for (const service of SERVICES) {
    const answer = await bus.call(service).catch(() => null);
    if (typeof answer === 'boolean') return known(answer);
  }
  return unknown('no_film_service');
}

function byAssertions(printed: string | null): Reading<boolean> {
  const on = /PreventUserIdleDisplaySleep\s+(\d)/.exec(printed ?? '')?.[1];
  return on === undefined ? unknown('failed') : known(on !== '0');
}
