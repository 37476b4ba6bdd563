import { JOB_LIMITS } from '../jobs/limits';
import { DEFAULT_MATRIX_SIZE, MAX_MATRIX_SIZE } from '../matrix-mult/matrix-size';
import {
  amount,
  appNames,
  choice,
  hours,
  nodeAddress,
  onOff,
  type SettingValue,
  validatorAddress,
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
  /** What of setting up is next once there is a key, so that a start in between goes on there. */
  firstRunStep: choice(['back_up', 'connect', 'done'], {
    default: 'done',
    section: 'firstRun',
    appliedBy: 'screens',
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
  /** Whether mining waits while somebody uses the computer, and for how long after. */
  pauseWhenActive: onOff({
    default: false,
    section: 'pauses',
    appliedBy: 'pauseRules',
    flag: { name: 'pause-when-active', help: 'pause while somebody uses the computer' },
  }),
  pauseIdleMinutes: wholeNumber(
    { least: 1, most: 120 },
    {
      default: 3,
      section: 'pauses',
      appliedBy: 'pauseRules',
      flag: { name: 'pause-idle-minutes', value: 'N', help: 'minutes without input until nobody uses it' },
    },
  ),
  pauseOnBattery: onOff({
    default: false,
    section: 'pauses',
    appliedBy: 'pauseRules',
    flag: { name: 'pause-on-battery', help: 'pause while the computer runs on battery' },
  }),
  pauseFullScreen: onOff({
    default: false,
    section: 'pauses',
    appliedBy: 'pauseRules',
    flag: { name: 'pause-full-screen', help: 'pause while an app fills the screen' },
  }),
  pauseForApps: onOff({ default: false, section: 'pauses', appliedBy: 'pauseRules' }),
  pauseApps: appNames({ default: [], section: 'pauses', appliedBy: 'pauseRules' }),
  pauseOutsideSchedule: onOff({ default: false, section: 'pauses', appliedBy: 'pauseRules' }),
  pauseSchedule: hours({ default: [], section: 'pauses', appliedBy: 'pauseRules' }),
  pauseWhenHot: onOff({
    default: false,
    section: 'pauses',
    appliedBy: 'pauseRules',
    flag: { name: 'pause-when-hot', help: 'pause while the graphics card or processor is too hot' },
  }),
  /** The hottest sensor's temperature from which on mining waits, and the one below which it goes on, °C. */
  pauseHotC: wholeNumber(
    { least: 45, most: 110 },
    {
      default: 85,
      section: 'pauses',
      appliedBy: 'pauseRules',
      flag: { name: 'pause-hot-c', value: 'N', help: 'degrees Celsius that are too hot' },
    },
  ),
  pauseCoolC: wholeNumber(
    { least: 30, most: 109 },
    { default: 75, section: 'pauses', appliedBy: 'pauseRules' },
  ),
  /** How long it waits at least, so that it does not go on and off. */
  pauseHotMinutes: wholeNumber(
    { least: 1, most: 60 },
    { default: 2, section: 'pauses', appliedBy: 'pauseRules' },
  ),
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
  /** The PoC validator whose jobs are done, `built-in` for the development network's own; null for none. */
  validatorUrl: validatorAddress({
    default: null,
    section: 'jobs',
    appliedBy: 'jobs',
    flag: {
      name: 'validator',
      value: 'URL',
      help: "do this PoC validator's jobs (ws://HOST:PORT/worker, or built-in)",
      code: 'invalid_validator_url',
    },
  }),
  /** What goes first where a job and a task of the chain both wait. */
  jobPriority: choice(['jobs_first', 'share', 'own_first'], {
    default: 'jobs_first',
    section: 'jobs',
    appliedBy: 'jobs',
  }),
  /** Most jobs that wait; past it the validator is told that this worker is busy. */
  jobQueueLimit: wholeNumber(
    { least: 1, most: 10_000 },
    { default: 1000, section: 'jobs', appliedBy: 'jobs' },
  ),
  /** How long a job may take from when it is its turn, s. */
  jobTimeLimitSeconds: wholeNumber(
    { least: 1, most: 600 },
    { default: 300, section: 'jobs', appliedBy: 'jobs' },
  ),
  /** Largest frame of a validator, MiB. */
  jobFrameLimitMiB: wholeNumber(
    { least: 1, most: JOB_LIMITS.frameMiB.most },
    { default: JOB_LIMITS.frameMiB.default, section: 'jobs', appliedBy: 'jobs' },
  ),
  /** Whether results of jobs go to the chain too. */
  jobSubmit: onOff({ default: true, section: 'jobs', appliedBy: 'jobs' }),
  /** Whether the validator is told who this is before it asks. */
  jobIntroduce: onOff({ default: false, section: 'jobs', appliedBy: 'jobs' }),
  /** Whether newer versions are looked for, told of alone, or installed as well. Nobody is asked before a person agrees. */
  updates: choice(['off', 'tell', 'install'], {
    default: 'off',
    section: 'updates',
    appliedBy: 'shell',
    flag: { name: 'look-for-updates', value: 'NAME', help: 'newer versions of the app' },
  }),
  closeToTray: onOff({ default: true, section: 'window', appliedBy: 'shell' }),
  /** Whether the app starts unseen when its user logs in. */
  startAtLogin: onOff({ default: false, section: 'window', appliedBy: 'shell' }),
  notifyFirstResult: onOff({ default: true, section: 'notifications', appliedBy: 'shell' }),
  /** Of being blocked for five minutes. */
  notifyBlocked: onOff({ default: true, section: 'notifications', appliedBy: 'shell' }),
  notifyLowBalance: onOff({ default: true, section: 'notifications', appliedBy: 'shell' }),
  /** Where this machine's programs are told figures and health; null for nowhere, 0 for a free port. */
  metricsPort: wholeNumberOrNone(
    { least: 0, most: 65_535 },
    {
      default: null,
      section: 'rig',
      appliedBy: 'shell',
      flag: { name: 'metrics-port', value: 'N', help: 'figures for Prometheus on 127.0.0.1, 0 for any port' },
    },
  ),
  notifyQuarantine: onOff({ default: true, section: 'notifications', appliedBy: 'shell' }),
  notifyUpdate: onOff({ default: true, section: 'notifications', appliedBy: 'shell' }),
} as const;

export type SettingName = keyof typeof SETTINGS;
export type Settings = { readonly [N in SettingName]: SettingValue<(typeof SETTINGS)[N]> };

/** The names of all settings. */
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[]; // its own keys

/** What holds until a person sets something. */
export const DEFAULT_SETTINGS = Object.fromEntries(
  SETTING_NAMES.map((name) => [name, SETTINGS[name].default]),
) as Settings; // each name with its own default
