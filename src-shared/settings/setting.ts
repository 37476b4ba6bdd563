import type { ErrorCode } from '../errors';
import type { Schedule } from '../pause-rules/schedule';

/** The card of the settings or graphics screen that a setting stands on, the first run, or a rig's alone. */
export type SettingSection =
  | 'firstRun'
  | 'appearance'
  | 'computing'
  | 'power'
  | 'pauses'
  | 'node'
  | 'jobs'
  | 'window'
  | 'updates'
  | 'notifications'
  | 'rig';

/** Who acts on a setting as soon as it changes. */
export type SettingApplier =
  | 'screens'
  | 'compute'
  | 'miner'
  | 'pauseRules'
  | 'feeCeiling'
  | 'node'
  | 'jobs'
  | 'shell';

/** The command-line option that overrides a setting for one run, named without its dashes. */
export type Flag = {
  readonly name: string;
  /** What stands for its value in the help; left out for a switch. */
  readonly value?: string;
  /** What the help says before the values it takes. */
  readonly help?: string;
  /** The code of a value that it does not take; `invalid_argument` unless told. */
  readonly code?: ErrorCode;
};

/** What every setting has, whatever its kind. */
export type SettingFacts<T> = {
  readonly default: T;
  readonly section: SettingSection;
  readonly appliedBy: SettingApplier;
  readonly flag?: Flag;
};

export type Limits = { readonly least: number; readonly most: number };

/** A whole number between its limits, both included. */
export type WholeNumber = SettingFacts<number> & { readonly kind: 'wholeNumber'; readonly limits: Limits };

/** The same, or null for what the app finds best. */
export type WholeNumberOrNone = SettingFacts<number | null> & {
  readonly kind: 'wholeNumberOrNone';
  readonly limits: Limits;
};

/** One of a few names. */
export type Choice<C extends string = string> = SettingFacts<C> & {
  readonly kind: 'choice';
  readonly choices: readonly C[];
};

/** The address of a node, or null. */
export type NodeAddress = SettingFacts<string | null> & { readonly kind: 'nodeAddress' };

/** The address of a validator, `built-in` for the development network's own, or null. */
export type ValidatorAddress = SettingFacts<string | null> & { readonly kind: 'validatorAddress' };

/** An amount in units as a decimal string, more than 0, or null. */
export type Amount = SettingFacts<string | null> & { readonly kind: 'amount' };

/** On or off. */
export type OnOff = SettingFacts<boolean> & { readonly kind: 'onOff' };

/** Hours of the week. */
export type Hours = SettingFacts<Schedule> & { readonly kind: 'hours' };

/** Names of apps, as `plainAppName` makes them. */
export type AppNames = SettingFacts<readonly string[]> & { readonly kind: 'appNames' };

export type Setting =
  | WholeNumber
  | WholeNumberOrNone
  | Choice
  | NodeAddress
  | ValidatorAddress
  | Amount
  | OnOff
  | Hours
  | AppNames;

/** What a setting's value is. */
export type SettingValue<S extends Setting> = S extends SettingFacts<infer T> ? T : never;

export function wholeNumber(limits: Limits, facts: SettingFacts<number>): WholeNumber {
  return { kind: 'wholeNumber', ...facts, limits };
}

export function wholeNumberOrNone(limits: Limits, facts: SettingFacts<number | null>): WholeNumberOrNone {
  return { kind: 'wholeNumberOrNone', ...facts, limits };
}

export function choice<const C extends string>(
  choices: readonly C[],
  facts: SettingFacts<NoInfer<C>>,
): Choice<C> {
  return { kind: 'choice', ...facts, choices };
}

export function nodeAddress(facts: SettingFacts<string | null>): NodeAddress {
  return { kind: 'nodeAddress', ...facts };
}

export function validatorAddress(facts: SettingFacts<string | null>): ValidatorAddress {
  return { kind: 'validatorAddress', ...facts };
}

export function amount(facts: SettingFacts<string | null>): Amount {
  return { kind: 'amount', ...facts };
}

export function onOff(facts: SettingFacts<boolean>): OnOff {
  return { kind: 'onOff', ...facts };
}

export function hours(facts: SettingFacts<Schedule>): Hours {
  return { kind: 'hours', ...facts };
}

export function appNames(facts: SettingFacts<readonly string[]>): AppNames {
  return { kind: 'appNames', ...facts };
}

/** Characters of the longest address of a node. */
export const LONGEST_ADDRESS = 2048;
