import { join } from 'node:path';
import { app, powerMonitor, powerSaveBlocker } from 'electron';
import { type Clock, systemClock } from '../clock/clock';
import { ComputeHost } from '../compute/compute-host';
import { driverName } from '../compute/driver-name';
import { electronComputePage } from '../compute/electron-compute-page';
import { DevnetHost } from '../devnet/devnet-host';
import type { openLog } from '../diagnostics/log';
import { type Pusher, pusher } from '../ipc/push';
import { ThreadReader } from '../jobs/frame-reader';
import { chooseVault } from '../keys/choose-vault';
import type { Machine } from '../machine/machine';
import { systemWays } from '../network/ways';
import { type Miner, openMiner } from '../open-miner';
import { FactWatch } from '../pause-rules/fact-watch';
import { ThreadChecker } from '../signatures/signature-checker';
import { keepPruned } from '../submissions/keep-pruned';
import { KeepAwake, keepsAwake } from './keep-awake';
import { openProfileDatabase } from './open-profile-database';
import type { Openings } from './openings';
import type { AppOptions } from './options';
import type { ProfilePaths } from './profile';
import type { ShutDown } from './shut-down';
import { thisMachine } from './this-machine';
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
  readonly openings: Openings;
};

/** What runs with a window and without one. */
export type Services = {
  readonly log: ReturnType<typeof openLog>;
  /** The file that a corrupt database was moved to, or null. */
  readonly setAside: string | null;
  readonly windows: WindowFactory;
  readonly push: Pusher;
  readonly computeHost: ComputeHost;
  readonly machine: Machine;
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
  const { database, setAside } = await openProfileDatabase(profile.database, clock.now, !options.headless);
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
    isWatched: () => windows.isOpen('ui'),
    onError: (message) => log.warn(message),
  });
  shutDown.add('the compute window', () => computeHost.close());
  const { machine, sensors, close } = thisMachine({
    monitor: powerMonitor,
    platform: process.platform,
    env: process.env,
    clock,
  });
  shutDown.add('the machine', close);
  const signatures = new ThreadChecker(join(built, 'main', 'signature-thread.js'), clock);
  shutDown.add('the thread for signatures', () => signatures.close());
  const miner = openMiner({
    database,
    machine,
    sensors,
    keysFolder: profile.keys,
    matricesFolder: profile.matrices,
    frameReader: new ThreadReader(join(built, 'main', 'frame-thread.js'), clock),
    signatures,
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
    overrides: options.settings,
    validatorToken,
    clock,
    ways: systemWays,
    random: Math.random,
    log: (message) => log.info(message),
    onError,
  });
  shutDown.add('the miner', () => miner.close());
  shutDown.add('staying awake', keepAwake(miner, machine.power, clock));
  shutDown.add('pruning', keepPruned(database, clock, onError));
  return { log, setAside, windows, push, computeHost, machine, miner };
}

/** Keeps the computer awake where it is to be. @returns the function that ends it */
function keepAwake({ changes, settings, status }: Miner, power: Machine['power'], clock: Clock): () => void {
  const blocker = new KeepAwake(powerSaveBlocker);
  let watch: FactWatch<'mains' | 'battery'> | null = null;
  const look = () => {
    const isChosen = settings.current.keepAwake;
    if (!isChosen) watch?.close();
    watch = isChosen
      ? (watch ?? new FactWatch({ probe: power, clock, isComputing: () => false, onReading: look }))
      : null;
    blocker.set(keepsAwake(isChosen, status.state, watch?.reading ?? null));
  };
  look();
  const stop = changes.add((change) => {
    if (change === 'miner' || change === 'settings') look();
  });
  return () => {
    stop();
    watch?.close();
    blocker.close();
  };
}

/** An error as the log has it. */
export function textOf(error: unknown): string {
  return String(error instanceof Error ? error.stack : error);
}
