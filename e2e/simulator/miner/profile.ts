import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALICE } from '../../../src-main/devnet/test-network';
import { openDatabase } from '../../../src-main/storage/database';
import { SettingsStore } from '../../../src-main/storage/settings-store';
import { NODE_URL } from '../chain/simulated-network';
import { START_MS } from '../simulated-time';

// Memory that looks like a disk, where the system has it: the files are as real, and nothing waits for a device.
const IN_MEMORY = '/dev/shm';

/** The profile of somebody who set the miner up, and turned it on. */
export function makeProfile(validatorUrl: string): {
  readonly folder: string;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(existsSync(IN_MEMORY) ? IN_MEMORY : tmpdir(), 'simulation-'));
  mkdirSync(join(folder, 'keys'), { mode: 0o700 });
  writeFileSync(join(folder, 'keys', 'address'), `${ALICE.address}\n`, { mode: 0o600 });
  const { database } = openDatabase(join(folder, 'miner.sqlite'), START_MS);
  const settings = new SettingsStore(database);
  settings.save({ nodeUrl: NODE_URL, validatorUrl, matrixSize: 4, engine: 'cpu', firstRunStep: 'done' });
  settings.set('account.address', ALICE.address);
  settings.set('miner.running', true);
  database.close();
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
