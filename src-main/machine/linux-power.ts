import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { known, type Probe, type Reading, unknown } from './machine';

const MOST_SUPPLIES = 32;

type Supply = { readonly isBattery: boolean; readonly isOnline: boolean; readonly isDischarging: boolean };

/** Whether the machine runs on its battery, by what Linux shows of its power supplies (`sysfs-class-power`). */
export function linuxPower(folder = '/sys/class/power_supply'): Probe<'mains' | 'battery'> {
  return {
    everyMs: 800,
    read: async () => sourceOf((await suppliesIn(folder)).filter((supply) => supply !== null)),
  };
}

function sourceOf(supplies: readonly Supply[]): Reading<'mains' | 'battery'> {
  const batteries = supplies.filter(({ isBattery }) => isBattery);
  if (batteries.length === 0) return unknown('no_battery');
  if (supplies.some(({ isBattery, isOnline }) => !isBattery && isOnline)) return known('mains');
  // Without a word of the mains: a battery that is charged, or full, is fed by something.
  return known(batteries.some(({ isDischarging }) => isDischarging) ? 'battery' : 'mains');
}

async function suppliesIn(folder: string): Promise<(Supply | null)[]> {
  const names = await readdir(folder).catch(() => []);
  return Promise.all(names.slice(0, MOST_SUPPLIES).map((name) => supplyIn(join(folder, name))));
}

/** Null for the battery of a mouse, or what is no supply. */
async function supplyIn(folder: string): Promise<Supply | null> {
  const text = async (file: string) => (await readFile(join(folder, file), 'utf8').catch(() => '')).trim();
  const [type, scope] = [await text('type'), await text('scope')];
  if (type === '' || scope === 'Device') return null;
  if (type !== 'Battery' && type !== 'UPS')
    return { isBattery: false, isOnline: (await text('online')) === '1', isDischarging: false };
  if ((await text('present')) === '0') return null;
  return { isBattery: true, isOnline: false, isDischarging: (await text('status')) === 'Discharging' };
}
