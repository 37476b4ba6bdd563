import { join } from 'node:path';
import { app, powerSaveBlocker } from 'electron';
import { systemClock } from '../clock/clock';
import { ComputeHost } from '../compute/compute-host';
import { driverName } from '../compute/driver-name';
import { electronComputePage } from '../compute/electron-compute-page';
import { DevnetHost } from '../devnet/devnet-host';
import type { openLog } from '../diagnostics/log';
import { type Pusher, pusher } from '../ipc/push';
import { ThreadReader } from '../jobs/frame-reader';
import { chooseVault } from '../keys/choose-vault';
import { type Miner, openMiner } from '../open-miner';
import { openDatabase } from '../storage/database';
import { keepPruned } from '../submissions/keep-pruned';
import { KeepAwake, keepsAwake } from './keep-awake';
import type { AppOptions } from './options';
import type { ProfilePaths } from './profile';
import type { ShutDown } from './shut-down';
import { WindowFactory } from './window-factory';

/** What the app finds, beside its options. */
export type Surroundings = {
  readonly profile: ProfilePaths;
  /** The folder the build put everything in. */
  readonly built: string;
  /** Of the key's file; undefined for none. */
  readonly passphrase: string | undefined;
  /** Of the validator, for this run; null for none. */
  readonly validatorToken: string | null;
};

/** What runs with a window and without one. */
export type Services = {
  readonly log: ReturnType<typeof openLog>;
  /** The file that a corrupt database was moved to, or null. */
  readonly setAside: string | null;
  readonly windows: WindowFactory;
  readonly push: Pusher;
  readonly computeHost: ComputeHost;
  readonly miner: Miner;
};

/**
 * Opens the profile and puts the miner on it; nothing is started yet. What is opened is closed by `shutDown`.
 * @throws AppError `database_newer`, `disk_full`, `profile_unwritable`
 */
export async function openServices(
  options: AppOptions,
  { profile, built, passphrase, validatorToken }: Surroundings,
  log: ReturnType<typeof openLog>,
  shutDown: ShutDown,
): Promise<Services> {
  const clock = systemClock;
  const onError = (error: unknown) => log.error(textOf(error));
  const { database, setAside } = openDatabase(profile.database, clock.now());
  shutDown.add('the database', () => database.close());
  if (setAside !== null)
    log.error(`The database was corrupt. It is kept as ${setAside}; a new one was begun.`);

  const devnet = new DevnetHost({
    program: join(built, 'main', 'devnet.js'),
    dataFolder: profile.devnet,
    blockTimeSeconds: options.blockTimeSeconds,
    clock,
    onExit: (error) => {
      log.warn(error.message);
      miner.node.builtInEnded(error);
    },
  });
  shutDown.add('the development network', () => devnet.stop());

  const windows = new WindowFactory({ renderer: join(built, 'renderer'), preload: join(built, 'preload') });
  const push = pusher((contents: Electron.WebContents) => windows.roleOf(contents)) as Pusher;
  const openCompute = () => windows.open('compute', { backgroundThrottling: false, width: 300, height: 200 });
  const computeHost = new ComputeHost({
    openPage: (events) => electronComputePage(openCompute(), clock, events),
    clock,
    onError: (message) => log.warn(message),
  });
  shutDown.add('the compute window', () => computeHost.close());
  const miner = openMiner({
    database,
    keysFolder: profile.keys,
    matricesFolder: profile.matrices,
    frameReader: new ThreadReader(join(built, 'main', 'frame-thread.js'), clock),
    openVault: () => chooseVault(profile.keys, passphrase, clock),
    runners: [computeHost],
    driver: await driverName(clock),
    appVersion: app.getVersion(),
    builtIn: devnet,
    builtInMarket: {
      get market() {
        return devnet.market?.url ?? null;
      },
      get worker() {
        return devnet.market?.worker ?? null;
      },
    },
    // Nothing reads them yet.
    readSensors: () => ({ temperatureC: null, powerW: null }),
    overrides: options.settings,
    validatorToken,
    clock,
    log: (message) => log.info(message),
    onError,
  });
  shutDown.add('the miner', () => miner.close());
  const keepAwake = new KeepAwake(powerSaveBlocker);
  shutDown.add('staying awake', () => keepAwake.close());
  const { changes, settings, status } = miner;
  changes.add((change) => {
    if (change === 'miner' || change === 'settings')
      keepAwake.set(keepsAwake(settings.current.keepAwake, status.state));
  });
  shutDown.add('pruning', keepPruned(database, clock, onError));
  return { log, setAside, windows, push, computeHost, miner };
}

/** An error as the log has it. */
export function textOf(error: unknown): string {
  return String(error instanceof Error ? error.stack : error);
}
