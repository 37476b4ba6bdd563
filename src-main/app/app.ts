import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { app, clipboard, nativeTheme, powerMonitor } from 'electron';
import { type ErrorReport, toErrorReport } from '../../src-shared/errors';
import type { Settings, Snapshot } from '../../src-shared/ipc/snapshot';
import { ComputeHost } from '../compute/compute-host';
import { ComputeService } from '../compute/compute-service';
import { driverName } from '../compute/driver-name';
import { electronComputePage } from '../compute/electron-compute-page';
import { DevnetHost } from '../devnet/devnet-host';
import { openLog } from '../diagnostics/log';
import { electronRegister } from '../ipc/electron-ipc';
import { handleAll } from '../ipc/handle';
import { uiHandlers } from '../ipc/ui-handlers';
import { Account } from '../keys/account';
import { chooseVault } from '../keys/choose-vault';
import { KnownAddress } from '../keys/known-address';
import { startAutopilot } from '../mining/autopilot';
import { MinerCore } from '../mining/miner-core';
import { takeSnapshot } from '../mining/snapshot';
import { Chapters } from '../storage/chapters';
import { openDatabase } from '../storage/database';
import { KernelChoices } from '../storage/kernel-choices';
import { Quarantine } from '../storage/quarantine';
import { SettingsStore } from '../storage/settings-store';
import { Journal } from '../submissions/journal';
import { keepPruned } from '../submissions/keep-pruned';
import { watchHeadless } from './headless';
import { MESSAGE_TEXTS } from './message-texts';
import type { AppOptions } from './options';
import type { ProfilePaths } from './profile';
import { type ReportEvent, report, sentence } from './reporter';
import { ORIGIN } from './roles';
import { throttle } from './throttle';
import { TrayIcon, trayAvailable } from './tray';
import { UiWindow } from './ui-window';
import { takeUncaught } from './uncaught';
import { WindowFactory } from './window-factory';

// Screens are told of changes at most this often.
const SNAPSHOT_EVERY_MS = 100;
// A keychain that works has answered by then, when the app ends in the midst of a call.
const KEYCHAIN_ANSWERS_MS = 1000;

/** Puts the app together and runs it until it is told to quit. */
export async function runApp(options: AppOptions, profile: ProfilePaths, built: string): Promise<void> {
  const now = Date.now;
  const log = openLog(profile.folder, !options.headless && !app.isPackaged);
  const onError = (error: unknown) => log.error(String(error instanceof Error ? error.stack : error));
  const { database, setAside } = openDatabase(profile.database, now());
  if (setAside !== null)
    log.error(`The database was corrupt. It is kept as ${setAside}; a new one was begun.`);

  const windows = new WindowFactory({ renderer: join(built, 'renderer'), preload: join(built, 'preload') });
  const openCompute = () => windows.open('compute', { backgroundThrottling: false, width: 300, height: 200 });
  const computeHost = new ComputeHost({
    openPage: (events) => electronComputePage(openCompute(), events),
    after: (ms, act) => {
      const timer = globalThis.setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
    onError: (message) => log.warn(message),
  });
  const compute = new ComputeService({
    runner: computeHost,
    choices: new KernelChoices(database),
    quarantine: new Quarantine(database),
    driver: await driverName(),
    appVersion: app.getVersion(),
    now,
    log: (message) => log.info(message),
  });
  const devnet = new DevnetHost({
    program: join(built, 'main', 'devnet.js'),
    dataFolder: profile.devnet,
    blockTimeSeconds: options.blockTimeSeconds,
    onExit: (error) => {
      log.warn(error.message);
      core.builtInEnded(error);
    },
  });
  const settings = new SettingsStore(database);
  const core = new MinerCore({
    settings,
    chapters: new Chapters(database),
    journal: new Journal(database, now),
    account: new Account(new KnownAddress(settings, profile.keys), () =>
      chooseVault(profile.keys, process.env.CPC_MINER_PASSPHRASE),
    ),
    compute,
    builtIn: devnet,
    overrides: overridesOf(options),
    now,
    onError,
  });

  let revision = 0;
  const hasTray = !options.headless && (await trayAvailable(process.platform));
  const snapshot = (): Snapshot =>
    takeSnapshot(
      core,
      { appVersion: app.getVersion(), runtime: runtimeName(), locale: locale(core), trayAvailable: hasTray },
      ++revision,
      now(),
    );
  const quit = () => app.quit();
  const resources = join(app.getAppPath(), 'resources');
  const ui = new UiWindow({
    windows,
    icon: join(resources, 'icon.png'),
    tray: () => hasTray,
    quits: () => !core.settings.closeToTray,
    quit,
    snapshot,
  });
  const commands = {
    open: () => ui.show(),
    pause: core.pause.bind(core),
    resume: core.resume.bind(core),
    topUp: () => void core.topUp().catch(onError),
    quit,
  };
  const tray = hasTray ? new TrayIcon(join(resources, 'tray'), commands) : null;

  handleAll(
    electronRegister((contents) => windows.roleOf(contents)),
    ORIGIN,
    uiHandlers(core, snapshot, (text) => clipboard.writeText(text), now),
    (channel, why) => log.warn(`refused ${channel}: ${why}`),
  );

  const stopShowing = throttle(core.onChange.bind(core), SNAPSHOT_EVERY_MS, () => {
    nativeTheme.themeSource = core.settings.theme;
    if (options.headless) return;
    const current = snapshot();
    ui.push(current);
    tray?.show(current);
  });
  app.on('second-instance', () => (options.headless ? undefined : ui.show()));
  app.on('activate', () => ui.show());
  // The window goes to the tray; the app ends by "Quit" alone.
  app.on('window-all-closed', () => undefined);
  powerMonitor.on('suspend', () => core.hold('suspended'));
  powerMonitor.on('resume', () => core.release('suspended'));

  const stopPruning = keepPruned(database, onError);
  let closing = false;
  let exitCode = 0;
  const shutDown = async () => {
    try {
      ui.release();
      stopShowing();
      stopPruning();
      core.close();
      computeHost.close();
      tray?.close();
    } finally {
      await devnet.stop();
      database.close();
    }
  };
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    void shutDown()
      .catch(onError)
      .finally(() => exit(exitCode, () => core.account.vaultWaits));
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit);
  takeUncaught({
    onError,
    reaction: () => (closing ? 'none' : options.headless ? 'end' : 'show'),
    end: () => {
      exitCode = 1;
      quit();
    },
    show: ({ message }) => {
      const { unknownError } = MESSAGE_TEXTS[locale(core)];
      return ui.message('error', unknownError.message, unknownError.detail(message, log.file));
    },
  });

  const write = writer(options);
  if (write !== null) {
    report(core, () => engineOf(snapshot()), write);
    if (setAside !== null) write({ event: 'error', ...setAsideReport(setAside) });
  }
  if (options.headless) {
    watchHeadless(core, options.tasks, (code, reason) => {
      if (reason !== null) process.stderr.write(`${reason.message}\n`);
      exitCode = code;
      quit();
    });
  } else {
    if (!options.hidden) ui.show();
    if (setAside !== null) {
      const { databaseSetAside } = MESSAGE_TEXTS[locale(core)];
      void ui.message('warning', databaseSetAside.message, databaseSetAside.detail(setAside));
    }
  }
  computeHost.start();
  await core.open().catch((error) => {
    if (!closing) throw error;
    onError(error);
  });
  if (closing) return;
  if (options.auto) startAutopilot(core, now, onError);
  else if (options.headless || core.wasRunning) core.start();
}

