import { AppError } from '../../src-shared/errors';
import { plainAppNames } from '../../src-shared/pause-rules/app-names';
import type { Setting } from '../../src-shared/settings/setting';
import { SETTINGS, type SettingName, type Settings } from '../../src-shared/settings/settings';
import { settingsSchema } from '../../src-shared/settings/settings-schema';
import { parseNodeUrl } from '../chain/node-url';
import { redact } from '../diagnostics/redact';
import { parseValidatorUrl } from '../jobs/validator-url';

/** What is written as it is, and not as JSON. */
const TEXTS: ReadonlySet<Setting['kind']> = new Set(['choice', 'nodeAddress', 'validatorAddress', 'amount']);

// Of a value that is refused, so much is repeated.
const LONGEST_SHOWN = 60;

/** A setting's value as a variable of the environment has it: as in the file, but for texts, which have no quotes. */
export function valueOfText(name: SettingName, text: string): unknown {
  if (text === 'null') return null;
  if (TEXTS.has(SETTINGS[name].kind)) return text;
  try {
    return JSON.parse(text);
  } catch {
    // Nothing that is no JSON is a value of these: it is refused as what it is.
    return text;
  }
}

/**
 * A value as the setting keeps it.
 * @throws AppError `invalid_argument` saying what the setting takes; `invalid_node_url`, `invalid_validator_url`
 */
export function readValue(name: SettingName, value: unknown): Settings[SettingName] {
  const setting: Setting = SETTINGS[name];
  const parsed = settingsSchema.shape[name].safeParse(value);
  if (!parsed.success) {
    const shown = redact(JSON.stringify(value)).slice(0, LONGEST_SHOWN);
    throw new AppError('invalid_argument', `${name} takes ${taken(setting)}, not ${shown}.`, {
      remedy: 'fix_input',
    });
  }
  const { data } = parsed;
  if (setting.kind === 'appNames') return plainAppNames(data as readonly string[]); // by its schema
  if (typeof data !== 'string') return data;
  if (setting.kind === 'nodeAddress') return parseNodeUrl(data).url;
  return setting.kind === 'validatorAddress' ? parseValidatorUrl(data) : data;
}

/** Several names as a sentence has them. */
export function oneOf(choices: readonly string[]): string {
  return `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}

function taken(setting: Setting): string {
  switch (setting.kind) {
    case 'wholeNumber':
      return `a whole number from ${setting.limits.least} to ${setting.limits.most}`;
    case 'wholeNumberOrNone':
      return `a whole number from ${setting.limits.least} to ${setting.limits.most}, or null`;
    case 'choice':
      return oneOf(setting.choices);
    case 'nodeAddress':
      return 'an address such as "https://node.example:8000", or null';
    case 'validatorAddress':
      return 'an address such as "wss://validator.example:8080/worker", "built-in", or null';
    case 'amount':
      return 'units as a text of digits, such as "1000000000000000000", or null';
    case 'onOff':
      return 'true or false';
    case 'hours':
      return 'a list such as [{"days": [1, 2], "fromMinute": 0, "toMinute": 480}]';
    case 'appNames':
      return 'a list of names, such as ["game"]';
  }
}
