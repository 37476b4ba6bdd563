import { linuxPower } from '../machine/linux-power';
import { known, type Probe, unknown } from '../machine/machine';
import { runProgram } from '../machine/run-program';

/** Electron's `powerMonitor`, as far as it is used. */
export type PowerMonitor = {
  isOnBatteryPower(): boolean;
  on(event: 'on-ac' | 'on-battery', listener: () => void): unknown;
  removeListener(event: 'on-ac' | 'on-battery', listener: () => void): unknown;
};

const EVERY_MS = 800;

/** What says whether there is a battery at all, where Electron says only whether it is in use. */
const BATTERY = {
  darwin: { program: '/usr/bin/pmset', args: ['-g', 'batt'], has: /InternalBattery/ },
  win32: {
    program: 'powershell.exe',
    args: ['-NoProfile', '-NonInteractive', '-Command', '@(Get-CimInstance Win32_Battery).Count'],
    has: /^[1-9]/,
  },
} as const;

/** Whether the machine runs on its battery; a change is told at once where the system tells Electron. */
export function powerSource(platform: NodeJS.Platform, monitor: PowerMonitor): Probe<'mains' | 'battery'> {
  const watch = (onChange: () => void) => {
    monitor.on('on-ac', onChange);
    monitor.on('on-battery', onChange);
    return () => {
      monitor.removeListener('on-ac', onChange);
      monitor.removeListener('on-battery', onChange);
    };
  };
  // Electron takes a Linux machine for one on the mains where nobody tells it.
  if (platform === 'linux') return { ...linuxPower(), watch };
  let hasBattery: Promise<boolean> | null = null;
  return {
    everyMs: EVERY_MS,
    watch,
    read: async () => {
      if (monitor.isOnBatteryPower()) return known('battery');
      hasBattery ??= findBattery(platform);
      return (await hasBattery) ? known('mains') : unknown('no_battery');
    },
  };
}

/** Asked once. Where that is not answered there may be one, which is on the mains. */
async function findBattery(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'darwin' && platform !== 'win32') return true;
  const { program, args, has } = BATTERY[platform];
  const printed = await runProgram(program, args);
  return printed === null || printed === 'missing' || has.test(printed.trim());
}
