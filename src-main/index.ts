import { realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, dialog } from 'electron';
import { familyOf } from '../src-shared/error-codes';
import { AppError, type ErrorReport, toErrorReport } from '../src-shared/errors';
import { runApp } from './app/app';
import { registerScheme } from './app/app-protocol';
import { chromiumSwitches, notForChromium } from './app/chromium-switches';
import { EXIT_CODES, exitCodeOf } from './app/exit-codes';
import { type GivenSettings, givenSettings } from './app/given-settings';
import { hasTerminal } from './app/has-terminal';
import { MESSAGE_TEXTS, storageDetail } from './app/message-texts';
import { Openings } from './app/openings';
import { type AppOptions, HELP, parseOptions, WITHOUT_WINDOW } from './app/options';
import { PASSPHRASE_VARIABLE, takePassphrase } from './app/passphrase';
import { configText } from './app/print-config';
import { prepareProfile, profilePaths } from './app/profile';
import { noteHolder, readHolder } from './app/profile-holder';
import { readInput } from './app/read-input';
import { readSettingsFile } from './app/settings-file';
import { systemLocale } from './app/system-locale';
import { withoutOpenGl } from './app/toolkit';
import { parseToken } from './keys/token';
import { keptSettings } from './storage/kept-settings';

const built = dirname(fileURLToPath(import.meta.url));

/** The composition root's first half: what must be settled before Electron is ready. */
async function main(): Promise<void> {
  for (const name of notForChromium(app.isPackaged)) app.commandLine.removeSwitch(name);
  requireSandbox();
  const openings = new Openings(app, process.argv, process.cwd());
  const typed = parseOptions(ownArguments());
  if (typed.help) {
    process.stdout.write(HELP);
    app.exit(EXIT_CODES.done.code);
    return;
  }
  // At once, not awaited: Electron must be set up before it is ready.
  const given = givenSettings({
    file: typed.settingsFile === null ? [] : readSettingsFile(typed.settingsFile),
    env: process.env,
    flags: typed.settings,
    allowsInsecureNode: typed.allowsInsecureNode,
  });
  const options = { ...typed, settings: given.values };
  if (options.printConfig) {
    printConfig(options, given);
    app.exit(EXIT_CODES.done.code);
    return;
  }
  requireDisplay();
  // Out of the environment before any other process is started; awaited later, as Electron must be set up by then.
  const passphrase = takePassphrase(options.passphraseFile, process.env);
  passphrase.catch(() => undefined);
  const validatorToken = readToken(options.validatorTokenFile);
  validatorToken.catch(() => undefined);
  const profile = prepareProfile(options.profile ?? app.getPath('userData'));
  app.setPath('userData', profile.folder);
  registerScheme();
  // Together with --no-sandbox, which root needs, it would keep the network service from starting.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  configureChromium(options);
  if (!app.requestSingleInstanceLock()) {
    refuseSecond(options, profile.folder);
    return;
  }
  noteHolder(profile.folder, { headless: options.headless, pid: process.pid });
  const putBack = withoutOpenGl(process.env);
  await app.whenReady();
  putBack();
  await runApp(options, {
    profile,
    built: join(built, '..'),
    passphrase: await passphrase,
    validatorToken: await validatorToken,
    openings,
  });
}

/**
 * Of packages, an AppImage turns the sandbox off by itself where the system lets it have none. Root has none in any way.
 * @throws AppError `sandbox_off`
 */
function requireSandbox(): void {
  if (!app.isPackaged || process.getuid?.() === 0 || !app.commandLine.hasSwitch('no-sandbox')) return;
  throw new AppError(
    'sandbox_off',
    "Chromium's sandbox is off (--no-sandbox), and the app does not start without it. Start it without that switch. Where the system lets programs make no user namespaces, install the deb or rpm package, which brings the sandbox's helper.",
    { remedy: 'fix_input' },
  );
}

/**
 * On Linux Electron ends without a word where there is no display, also where no window is wanted.
 * @throws AppError `display_missing`
 */
