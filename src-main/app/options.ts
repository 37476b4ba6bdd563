import { parseArgs } from 'node:util';
import { AppError, type ErrorCode, type ErrorParams } from '../../src-shared/errors';
import type { Limits, Setting } from '../../src-shared/settings/setting';
import { SETTING_NAMES, SETTINGS, type SettingName, type Settings } from '../../src-shared/settings/settings';
import { parseNodeUrl } from '../chain/node-url';
import { parseValidatorUrl } from '../jobs/validator-url';
import { EXIT_CODES } from './exit-codes';
import { foreignArguments } from './foreign-arguments';
import { variableOf } from './given-settings';
import { oneOf } from './setting-value';

/** What the command line asks for. */
export type AppOptions = {
  /** No window, no tray: events on stdout. */
  readonly headless: boolean;
  /** One JSON object per event instead of a sentence. */
  readonly json: boolean;
  /** Create a key, top up and start without asking; on the development network only. */
  readonly auto: boolean;
  /** Folder for everything the app keeps; null for the system's usual place. */
  readonly profile: string | null;
  /** End with exit code 0 once so many tasks are proved. */
  readonly tasks: number | null;
  /** End with exit code 0 once so many jobs are answered. */
  readonly jobs: number | null;
  /** Let Chromium's software rasteriser stand in for a graphics card. */
  readonly softwareGpu: boolean;
  /** Seconds between blocks of the built-in development network. */
  readonly blockTimeSeconds: number | null;
  /** Start with the window closed to the tray. */
  readonly hidden: boolean;
  /** Look at everything that mining needs, say what was found, and end; never with a window. */
  readonly doctor: boolean;
  readonly help: boolean;
  /** The file with a private key to take, `-` for standard input; null for none. */
  readonly importKey: string | null;
  /** The file that a sealed copy of the key goes to; null for none. */
  readonly backUpKey: string | null;
  /** Make a key where there is none. */
  readonly createKey: boolean;
  /** Agree to another chain than before, once. */
  readonly acceptChain: boolean;
  /** The file with the passphrase of the key's file; null: from the environment. */
  readonly passphraseFile: string | null;
  /** The file with the token of the validator, `-` for standard input; null for none. */
  readonly validatorTokenFile: string | null;
  /** Arguments that are nobody's here, as the desktop or an updater adds them; always none without a window. */
  readonly ignored: readonly string[];
  /** The file of settings for this run; null for none. */
  readonly settingsFile: string | null;
  /** Say what the settings are and where each is from, and end. */
  readonly printConfig: boolean;
  /** Whether the node may be `http:` to another machine. */
  readonly allowsInsecureNode: boolean;
  /** What goes before the settings that are kept, in this run alone. */
  readonly settings: Partial<Settings>;
};

type Option = { readonly value?: string; readonly help: string };

/** Options of a run, beside the settings' own flags. */
const OPTIONS = {
  headless: { help: 'no window: run the miner and report on standard output' },
  json: { help: 'one JSON object per event (with --headless)' },
  doctor: { help: 'look at everything that mining needs, say what was found, and end' },
  profile: { value: 'DIR', help: 'keep everything in this folder' },
  settings: { value: 'FILE', help: 'settings for this run alone, as one JSON object' },
  'print-config': { help: 'say what the settings are and where each is from, and end' },
  tasks: { value: 'N', help: 'end once N tasks are proved' },
  jobs: { value: 'N', help: "end once N of the validator's jobs are answered" },
  'software-gpu': { help: 'let a software rasteriser stand in for a graphics card' },
  'block-time': {
    value: 'SECONDS',
    help: 'block time of the built-in development network (default 5)',
  },
  hidden: { help: 'start with the window closed' },
  auto: { help: 'on a development network: make a key, top up and start without asking' },
  'create-key': { help: 'make a key where there is none' },
  'import-key': { value: 'FILE', help: 'take the private key in FILE (- for standard input)' },
  'back-up-key': {
    value: 'FILE',
    help: 'keep a copy of the key in FILE, sealed with the passphrase',
  },
  'passphrase-file': {
    value: 'FILE',
    help: "keep the key in a file sealed with FILE's passphrase",
  },
  'validator-token-file': {
    value: 'FILE',
    help: 'show the validator the token in FILE (- for standard input)',
  },
  'accept-chain': { help: 'agree once to another chain than before, which is told of' },
  help: { help: 'this text' },
} as const satisfies Record<string, Option>;

/** Each setting that has a flag, by the flag's name. */
const FLAGS = new Map<string, SettingName>(
  SETTING_NAMES.flatMap((name) => {
    const { flag }: Setting = SETTINGS[name];
    return flag === undefined ? [] : [[flag.name, name]];
  }),
);

export const HELP = `ComputeChain Miner

${Object.entries(OPTIONS)
  .map(([name, option]) => helpLine(name, option))
  .join('')}
In this run alone, whatever the settings say:

${[...FLAGS].map(([flag, name]) => helpLine(flag, flagOption(name))).join('')}
The same and all other settings by their names in the file of --settings, and by variables
such as ${variableOf('nodeUrl')}: the file gives way to the variables, and these to the options.

It ends with one of these codes:

${Object.values(EXIT_CODES)
  .map(({ code, when }) => `  ${String(code).padEnd(5)}${when}\n`)
  .join('')}`;

/** Switches that are Chromium's or Electron's business, not ours. */
const CHROMIUMS =
  /^--(?:inspect|remote-debugging|no-sandbox|use-|enable-|disable-|ignore-|ozone|force-|lang\b|user-data-dir|password-store|log-|original-process-start-time|allow-|js-flags)/;