/**
 * Ends the process. A keychain that waits for its password holds a thread that Node would wait for, for ever, on its way
 * out; then the process is killed, which is safe: the database is closed, and each commit was on disk already.
 */
async function exit(code: number, keychainWaits: () => boolean): Promise<void> {
  const lastMs = Date.now() + KEYCHAIN_ANSWERS_MS;
  while (keychainWaits() && Date.now() < lastMs) await setTimeout(20);
  if (keychainWaits()) process.kill(process.pid, 'SIGKILL');
  else app.exit(code);
}

function overridesOf({ nodeUrl, insecureNode, matrixSize, engine }: AppOptions): Partial<Settings> {
  return {
    ...(nodeUrl === null ? {} : { nodeUrl }),
    ...(insecureNode ? { insecureNodeUrl: nodeUrl } : {}),
    ...(matrixSize === null ? {} : { matrixSize }),
    ...(engine === null ? {} : { engine }),
  };
}

function runtimeName(): string {
  return `Electron ${process.versions.electron}, Chromium ${process.versions.chrome}, Node ${process.versions.node}`;
}

function locale(core: MinerCore): 'ru' | 'en' {
  const { language } = core.settings;
  if (language !== 'system') return language;
  return app.getPreferredSystemLanguages()[0]?.toLowerCase().startsWith('ru') === true ? 'ru' : 'en';
}

function engineOf({ compute }: Snapshot): { engine: string | null; adapter: string | null } {
  if (compute.state === 'starting') return { engine: null, adapter: null };
  const { adapter } = compute;
  return {
    engine: compute.engine,
    adapter: adapter === null ? null : `${adapter.vendor} ${adapter.device || adapter.description}`.trim(),
  };
}

/** Where the steps are told: JSON or sentences on stdout without a window, sentences in development with one. */
function writer({ headless, json }: AppOptions): ((event: ReportEvent) => void) | null {
  if (!headless && app.isPackaged) return null;
  const line = headless && json ? JSON.stringify : sentence;
  return (event) => void process.stdout.write(`${line(event)}\n`);
}

function setAsideReport(path: string): ErrorReport {
  return {
    ...toErrorReport(new Error(`The database was corrupt. It is kept as ${path}; a new one was begun.`)),
    code: 'database_corrupt',
    params: { path },
  };
}