function requireDisplay(): void {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY) return;
  throw new AppError(
    'display_missing',
    'There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set. Electron needs one, also without a window. On a machine without a screen, start the app under a virtual one: xvfb-run -a.',
  );
}

function printConfig(options: AppOptions, given: GivenSettings): void {
  const profile = resolve(options.profile ?? app.getPath('userData'));
  const { passphraseFile, validatorTokenFile, importKey, json } = options;
  const fromVariable = process.env[PASSPHRASE_VARIABLE] === undefined ? null : PASSPHRASE_VARIABLE;
  const secrets = {
    passphrase: passphraseFile ?? fromVariable,
    'validator token': validatorTokenFile,
    'key to import': importKey,
  };
  const kept = keptSettings(profilePaths(profile).database);
  process.stdout.write(`${configText({ profile, kept, given, secrets }, json)}\n`);
}

async function readToken(file: string | null): Promise<string | null> {
  return file === null ? null : parseToken(await readInput('validator-token-file', file));
}

function configureChromium({ softwareGpu }: AppOptions): void {
  const { commandLine } = app;
  const given = (name: string) => commandLine.getSwitchValue(name);
  const switches = chromiumSwitches({ platform: process.platform, softwareGpu, given });
  for (const [name, value] of switches) commandLine.appendSwitch(name, value);
}

/** A second start shows the first one's window; where either has none it is a mistake, and says so. */
function refuseSecond({ headless, json }: AppOptions, folder: string): void {
  const holder = readHolder(folder);
  if (!headless && holder?.headless !== true) {
    app.exit(0);
    return;
  }
  const error = new AppError(
    'profile_in_use',
    `Another miner uses the profile ${folder}. Stop it, or choose another with --profile.`,
    { remedy: 'fix_input', params: { path: folder } },
  );
  stop(json, error, () => {
    const { runsWithoutWindow } = MESSAGE_TEXTS[systemLocale()];
    return { message: runsWithoutWindow.message, detail: runsWithoutWindow.detail(folder, holder?.pid ?? 0) };
  });
}

/** The arguments after the executable, and after the app folder where Electron was given one. */
function ownArguments(): string[] {
  const args = process.argv.slice(1);
  const folder = args.findIndex((argument) => !argument.startsWith('-') && isAppFolder(argument));
  return folder < 0 ? args : [...args.slice(0, folder), ...args.slice(folder + 1)];
}

function isAppFolder(argument: string): boolean {
  try {
    return realpathSync(argument) === realpathSync(app.getAppPath());
  } catch {
    return false;
  }
}

type Shown = { readonly message: string; readonly detail?: string };

/** @param shown what is shown of the error, made once the app is ready */
function stop(json: boolean, error: unknown, shown: (error: ErrorReport) => Shown = whyNot): void {
  const report = toErrorReport(error);
  if (json) process.stdout.write(`${JSON.stringify({ event: 'error', ...report })}\n`);
  process.stderr.write(`${report.message}\n`);
  // Whatever the command line can be refused for.
  const typedWrong = familyOf(report.code) === 'input';
  const code = exitCodeOf(report);
  const withoutWindow = process.argv.some((argument) => WITHOUT_WINDOW.includes(argument));
  if (withoutWindow || report.code === 'display_missing' || (typedWrong && hasTerminal())) {
    app.exit(code);
    return;
  }
  // Who started it by a double click sees no stderr.
  void app
    .whenReady()
    .then(() => dialog.showMessageBox({ type: 'error', title: 'ComputeChain Miner', ...shown(report) }))
    .finally(() => app.exit(code));
}

function whyNot(report: ErrorReport): Shown {
  const locale = systemLocale();
  const { cannotStart } = MESSAGE_TEXTS[locale];
  if (report.code === 'sandbox_off') return cannotStart.sandboxOff;
  const wrong = familyOf(report.code) === 'input' ? cannotStart.wrongArgument : cannotStart.failed;
  return { message: wrong, detail: storageDetail(report, locale) };
}

main().catch((error) => stop(process.argv.includes('--json'), error));
