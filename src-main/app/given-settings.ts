import { AppError } from '../../src-shared/errors';
import { SETTING_NAMES, SETTINGS, type SettingName, type Settings } from '../../src-shared/settings/settings';
import { nearestName } from './nearest-name';
import { PASSPHRASE_VARIABLE } from './passphrase';
import { readValue, valueOfText } from './setting-value';
import type { FileEntry } from './settings-file';

/** Settings of this run alone, and where each is from: `rig.json:3`, a variable, or an option. */
export type GivenSettings = {
  readonly values: Partial<Settings>;
  readonly sources: ReadonlyMap<SettingName, string>;
};

type Ways = {
  /** What the file of settings says; nothing where there is none. */
  readonly file: readonly FileEntry[];
  readonly env: NodeJS.ProcessEnv;
  /** What the options say. */
  readonly flags: Partial<Settings>;
  /** Whether the options agree to the node though it is `http:` to another machine. */
  readonly allowsInsecureNode: boolean;
};

type Sourced = { readonly value: unknown; readonly source: string };
type Found = Sourced & { readonly name: SettingName };

const PREFIX = 'CPC_MINER_';
/** Variables of the same prefix that are no settings: the passphrase, and where the checkout's scripts keep downloads. */
const NO_SETTINGS = [PASSPHRASE_VARIABLE, 'CPC_MINER_CACHE'];

const VARIABLES = new Map(SETTING_NAMES.map((name) => [variableOf(name), name]));

/** The variable of the environment that gives a setting: `CPC_MINER_NODE_URL` for `nodeUrl`. */
export function variableOf(name: SettingName): string {
  const words = name.replace('MiB', 'Mib').replace(/(?<=[a-z])(?=[A-Z])/g, '_');
  return PREFIX + words.toUpperCase();
}

/**
 * Puts together what file, environment and options say; of one setting the latter goes before the former.
 * @throws AppError `invalid_settings` with every fault of file and environment, each with its place
 */
export function givenSettings({ file, env, flags, allowsInsecureNode }: Ways): GivenSettings {
  const faults: string[] = [];
  const attempt = <T>(source: string, read: () => T): T[] => {
    try {
      return [read()];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      faults.push(`${source}: ${error.message}`);
      return [];
    }
  };
  const found = [
    ...file.flatMap((entry) =>
      attempt(entry.place, () => ({ ...ofEntry(entry, file), source: entry.place })),
    ),
    ...Object.entries(env).flatMap(([variable, text = '']) =>
      variable.startsWith(PREFIX) && !NO_SETTINGS.includes(variable)
        ? attempt(variable, () => ({ ...ofVariable(variable, text), source: variable }))
        : [],
    ),
  ].flatMap(({ name, value, source }: Found) =>
    attempt(source, () => [name, { value: readValue(name, value), source }] as const),
  );
  if (faults.length > 0) throw new AppError('invalid_settings', faults.join('\n'), { remedy: 'fix_input' });
  const optioned = SETTING_NAMES.flatMap((name) =>
    flags[name] === undefined ? [] : [[name, { value: flags[name], source: optionOf(name) }] as const],
  );
  const given = new Map<SettingName, Sourced>([...found, ...optioned]);
  const nodeUrl = given.get('nodeUrl');
  if (allowsInsecureNode && nodeUrl !== undefined)
    given.set('insecureNodeUrl', { value: nodeUrl.value, source: optionOf('insecureNodeUrl') });
  const of = <T>(part: (one: Sourced) => T) => [...given].map(([name, one]) => [name, part(one)] as const);
  return {
    values: Object.fromEntries(of(({ value }) => value)) as Partial<Settings>, // each read as its own setting's value
    sources: new Map(of(({ source }) => source)),
  };
}

function ofEntry(entry: FileEntry, all: readonly FileEntry[]): Omit<Found, 'source'> {
  const { name, value } = entry;
  const known = SETTING_NAMES.find((one) => one === name);
  if (known === undefined)
    throw unknown(JSON.stringify(name), JSON.stringify(nearestName(name, SETTING_NAMES)));
  const first = all.find((one) => one.name === name);
  if (first !== undefined && first !== entry)
    throw fault(`${name} is there already, at ${first.place}. Leave one of them out.`);
  return { name: known, value };
}

function ofVariable(variable: string, text: string): Omit<Found, 'source'> {
  const name = VARIABLES.get(variable);
  if (name === undefined) throw unknown(variable, nearestName(variable, [...VARIABLES.keys()]));
  return { name, value: valueOfText(name, text) };
}

function optionOf(name: SettingName): string {
  const { flag } = SETTINGS[name] as { flag?: { name: string } };
  return `--${flag?.name}`;
}

function unknown(what: string, nearest: string): AppError {
  return fault(`There is no setting ${what}. The nearest is ${nearest}.`);
}

function fault(message: string): AppError {
  return new AppError('invalid_settings', message, { remedy: 'fix_input' });
}
