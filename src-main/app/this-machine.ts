import type { Clock } from '../clock/clock';
import { hwmonSensors } from '../machine/hwmon';
import { linuxApps } from '../machine/linux-apps';
import { listedApps, MAC_LISTING, WINDOWS_LISTING } from '../machine/listed-apps';
import { known, type Machine, type Probe, unknown } from '../machine/machine';
import { nvidiaSensors } from '../machine/nvidia-smi';
import { Sensors } from '../machine/sensors';
import { X11FullScreen } from '../machine/x11-full-screen';
import { DesktopBus } from './desktop-bus';
import { type DesktopSession, desktopSession } from './desktop-session';
import { filmProbe } from './film';
import { idleTime } from './idle-time';
import { type PowerMonitor, powerSource } from './power-source';
import { sessionBusPath } from './session-bus';

type Parts = {
  readonly monitor: PowerMonitor & { getSystemIdleTime(): number };
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
};

// As often as the cheapest sensors are worth it.
const TEMPERATURE_EVERY_MS = 1600;

/** The machine that the app runs on, with its sensors. */
export function thisMachine({ monitor, platform, env, clock }: Parts): {
  readonly machine: Machine;
  readonly sensors: Sensors;
  readonly close: () => void;
} {
  const path = platform === 'linux' ? sessionBusPath(env) : null;
  const bus = path === null ? null : new DesktopBus(path, clock.after);
  const session = desktopSession(platform, env);
  const sensors = new Sensors(
    platform === 'linux' ? [hwmonSensors(), nvidiaSensors()] : [nvidiaSensors()],
    clock,
  );
  const machine: Machine = {
    idleSeconds: idleTime(session, () => monitor.getSystemIdleTime(), bus),
    film: filmProbe(platform, bus),
    power: powerSource(platform, monitor),
    fullScreen: fullScreen(session, clock),
    apps: apps(platform, clock),
    temperatureC: {
      everyMs: TEMPERATURE_EVERY_MS,
      read: async () => {
        const { temperatureC } = await sensors.read();
        return temperatureC === null ? unknown('no_sensor') : known(temperatureC);
      },
    },
  };
  return { machine, sensors, close: () => bus?.close() };
}

function fullScreen(session: DesktopSession, clock: Clock): Probe<boolean> {
  if (session === 'x11') return new X11FullScreen(clock);
  const why = session === 'wayland' ? 'wayland' : session === 'none' ? 'no_display' : 'system';
  return { everyMs: 60_000, read: async () => unknown(why) };
}

function apps(platform: NodeJS.Platform, clock: Clock): Probe<ReadonlySet<string>> {
  if (platform === 'win32') return listedApps(WINDOWS_LISTING);
  return platform === 'darwin' ? listedApps(MAC_LISTING) : linuxApps(clock);
}
