import type { PauseRule } from '../../src-shared/pause-rules/pause-rule';
import type { SettingName, Settings } from '../../src-shared/settings/settings';
import type { Machine } from '../machine/machine';
import {
  type Judge,
  judgeActive,
  judgeApp,
  judgeBattery,
  judgeFullScreen,
  judgeHot,
  judgeSchedule,
} from './judge';

type Switch = { [N in SettingName]: Settings[N] extends boolean ? N : never }[SettingName];

/** What makes up a rule. */
export type Rule = {
  readonly switch: Switch;
  /** Its other settings. */
  readonly values: readonly SettingName[];
  /** What it asks of the machine. */
  readonly facts: readonly (keyof Machine)[];
  readonly judge: Judge;
  /** Whether a person may let the miner work all the same while it is true. */
  readonly canOverride: boolean;
};

export const RULES: Readonly<Record<PauseRule, Rule>> = {
  active: {
    switch: 'pauseWhenActive',
    values: ['pauseIdleMinutes'],
    facts: ['idleSeconds', 'film'],
    judge: judgeActive,
    canOverride: true,
  },
  battery: {
    switch: 'pauseOnBattery',
    values: [],
    facts: ['power'],
    judge: judgeBattery,
    canOverride: true,
  },
  fullScreen: {
    switch: 'pauseFullScreen',
    values: [],
    facts: ['fullScreen'],
    judge: judgeFullScreen,
    canOverride: true,
  },
  app: {
    switch: 'pauseForApps',
    values: ['pauseApps'],
    facts: ['apps'],
    judge: judgeApp,
    canOverride: true,
  },
  schedule: {
    switch: 'pauseOutsideSchedule',
    values: ['pauseSchedule'],
    facts: [],
    judge: judgeSchedule,
    canOverride: true,
  },
  hot: {
    switch: 'pauseWhenHot',
    values: ['pauseHotC', 'pauseCoolC', 'pauseHotMinutes'],
    facts: ['temperatureC'],
    judge: judgeHot,
    // It spares the machine: a person who wants it hotter says how hot.
    canOverride: false,
  },
};
