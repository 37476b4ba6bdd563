import type { FaultKind } from './faults';
import { type Outcome, Simulation } from './simulation';

/** A run that breaks the same invariant as another, with less. */
export type Smaller = { readonly kinds: readonly FaultKind[]; readonly outcome: Outcome };

/** Is told of each step, and ends the search where it takes too long. */
type Progress = { readonly tell: (what: string) => void; readonly isOver: () => boolean };

/**
 * Looks for a smaller run that breaks the same: each kind of fault is left out, and stays so where the invariant breaks
 * without it, in no more blocks.
 */
export async function shrink(
  seed: number,
  kinds: readonly FaultKind[],
  outcome: Outcome,
  { tell, isOver }: Progress,
): Promise<Smaller> {
  let smallest: Smaller = { kinds, outcome };
  for (const kind of kinds) {
    if (isOver()) break;
    const fewer = smallest.kinds.filter((other) => other !== kind);
    const tried = await runOnce(seed, fewer, smallest.outcome.blocks);
    if (tried.broken?.invariant !== outcome.broken?.invariant) continue;
    smallest = { kinds: fewer, outcome: tried };
    tell(`without ${kind} it breaks too, after ${tried.blocks} blocks`);
  }
  return smallest;
}

async function runOnce(seed: number, kinds: readonly FaultKind[], blocks: number): Promise<Outcome> {
  const simulation = new Simulation({ seed, kinds: new Set(kinds) });
  try {
    return await simulation.run(blocks);
  } finally {
    simulation.close();
  }
}
