import { readFile } from 'node:fs/promises';
import { constants, release } from 'node:os';
import { join } from 'node:path';
import { app, clipboard, dialog, powerMonitor } from 'electron';
import { type ErrorReport, toErrorReport } from '../../src-shared/errors';
import { momentText, type TimeStyle } from '../../src-shared/regional-time';
import type { AppState } from '../../src-shared/state/state';
import { systemClock } from '../clock/clock';
import { openLog } from '../diagnostics/log';
import { Doctor } from '../doctor/doctor';
import { electronRegister } from '../ipc/electron-ipc';
import { handleAll } from '../ipc/handle';
import { appHandlers, type WindowCommands } from '../ipc/handlers/app-handlers';
import { blockHandlers } from '../ipc/handlers/block-handlers';
import { doctorHandlers } from '../ipc/handlers/doctor-handlers';
import { graphicsHandlers } from '../ipc/handlers/graphics-handlers';
import { historyHandlers } from '../ipc/handlers/history-handlers';
import { jobHandlers } from '../ipc/handlers/job-handlers';
import { keyHandlers } from '../ipc/handlers/key-handlers';
import { machineHandlers } from '../ipc/handlers/machine-handlers';
import { minerHandlers } from '../ipc/handlers/miner-handlers';
import { nodeHandlers } from '../ipc/handlers/node-handlers';
import { settingsHandlers } from '../ipc/handlers/settings-handlers';
import { taskHandlers } from '../ipc/handlers/task-handlers';
import { updateHandlers } from '../ipc/handlers/update-handlers';
import { walletHandlers } from '../ipc/handlers/wallet-handlers';
import { ORIGIN } from '../ipc/roles';
import { exposition } from '../metrics/exposition';
import { healthOf } from '../metrics/health';
import { serveMetrics } from '../metrics/metrics-server';
import { minerMetrics } from '../metrics/miner-metrics';
import { Tally } from '../metrics/tally';
import type { Miner } from '../open-miner';
import { sliceReaders } from '../state/slices';
import { StatePublisher } from '../state/state-publisher';
import type { Updates } from '../updates/updates';
import { startAutopilot } from './autopilot';
import { Copying } from './copying';
import { type Desktop, openDesktop } from './desktop';
import { runDoctor } from './doctor-run';
import { drained } from './drain';
import { EXIT_CODES, exitCodeOf } from './exit-codes';
import { Hands } from './hands';
import { hasTerminal } from './has-terminal';
import { watchHeadless } from './headless';
import { LineWriter, neverBlocking } from './line-writer';
import { MESSAGE_TEXTS } from './message-texts';
import { openUpdates } from './open-updates';
import { openedReceipt, receiptMessage } from './opened-receipt';
import type { AppOptions } from './options';
import { readInput } from './read-input';
import { type ReportEvent, report, sentence } from './reporter';
import { openServices, type Services, type Surroundings, textOf } from './services';
import { ShutDown } from './shut-down';
import { startArguments } from './start-arguments';
import { systemLocale, systemTime } from './system-locale';
import { linkedTask } from './task-link';
import type { UiWindow } from './ui-window';
import { takeUncaught } from './uncaught';

// A keychain that works has answered by then, when the app ends in the midst of a call.
const KEYCHAIN_ANSWERS_MS = 1000;
// Whoever reads what is printed has taken the last of it by then.
const LAST_LINES_MS = 500;