const INSECURE_NODE = SETTINGS.insecureNodeUrl.flag?.name ?? '';

/** Each of these runs without a window, at a terminal or under a service manager. */
export const WITHOUT_WINDOW = ['--headless', '--doctor', '--print-config'];

/** The name and kind of every option, for the parser. */
const KINDS: Readonly<Record<string, { readonly type: 'boolean' | 'string' }>> = Object.fromEntries(
  [
    ...Object.entries<Option>(OPTIONS),
    ...[...FLAGS].map(([flag, name]): [string, Option] => [flag, flagOption(name)]),
  ].map(([name, { value }]) => [name, { type: value === undefined ? 'boolean' : 'string' }]),
);

/**
 * Reads the arguments after the executable and the app folder. Who starts a run without a window typed each of them, so
 * what is not known is an error; a desktop, an updater or a browser may add its own to a double click.
 * @throws AppError `invalid_argument`, `invalid_matrix_size`, `invalid_node_url` naming the option and what it takes
 */
export function parseOptions(args: readonly string[]): AppOptions {
  const ours = args.filter((argument) => !CHROMIUMS.test(argument));
  const foreign = WITHOUT_WINDOW.some((option) => ours.includes(option))
    ? new Set<number>()
    : foreignArguments(ours, KINDS);
  const given = readArguments(ours.filter((_argument, index) => !foreign.has(index)));
  const isOn = (name: keyof typeof OPTIONS) => given.get(name) === true;
  const text = (name: keyof typeof OPTIONS) => {
    const value = given.get(name);
    return typeof value === 'string' ? value : null;
  };
  return {
    headless: isOn('headless') || isOn('doctor'),
    doctor: isOn('doctor'),
    json: isOn('json'),
    auto: isOn('auto'),
    profile: folder('profile', text('profile')),
    tasks: integer('tasks', text('tasks'), { least: 1, most: 1_000_000 }),
    jobs: integer('jobs', text('jobs'), { least: 1, most: 1_000_000 }),
    softwareGpu: isOn('software-gpu'),
    blockTimeSeconds: integer('block-time', text('block-time'), { least: 1, most: 3600 }),
    hidden: isOn('hidden'),
    importKey: text('import-key'),
    backUpKey: text('back-up-key'),
    createKey: isOn('create-key'),
    acceptChain: isOn('accept-chain'),
    passphraseFile: text('passphrase-file'),
    validatorTokenFile: text('validator-token-file'),
    help: isOn('help'),
    settingsFile: text('settings'),
    printConfig: isOn('print-config'),
    allowsInsecureNode: given.get(INSECURE_NODE) === true,
    ignored: ours.filter((_argument, index) => foreign.has(index)),
    settings: settingsIn(given),
  };
}

type Given = ReadonlyMap<string, string | boolean>;

function readArguments(args: string[]): Given {
  try {
    const { values } = parseArgs({ args, options: KINDS, strict: true, allowPositionals: false });
    return new Map(Object.entries(values) as [string, string | boolean][]); // no option is a list
  } catch (error) {
    throw invalid(`${error instanceof Error ? error.message : String(error)} (--help lists the options)`);
  }
}

function settingsIn(given: Given): Partial<Settings> {
  const found = [...FLAGS].flatMap(([flag, name]): [SettingName, unknown][] => {
    const value = given.get(flag);
    const setting: Setting = SETTINGS[name];
    if (value === true && setting.kind === 'onOff') return [[name, true]];
    return typeof value === 'string' ? [[name, readSetting(flag, setting, value)]] : [];
  });
  return Object.fromEntries(found) as Partial<Settings>; // each read as its own setting's value
}

function readSetting(flag: string, setting: Setting, text: string): string | number | null {
  if ('limits' in setting) return integer(flag, text, setting.limits, setting.flag?.code);
  if ('choices' in setting) {
    const choice = setting.choices.find((known) => known === text);
    if (choice !== undefined) return choice;
    throw invalid(`--${flag} takes ${oneOf(setting.choices)}, not "${text}".`);
  }
  return setting.kind === 'validatorAddress' ? parseValidatorUrl(text) : parseNodeUrl(text).url;
}

function flagOption(name: SettingName): Option {
  const setting: Setting = SETTINGS[name];
  const { value, help } = setting.flag ?? {};
  const takes =
    'limits' in setting
      ? `${setting.limits.least}…${setting.limits.most}`
      : 'choices' in setting
        ? oneOf(setting.choices)
        : null;
  const range =
    takes === null ? null : setting.default === null ? takes : `${takes} (default ${setting.default})`;
  return {
    ...(value === undefined ? {} : { value }),
    help: [help, range].filter((part) => part != null).join(', '),
  };
}

function helpLine(name: string, { value, help }: Option): string {
  return `  --${(value === undefined ? name : `${name} ${value}`).padEnd(27)}${help}\n`;
}

/** An empty one would be whatever folder the app was started in, as where a script's variable is not set. */
function folder(name: string, text: string | null): string | null {
  if (text === null || text.trim() !== '') return text;
  throw invalid(`--${name} takes a folder, not "${text}".`);
}

function integer(
  name: string,
  text: string | null,
  { least, most }: Limits,
  code: ErrorCode = 'invalid_argument',
): number | null {
  if (text === null) return null;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw invalid(`--${name} takes a whole number from ${least} to ${most}, not "${text}".`, code, {
    value: text,
    limit: most,
  });
}

function invalid(message: string, code: ErrorCode = 'invalid_argument', params: ErrorParams = {}): AppError {
  return new AppError(code, message, { remedy: 'fix_input', params });
}
