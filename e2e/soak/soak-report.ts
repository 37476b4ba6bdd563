import type { TaskRecord } from '../../src-main/submissions/task-record';
import type { Holdings, Tally } from '../driver/world/tally';

type SoakOutcome = {
  readonly blocks: number;
  readonly seed: number;
  readonly befell: Readonly<Record<string, number>>;
  readonly held: Holdings;
  readonly tally: Tally;
  readonly tasks: readonly TaskRecord[];
};

const SHOWN_CASES = 12;

/** Prints what became of a soak. @returns the exit code: 1 where a result was lost or paid for twice */
export function reportSoak({ blocks, seed, befell, held, tally, tasks }: SoakOutcome): number {
  const lines: [string, string | number | bigint][] = [
    ['blocks under faults', blocks],
    ['seed', seed],
    ['what befell', list(befell)],
    ['tasks planned', tally.planned],
    ['how they ended', list(endings(tasks))],
    ['results in the chain', held.results.length],
    ['tasks proved', tally.proved],
    ['tasks lost', tally.lost.length],
    ['tasks duplicated', tally.duplicated.length],
    ['tasks unfinished', tally.unfinished.length],
    ['fees paid, units', tally.feesPaidUnits],
    ['fees expected, units', tally.feesExpectedUnits],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  for (const [name, value] of lines) console.log(`${name.padEnd(width)}  ${value}`);
  const wrong = [
    ...tally.lost,
    ...tally.duplicated.map((id) => `${id} is in the chain twice`),
    ...tally.unfinished,
  ];
  for (const one of wrong.slice(0, SHOWN_CASES)) console.log(`  ${one}`);
  return wrong.length === 0 && tally.feesPaidUnits === tally.feesExpectedUnits && tally.proved > 0 ? 0 : 1;
}

/** Tasks by their state, and by the code of the reason where they did not get to the proof. */
function endings(tasks: readonly TaskRecord[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state, reason } of tasks) {
    const ending = state === 'proved' || reason === null ? state : `${state} (${reason.code})`;
    counts[ending] = (counts[ending] ?? 0) + 1;
  }
  return counts;
}

function list(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
