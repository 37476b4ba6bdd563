import { join } from 'node:path';
import type { Clock } from '../../../src-main/clock/clock';
import type { ComputeRunner } from '../../../src-main/compute/compute-runner';
import { ComputeService } from '../../../src-main/compute/compute-service';
import { Account } from '../../../src-main/keys/account';
import type { KeyVault } from '../../../src-main/keys/key-vault';
import { KnownAddress } from '../../../src-main/keys/known-address';
import { MinerCore } from '../../../src-main/mining/miner-core';
import { Chapters } from '../../../src-main/storage/chapters';
import { openDatabase } from '../../../src-main/storage/database';
import { KernelChoices } from '../../../src-main/storage/kernel-choices';
import { Quarantine } from '../../../src-main/storage/quarantine';
import { SettingsStore } from '../../../src-main/storage/settings-store';
import { Journal } from '../../../src-main/submissions/journal';
import type { Settings } from '../../../src-shared/ipc/snapshot';

/** The parts of a miner that differ from one use to the next. */
export type CoreParts = {
  readonly folder: string;
  readonly vault: KeyVault;
  readonly compute: ComputeRunner;
  readonly nodeUrl: string;
  readonly overrides?: Partial<Settings>;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
};

/** The whole miner on a profile folder, without Electron and not yet open; `close` ends it where it stands. */
export function makeCore(parts: CoreParts): { readonly core: MinerCore; readonly close: () => void } {
  const { folder, vault, compute, nodeUrl, overrides = {}, clock, onError } = parts;
  const { now } = clock;
  const { database } = openDatabase(join(folder, 'miner.sqlite'), now());
  const settings = new SettingsStore(database, { nodeUrl, matrixSize: 8, ...overrides });
  const core = new MinerCore({
    settings,
    chapters: new Chapters(database),
    journal: new Journal(database, now),
    account: new Account(new KnownAddress(settings, join(folder, 'keys')), async () => vault),
    compute: new ComputeService({
      runner: compute,
      choices: new KernelChoices(database),
      quarantine: new Quarantine(database),
      driver: null,
      appVersion: '0.0.0',
      now,
      log: () => undefined,
    }),
    builtIn: { start: async () => nodeUrl, stop: async () => undefined },
    clock,
    onError,
  });
  const close = () => {
    core.close();
    database.close();
  };
  return { core, close };
}
