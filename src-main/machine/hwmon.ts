import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SensorSource } from './sensors';

/** Chips of processors and graphics cards by the kernel's names; a disk's or a radio's heat is not ours. */
const CHIPS: ReadonlySet<string> = new Set([
  'amdgpu',
  'nouveau',
  'xe',
  'i915',
  'radeon',
  'coretemp',
  'k10temp',
  'zenpower',
  'cpu_thermal',
]);
const MOST_CHIPS = 32;
const MOST_DEGREES = 150;
const MOST_WATTS = 2000;

/**
 * The sensors that Linux shows in files (kernel documentation, "hwmon sysfs interface"): temperatures in thousandths of
 * a degree Celsius, power in millionths of a watt. Of each chip its first temperature, which is the package's or the
 * edge's: hot spots are hotter than what limits are known for.
 */
export function hwmonSensors(folder = '/sys/class/hwmon'): SensorSource {
  return {
    // Some small files of the kernel's, without any process.
    everyMs: 1500,
    read: async () => {
      const chips = await Promise.all((await namesIn(folder)).map((name) => chipIn(join(folder, name))));
      const degrees = chips.flatMap(({ milliC }) => plausible(milliC, 1000, MOST_DEGREES));
      const watts = chips.flatMap(({ microW }) => plausible(microW, 1_000_000, MOST_WATTS));
      return {
        temperatureC: degrees.length === 0 ? null : Math.max(...degrees),
        powerW: watts.length === 0 ? null : watts.reduce((sum, watt) => sum + watt, 0),
      };
    },
  };
}

type Chip = { readonly milliC: string | null; readonly microW: string | null };

async function chipIn(folder: string): Promise<Chip> {
  const name = await textOf(join(folder, 'name'));
  if (name === null || !CHIPS.has(name)) return { milliC: null, microW: null };
  return {
    milliC: await firstOf(folder, ['temp1_input', 'temp2_input']),
    microW: await firstOf(folder, ['power1_average', 'power1_input']),
  };
}

async function firstOf(folder: string, files: readonly string[]): Promise<string | null> {
  for (const file of files) {
    const text = await textOf(join(folder, file));
    if (text !== null) return text;
  }
  return null;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).slice(0, MOST_CHIPS);
  } catch {
    return [];
  }
}

async function textOf(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    return null;
  }
}

/** The figure in its unit; none where a broken sensor says what can't be. */
function plausible(text: string | null, scale: number, most: number): number[] {
  const value = text === null || text === '' ? Number.NaN : Number(text) / scale;
  return value > 0 && value < most ? [value] : [];
}
