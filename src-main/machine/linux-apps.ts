import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plainAppName } from '../../src-shared/pause-rules/app-names';
import type { Clock } from '../clock/clock';
import { known, type Probe, unknown } from './machine';

// A process that is new may still become another program; names of old ones change rarely.
const YOUNG_MS = 3000;
const LOOK_AGAIN_MS = 15_000;
const MOST_PROCESSES = 20_000;

type Process = { names: readonly string[]; readonly seenMs: number; readMs: number };

/** What runs, by `/proc` (proc(5)): of each process its name, and that of its program. Most are read but once. */
export function linuxApps(
  { monotonic }: Pick<Clock, 'monotonic'>,
  folder = '/proc',
): Probe<ReadonlySet<string>> {
  let processes = new Map<string, Process>();
  return {
    everyMs: 800,
    read: async () => {
      const now = monotonic();
      const ids = (await readdir(folder)).filter((name) => /^\d+$/.test(name)).slice(0, MOST_PROCESSES);
      if (ids.length === 0) return unknown('failed');
      const found = new Map<string, Process>();
      for (const id of ids) {
        const before = processes.get(id);
        const process = before ?? { names: [], seenMs: now, readMs: Number.NEGATIVE_INFINITY };
        const isYoung = now - process.seenMs < YOUNG_MS;
        if (isYoung || now - process.readMs >= LOOK_AGAIN_MS) {
          process.names = await namesOf(join(folder, id));
          process.readMs = now;
        }
        found.set(id, process);
      }
      processes = found;
      return known(new Set([...found.values()].flatMap(({ names }) => names)));
    },
  };
}

/** None for a thread of the kernel's, and what has ended meanwhile. */
async function namesOf(folder: string): Promise<string[]> {
  try {
    const [program = ''] = (await readFile(join(folder, 'cmdline'), 'utf8')).split('\0', 1);
    if (program === '') return [];
    // What the process calls itself, cut at 15 characters by the kernel.
    const name = await readFile(join(folder, 'comm'), 'utf8');
    // Some write all their arguments into the first.
    const [path = ''] = program.split(' -', 1);
    return [...new Set([plainAppName(name), plainAppName(path)])].filter((plain) => plain !== '');
  } catch {
    return [];
  }
}
