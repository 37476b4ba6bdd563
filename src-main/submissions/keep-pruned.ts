import type { Database } from '../storage/database';
import { PRUNING, pruneJournal } from './journal-pruning';

const FIRST_MS = 60_000;
const EVERY_MS = 10 * 60_000;
// Between two batches, so that a long absence's worth of old tasks does not hold everything else up.
const BREATH_MS = 200;

/** Prunes the journal now and then; survives a failure. @returns the function that stops it */
export function keepPruned(database: Database, onError: (error: unknown) => void): () => void {
  let timer = setTimeout(prune, FIRST_MS);
  function prune(): void {
    let more = false;
    try {
      const { emptied, deleted } = pruneJournal(database);
      more = emptied === PRUNING.batch || deleted === PRUNING.batch;
    } catch (error) {
      onError(error);
    }
    timer = setTimeout(prune, more ? BREATH_MS : EVERY_MS);
  }
  return () => clearTimeout(timer);
}
