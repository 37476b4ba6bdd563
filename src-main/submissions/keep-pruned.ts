import { repeat } from '../async/repeat';
import type { Clock } from '../clock/clock';
import type { Database } from '../storage/database';
import { PRUNING, pruneJournal } from './journal-pruning';

const FIRST_MS = 60_000;
const EVERY_MS = 10 * 60_000;
// Between two batches, so that a long absence's worth of old tasks does not hold everything else up.
const BREATH_MS = 200;

/** Prunes the journal now and then; survives a failure. @returns the function that stops it */
export function keepPruned(
  database: Database,
  clock: Clock,
  onError: (error: unknown) => void,
  limits = PRUNING,
): () => void {
  const prune = (): number => {
    const { emptied, deleted } = pruneJournal(database, limits);
    return emptied === limits.batch || deleted === limits.batch ? BREATH_MS : EVERY_MS;
  };
  return repeat(clock, FIRST_MS, prune, { otherwiseMs: EVERY_MS, onError });
}
