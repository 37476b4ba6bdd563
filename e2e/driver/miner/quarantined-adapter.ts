import { join } from 'node:path';
import { AdapterRecord } from '../../../src-main/compute/adapter-record';
import { openDatabase } from '../../../src-main/storage/database';
import { KernelChoices } from '../../../src-main/storage/kernel-choices';
import { MOST_FAILURES, Quarantine } from '../../../src-main/storage/quarantine';
import type { AppState } from '../../../src-shared/state/state';

/**
 * Puts the adapter that an app found into quarantine, as wrong results of the last minutes would have.
 * @param profile of an app that has ended
 * @param state what that app said
 */
export function quarantineAdapter(profile: string, { compute, app }: AppState): void {
  const [{ adapter, driver } = { adapter: null, driver: null }] = compute.lanes;
  if (adapter === null) throw new Error('the app found no adapter');
  const now = Date.now();
  const { database } = openDatabase(join(profile, 'miner.sqlite'), now);
  const record = new AdapterRecord(
    { ...adapter, driver, appVersion: app.appVersion, ordinal: 0 },
    new KernelChoices(database),
    new Quarantine(database),
    now,
  );
  for (let failure = 0; failure < MOST_FAILURES; failure += 1)
    record.addFailure({ atMs: now - 60_000 + failure, matrixSize: 64, why: 'product' });
  database.close();
}
