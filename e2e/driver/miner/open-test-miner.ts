import { join } from 'node:path';
import type { Clock } from '../../../src-main/clock/clock';
import type { ComputeRunner } from '../../../src-main/compute/compute-runner';
import type { BuiltInMarket } from '../../../src-main/jobs/built-in-market';
import { readerHere } from '../../../src-main/jobs/frame-reader';
import type { Vault } from '../../../src-main/keys/secret-vault';
import { FakeMachine } from '../../../src-main/machine/fake-machine';
import type { Machine } from '../../../src-main/machine/machine';
import { Sensors } from '../../../src-main/machine/sensors';
import { systemWays } from '../../../src-main/network/ways';
import { type Miner, openMiner } from '../../../src-main/open-miner';
import { checkerHere } from '../../../src-main/signatures/signature-checker';
import { openDatabase } from '../../../src-main/storage/database';
import type { Settings } from '../../../src-shared/settings/settings';

/** The parts of a miner that differ from one test to the next. */
export type TestMinerParts = {
  readonly folder: string;
  readonly vault: Vault;
  /** One for each lane. */
  readonly runners: readonly ComputeRunner[];
  readonly nodeUrl: string;
  readonly builtInMarket?: BuiltInMarket;
  readonly overrides?: Partial<Settings>;
  readonly validatorToken?: string;
  /** Nothing can be known of it unless it is given. */
  readonly machine?: Machine;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
};

/** How a miner in a test ends: as when the app quits, or as in a crash, after which nothing is kept or told any more. */
export type TestMinerEnd = { readonly close: () => void; readonly crash: () => void };

/** The whole miner on a profile folder, not yet open. */
export function openTestMiner(parts: TestMinerParts): { readonly miner: Miner } & TestMinerEnd {
  const { folder, vault, nodeUrl, overrides = {}, clock } = parts;
  const { database } = openDatabase(join(folder, 'miner.sqlite'), clock.now());
  const miner = openMiner({
    ...parts,
    database,
    keysFolder: join(folder, 'keys'),
    matricesFolder: join(folder, 'matrices'),
    frameReader: readerHere,
    signatures: checkerHere,
    openVault: async () => vault,
    driver: null,
    appVersion: '0.0.0',
    builtInMarket: parts.builtInMarket ?? { market: null, worker: null },
    builtIn: { start: async () => nodeUrl, stop: async () => undefined },
    machine: parts.machine ?? new FakeMachine(),
    sensors: new Sensors([], clock),
    validatorToken: parts.validatorToken ?? null,
    ways: systemWays,
    random: Math.random,
    overrides: { nodeUrl, matrixSize: 8, ...overrides },
    log: () => undefined,
  });
  const close = () => {
    void miner.close();
    database.close();
  };
  const crash = () => {
    database.close();
    void miner.close();
  };
  return { miner, close, crash };
}
