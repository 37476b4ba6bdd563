import {
  DEFAULT_SETTINGS,
  SETTING_NAMES,
  type SettingName,
  type Settings,
} from '../../src-shared/settings/settings';
import type { GivenSettings } from './given-settings';

/** What a run would go by. */
type Config = {
  readonly profile: string;
  /** What the profile's database has. */
  readonly kept: Partial<Settings>;
  readonly given: GivenSettings;
  /** Where each secret of the run is from, by its name; null for none. */
  readonly secrets: Readonly<Record<string, string | null>>;
};

type Setting = { readonly name: SettingName; readonly value: unknown; readonly source: string };

// What a validator's address has after `?` may be a token.
const QUERY_VALUES = /([?&][^=&]+=)[^&]*/g;

/** The settings of a run with where each is from, a line each, or as one JSON object; nothing secret is in it. */
export function configText({ profile, kept, given, secrets }: Config, json: boolean): string {
  const settings = SETTING_NAMES.map((name) => effective(name, kept, given));
  if (json) {
    const byName = Object.fromEntries(settings.map(({ name, value, source }) => [name, { value, source }]));
    return JSON.stringify({ event: 'config', profile, settings: byName, secrets });
  }
  const lines = [
    ['profile', JSON.stringify(profile), ''],
    ...settings.map(({ name, value, source }) => [name, JSON.stringify(value), source]),
    ...Object.entries(secrets).map(([name, source]) => [
      name,
      source === null ? 'none' : 'not shown',
      source ?? '',
    ]),
  ];
  return lines
    .map(([name = '', value = '', source = '']) =>
      `${name.padEnd(22)}${value.padEnd(30)} ${source}`.trimEnd(),
    )
    .join('\n');
}

function effective(name: SettingName, kept: Partial<Settings>, { values, sources }: GivenSettings): Setting {
  const source = sources.get(name);
  if (source !== undefined) return { name, value: withoutSecrets(values[name]), source };
  const value = kept[name];
  if (value !== undefined) return { name, value: withoutSecrets(value), source: 'the profile' };
  return { name, value: DEFAULT_SETTINGS[name], source: 'default' };
}

function withoutSecrets(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(QUERY_VALUES, '$1…') : value;
}