/** Puts the app together and runs it until it is told to quit. */
export async function runApp(options: AppOptions, surroundings: Surroundings): Promise<void> {
  const log = openLog(surroundings.profile.folder, !options.headless && !app.isPackaged);
  const onError = (error: unknown) => log.error(textOf(error));
  if (options.ignored.length > 0) log.warn(`ignored on the command line: ${options.ignored.join(' ')}`);
  const shutDown = new ShutDown(systemClock, onError);
  let exitCode: number = EXIT_CODES.done.code;
  let keychainWaits = () => false;
  app.on('before-quit', (event) => {
    if (shutDown.isOver) return;
    event.preventDefault();
    if (!shutDown.begun) void shutDown.run().then(() => exit(exitCode, keychainWaits));
  });
  onSessionEnd(() => {
    shutDown.runNow();
    void exit(exitCode, keychainWaits);
  });
  const quit = () => app.quit();
  // What a run without a window has in hand is done first, once there is one; who tells it again does not want to wait.
  let drain: (() => Promise<void>) | null = null;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // Without a terminal nobody hung up on it: it was started by nohup, a service manager or cron.
      if (signal === 'SIGHUP' && !hasTerminal()) return;
      // A run that was to do so much, and has not, did not succeed: the code that shells give to a signal.
      const hasGoal = options.tasks !== null || options.jobs !== null;
      if (hasGoal && !shutDown.begun) exitCode = EXIT_CODES.signal.code + constants.signals[signal];
      const first = drain ?? (async () => undefined);
      drain = null;
      void first().then(quit);
    });
  }
  // The window goes to the tray; the app ends by "Quit" alone.
  app.on('window-all-closed', () => undefined);

  const lineOf = lines(options);
  // Who reads it may go away; that is no trouble of the miner's.
  process.stderr.on('error', () => undefined);
  const output = tells(options)
    ? new LineWriter(neverBlocking(process.stdout), (count) => lineOf({ event: 'left_out', count }))
    : null;
  // First, so that it ends last: tasks end with the run, and that is told.
  shutDown.add('what is printed', () => output?.drained(systemClock, LAST_LINES_MS));
  const services = await openServices(options, surroundings, log, shutDown);
  const { miner, setAside, computeHost } = services;
  keychainWaits = () => miner.account.vaultWaits;
  let desktop: Desktop | null = null;
  let linked: string | null = null;
  const link = (taskId: string | null) => {
    linked = taskId;
    publisher.mark('app');
  };
  const appSlice = (): AppState['app'] => ({
    appVersion: app.getVersion(),
    runtime: runtimeName(),
    locale: localeOf(miner),
    time: systemTime(localeOf(miner)),
    trayAvailable: desktop?.hasTray() ?? false,
    linkedTask: linked,
  });
  const profileFolder = options.profile === null ? null : surroundings.profile.folder;
  const updates: Updates = openUpdates({
    miner,
    folder: surroundings.profile.folder,
    headless: options.headless,
    isWindowOpen: () => desktop?.ui.isThere ?? false,
    startArguments: () => startArguments(app, { profileFolder, hidden: !(desktop?.ui.isThere ?? false) }),
    quit,
    onChange: () => {
      publisher.mark('updates');
      tellUpdate();
    },
    log: (message) => log.info(message),
    onError,
  });
  shutDown.add('updates', () => updates.close());
  const publisher: StatePublisher = new StatePublisher(
    sliceReaders(miner, { app: appSlice, updates: () => updates.slice }, systemClock.now),
    systemClock,
    onError,
  );
  const copying = new Copying(clipboard, systemClock, onError);
  shutDown.add('the clipboard', () => copying.clearSecret());
  const doctor = new Doctor({
    ...miner,
    clock: systemClock,
    machine: {
      folder: surroundings.profile.folder,
      tray: () => desktop?.hasTray() ?? null,
      power: services.machine.power,
    },
  });
  handle(services, publisher, copying, doctor, updates, {
    quit,
    licences: () => readFile(join(app.getAppPath(), 'resources', 'licences.txt'), 'utf8'),
    zoom: (zoom) => desktop?.ui.zoom(zoom),
    linkOpened: () => link(null),
    stateAsked: () => desktop?.ui.pageRuns(),
  });
  const end = (code: number) => {
    exitCode = code;
    quit();
  };
  if (!options.headless) {
    desktop = openDesktop(
      { ...services, publisher, profileFolder, quit, onError, onClosed: () => void updates.workChanged() },
      shutDown,
    );
  }
  const ui = desktop?.ui ?? null;
  takeUncaught({
    onError,
    reaction: () => (shutDown.begun ? 'none' : ui === null ? 'end' : 'show'),
    end: () => end(EXIT_CODES.failed.code),
    show: ({ message }) => {
      const { unknownError } = MESSAGE_TEXTS[localeOf(miner)];
      return (
        ui?.message('error', unknownError.message, unknownError.detail(message, log.file)) ??
        Promise.resolve()
      );
    },
  });
  const write = (event: ReportEvent) => output?.write(lineOf(event));
  let toldVersion: string | null = null;
  const tellUpdate = () => {
    const version = updates.slice.found?.version ?? toldVersion;
    if (version === null || version === toldVersion) return;
    toldVersion = version;
    write({ event: 'update', version });
  };
  const hands = new Hands(miner, options, write);
  if (output !== null && !options.doctor) {
    report(miner, write);
    if (setAside !== null) write({ event: 'error', retryAtMs: null, ...setAsideReport(setAside) });
  }
  if (!options.doctor) await tellFigures(miner, write, shutDown, onError);
  if (ui === null && !options.doctor) {
    drain = () => drained(miner, systemClock);
    const { tasks, jobs } = options;
    watchHeadless(miner, { tasks, jobs, isOnIt: (error) => hands.isOnIt(error) }, (code, reason) => {
      if (reason !== null) process.stderr.write(`${reason.message}\n`);
      end(reason === null ? code : exitCodeOf(reason));
    });
  }
  if (ui !== null) {
    publisher.follow(miner.changes);
    shutDown.add('the publisher', () => publisher.close());
    showFirst(ui, options.hidden, setAside, localeOf(miner));
    surroundings.openings.listen((args, folder) => {
      const taskId = linkedTask(args);
      if (taskId !== null) link(taskId);
      const receipt = openedReceipt(args, folder);
      if (receipt !== null) void showReceipt(ui, receipt, localeOf(miner)).catch(onError);
    });
  }

  // The window comes first: its files are served by this very thread, and what computes would take its start from it.
  await ui?.runs;
  // A third of a megabyte, needed for the first block.
  const { loadVerifier } = await import('../signatures/load-verifier');
  await loadVerifier();
  if (shutDown.begun) return;
  computeHost.start();
  // A run without a window does what its command line says.
  if (!options.headless) miner.power.takeUp();
  await miner.open().catch((error) => {
    if (!shutDown.begun) throw error;
    onError(error);
  });
  if (shutDown.begun) return;
  miner.changes.add((change) => {
    if (change !== 'progress') void updates.workChanged();
  });
  if (!options.doctor) updates.open();
  if (options.doctor) {
    end(await runDoctor(doctor, miner, systemClock, (line) => output?.write(line), options.json));
    return;
  }
  try {
    await hands.bringKey((file) => readInput('import-key', file), surroundings.passphrase);
    await hands.backUp(surroundings.passphrase);
  } catch (error) {
    const report = toErrorReport(error);
    write({ event: 'error', retryAtMs: null, ...report });
    process.stderr.write(`${report.message}\n`);
    await ui?.message('error', report.message, '');
    end(exitCodeOf(report));
    return;
  }
  if (options.auto) startAutopilot(miner, systemClock, !options.headless, onError);
  else if (options.headless) miner.power.startForRun();
}

