import { join } from 'node:path';
import { openDatabase } from '../../../src-main/storage/database';
import { pruneJournal } from '../../../src-main/submissions/journal-pruning';

/**
 * Lets go of the evidence of every ended task, as days of mining would, under an app that runs but does not mine.
 * @param profile of that app
 */
export function pruneEvidence(profile: string): void {
  const { database } = openDatabase(join(profile, 'miner.sqlite'), Date.now());
  pruneJournal(database, { whole: 0, rows: 100_000, batch: 100_000 });
  database.close();
}
