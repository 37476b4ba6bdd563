import { parseSimulateArguments, USAGE } from './arguments';
import type { FaultKind } from './faults';
import { verifyEachOnce } from './quick-signatures';
import { shrink } from './shrink';
import { type Outcome, Simulation } from './simulation';

// As the other commands say that theirs is wrong.
const WRONG_USAGE = 2;
// A smaller run is worth a wait, and not a long one.
const SHRINKING_MS = 120_000;

// `npm run simulate`, in a process of its own.
process.exit(await main(process.argv.slice(2)));

/** @returns the exit code: 1 where an invariant broke */
async function main(args: readonly string[]): Promise<number> {
  const asked = parseSimulateArguments(args);
  if (asked.kind === 'help') console.log(USAGE);
  if (asked.kind === 'error') console.error(`${asked.message}\n\n${USAGE}`);
  if (asked.kind !== 'run') return asked.kind === 'help' ? 0 : WRONG_USAGE;
  await verifyEachOnce();
  const { seed, kinds, blocks, minutes, isTold } = asked;
  const simulation = new Simulation({ seed, kinds: new Set(kinds), isTold });
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, simulation.stray);
  const began = performance.now();
  const isOver = () => minutes !== null && performance.now() - began > minutes * 60_000;
  try {
    const outcome = await simulation.run(blocks, isOver);
    print(outcome, seed, (performance.now() - began) / 1000);
    if (outcome.broken !== null) await explain(outcome, seed, kinds);
    simulation.close();
    console.log(outcome.digest);
    return outcome.broken === null ? 0 : 1;
  } catch (error) {
    simulation.close();
    throw error;
  }
}

function print({ blocks, counts, tally }: Outcome, seed: number, seconds: number): void {
  const { user, system } = process.cpuUsage();
  const lines: [string, string | number][] = [
    ['blocks', blocks],
    ['seed', seed],
    ['blocks/s', Math.round(blocks / seconds)],
    ['blocks/s of processor', Math.round((blocks * 1e6) / (user + system))],
    ['what befell', counts.map(([kind, times]) => `${kind} ${times}`).join(', ')],
    ['results sent', tally.sent],
    ['in the chain', tally.inChain],
    ['proved', tally.proved],
    ['lost', tally.lost.length],
    ['paid twice', tally.paidTwice],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  for (const [name, value] of lines) console.log(`${name.padEnd(width)}  ${value}`);
}

/** What broke, what came just before, and the smallest run that shows it. */
async function explain(outcome: Outcome, seed: number, kinds: readonly FaultKind[]): Promise<void> {
  console.log(outcome.last.map((line) => `  ${line}`).join('\n'));
  console.log(`✗ ${outcome.broken?.message}`);
  const byMs = performance.now() + SHRINKING_MS;
  const smallest = await shrink(seed, kinds, outcome, {
    tell: (what) => console.log(`  ${what}`),
    isOver: () => performance.now() > byMs,
  });
  const faults = smallest.kinds.length === 0 ? 'none' : smallest.kinds.join();
  console.log(
    `  npm run -s simulate -- --blocks ${smallest.outcome.blocks} --seed ${seed} --faults ${faults}`,
  );
}