/** Serves the miner's figures to this machine's programs, where the settings say so. @throws AppError `port_in_use` */
async function tellFigures(
  miner: Miner,
  write: (event: ReportEvent) => void,
  shutDown: ShutDown,
  onError: (error: unknown) => void,
): Promise<void> {
  const { metricsPort } = miner.settings.current;
  if (metricsPort === null) return;
  const tally = new Tally(miner);
  shutDown.add('the tally', () => tally.close());
  const metered = { miner, tally, appVersion: app.getVersion(), startedAtMs: systemClock.now() };
  const { url, close } = await serveMetrics({
    port: metricsPort,
    metrics: () => exposition(minerMetrics(metered)),
    health: () => healthOf(miner.status.state),
    onError,
  });
  shutDown.add('the figures', close);
  write({ event: 'metrics', url });
}

function handle(
  { miner, windows, log }: Services,
  publisher: StatePublisher,
  copying: Copying,
  doctor: Doctor,
  updates: Updates,
  window: WindowCommands,
): void {
  const { windowGone } = handleAll(
    electronRegister((contents) => windows.roleOf(contents)),
    ORIGIN,
    {
      ...appHandlers(publisher, copying, window),
      ...updateHandlers(updates),
      ...settingsHandlers(miner),
      ...nodeHandlers(miner, systemClock),
      ...keyHandlers(miner, choosePath),
      ...walletHandlers(miner),
      ...doctorHandlers(doctor, miner, log.file, reportFacts(), choosePath),
      ...minerHandlers(miner),
      ...machineHandlers(miner),
      ...graphicsHandlers(miner),
      ...jobHandlers(miner, systemClock),
      ...historyHandlers(miner),
      ...taskHandlers(miner, choosePath, systemClock),
      ...blockHandlers(miner, systemClock),
    },
    (channel, why) => log.warn(`refused ${channel}: ${why}`),
  );
  windows.onGone(windowGone);
}

