import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { powerMonitor } from 'electron';

const SUPPLIES = '/sys/class/power_supply';

/** What the computer runs on; on Linux a system without any supply to look at, as in a container, doesn't say. */
export function powerSource(): 'mains' | 'battery' | 'unknown' {
  if (process.platform === 'linux' && kindsOfSupplies().length === 0) return 'unknown';
  return powerMonitor.isOnBatteryPower() ? 'battery' : 'mains';
}

function kindsOfSupplies(): string[] {
  try {
    return readdirSync(SUPPLIES).map((name) => readFileSync(join(SUPPLIES, name, 'type'), 'utf8').trim());
  } catch {
    return [];
  }
}
