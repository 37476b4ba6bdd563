import { DEFAULT_MATRIX_SIZE, MAX_MATRIX_SIZE } from '../matrix-mult/matrix-size';
import {
  amount,
  choice,
  nodeAddress,
  onOff,
  type SettingValue,
  wholeNumber,
  wholeNumberOrNone,
} from './setting';

/** Everything a person can set: all else about a setting follows from its line here. */
export const SETTINGS = {
  language: choice(['system', 'ru', 'en'], {
    default: 'system',
    section: 'appearance',
    appliedBy: 'screens',
  }),
  theme: choice(['system', 'light', 'dark'], {
    default: 'system',
    section: 'appearance',
    appliedBy: 'shell',
  }),
  engine: choice(['auto', 'webgpu', 'cpu'], {
    default: 'auto',
    section: 'power',
    appliedBy: 'compute',
    flag: { name: 'engine', value: 'NAME' },
  }),
  matrixSize: wholeNumber(
    { least: 1, most: MAX_MATRIX_SIZE },
    {
      default: DEFAULT_MATRIX_SIZE,
      section: 'computing',
      // The engine is chosen for the size; what is planned next asks for it by itself.
      appliedBy: 'compute',
      flag: { name: 'matrix-size', value: 'N', code: 'invalid_matrix_size' },
    },
  ),
  /** Results computed for each block, told apart by their nonce. */
  tasksPerBlock: wholeNumber(
    { least: 1, most: 16 },
    {
      default: 1,
      section: 'computing',
      appliedBy: 'miner',
      flag: { name: 'tasks-per-block', value: 'N', help: 'results for each block' },
    },
  ),
  /** Share of the time that the engines compute, percent. */
  dutyPercent: wholeNumber({ least: 5, most: 100 }, { default: 100, section: 'power', appliedBy: 'compute' }),
  /** `balanced`: slices so short that the desktop stays fluent; `full`: longer ones, for a machine nobody sits at. */
  slices: choice(['balanced', 'full'], { default: 'balanced', section: 'power', appliedBy: 'compute' }),
  /** Most processor threads; null for one a core. */
  cpuThreads: wholeNumberOrNone(
    { least: 1, most: 16 },
    { default: null, section: 'power', appliedBy: 'compute' },
  ),
  /** Whether the computer is kept from falling asleep while it mines; the screen may go dark all the same. */
  keepAwake: onOff({
    default: false,
    section: 'power',
    appliedBy: 'shell',
    flag: { name: 'keep-awake', help: 'keep the computer from falling asleep while it mines' },
  }),
  /** Most fees an hour, units; null for no ceiling. */
  feeCeilingUnits: amount({ default: null, section: 'computing', appliedBy: 'feeCeiling' }),
  /** Null means the development network built into the app. */
  nodeUrl: nodeAddress({
    default: null,
    section: 'node',
    appliedBy: 'node',
    flag: {
      name: 'node',
      value: 'URL',
      help: 'use this node instead of the built-in development network',
      code: 'invalid_node_url',
    },
  }),
  /** The `http:` address of another machine that the person agreed to use all the same. */
  insecureNodeUrl: nodeAddress({
    default: null,
    section: 'node',
    appliedBy: 'node',
    flag: { name: 'insecure-node', help: 'allow --node to be http:// to another machine' },
  }),
  closeToTray: onOff({ default: true, section: 'window', appliedBy: 'shell' }),
} as const;

export type SettingName = keyof typeof SETTINGS;
export type Settings = { readonly [N in SettingName]: SettingValue<(typeof SETTINGS)[N]> };

/** The names of all settings. */
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[]; // its own keys

/** What holds until a person sets something. */
export const DEFAULT_SETTINGS = Object.fromEntries(
  SETTING_NAMES.map((name) => [name, SETTINGS[name].default]),
) as Settings; // each name with its own default