function reportFacts(): { appVersion: string; runtime: string; system: string } {
  const system = `${process.platform} ${release()} ${process.arch}`;
  return { appVersion: app.getVersion(), runtime: runtimeName(), system };
}

async function choosePath(name: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: name });
  return canceled || filePath === '' ? null : filePath;
}

function showFirst(ui: UiWindow, hidden: boolean, setAside: string | null, locale: 'ru' | 'en'): void {
  if (!hidden) ui.show();
  if (setAside === null) return;
  const { databaseSetAside } = MESSAGE_TEXTS[locale];
  void ui.message('warning', databaseSetAside.message, databaseSetAside.detail(setAside));
}

async function showReceipt(ui: UiWindow, path: string, locale: 'ru' | 'en'): Promise<void> {
  const { type, message, detail } = await receiptMessage(path, locale);
  ui.show();
  await ui.message(type, message, detail);
}

/** Calls back where the system shuts down or the person logs out, who wait for nobody: what there is to do is done in `act`. */
function onSessionEnd(act: () => void): void {
  powerMonitor.on('shutdown', act);
  app.on('browser-window-created', (_event, window) => window.on('session-end', act));
}

/**
 * Ends the process. A keychain that waits for its password holds a thread that Node would wait for, for ever, on its way
 * out; then the process is killed, which is safe: the database is closed, and each commit was on disk already.
 */
async function exit(code: number, keychainWaits: () => boolean): Promise<void> {
  const lastMs = systemClock.monotonic() + KEYCHAIN_ANSWERS_MS;
  while (keychainWaits() && systemClock.monotonic() < lastMs)
    await new Promise<void>((look) => systemClock.after(20, look));
  if (keychainWaits()) process.kill(process.pid, 'SIGKILL');
  else app.exit(code);
}

function runtimeName(): string {
  return `Electron ${process.versions.electron}, Chromium ${process.versions.chrome}, Node ${process.versions.node}`;
}

function localeOf({ settings }: Pick<Miner, 'settings'>): 'ru' | 'en' {
  const { language } = settings.current;
  return language === 'system' ? systemLocale() : language;
}

/** Whether the steps are told on stdout: without a window, and in development with one. */
function tells({ headless }: AppOptions): boolean {
  return headless || !app.isPackaged;
}

/** As JSON where that was asked for, else in sentences. */
function lines({ headless, json }: AppOptions): (event: ReportEvent) => string {
  if (headless && json) return JSON.stringify;
  // Few lines tell a time, and what is known of the region's way takes a while to read.
  let style: TimeStyle | null = null;
  return (event) =>
    sentence(event, (atMs) => {
      style ??= { language: 'en', ...systemTime('en') };
      return momentText(atMs, style);
    });
}

function setAsideReport(path: string): ErrorReport {
  return {
    ...toErrorReport(new Error(`The database was corrupt. It is kept as ${path}; a new one was begun.`)),
    code: 'database_corrupt',
    params: { path },
  };
}
