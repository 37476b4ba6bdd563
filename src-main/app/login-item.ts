import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { mapDiskError } from '../storage/disk-error';
import { readIfThere } from '../storage/read-file';
import { autostartEntry, isSwitchedOff } from './autostart-entry';

/** Whether the app starts when its user logs in, as the system has it. */
export type LoginItem = {
  /** `off` also where a person switched it off elsewhere. */
  readonly state: () => 'on' | 'off';
  /** @throws AppError `disk_*`, `profile_*` */
  readonly set: (on: boolean) => void;
  /** Writes anew what was on already, as its program may have been moved. @throws as `set` */
  readonly renew: () => void;
};

/** Electron's own way, which Linux does not have. */
type LoginItemSettings = {
  getLoginItemSettings(options: { path: string; args: string[] }): { openAtLogin: boolean };
  setLoginItemSettings(settings: { openAtLogin: boolean; path: string; args: string[] }): void;
};

/** @param command the program and its arguments, with which it starts unseen */
export function loginItem(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
  electron: LoginItemSettings,
  command: readonly [string, ...string[]],
): LoginItem {
  return platform === 'linux' ? xdgItem(autostartFile(env), command) : systemItem(electron, command);
}

function systemItem(electron: LoginItemSettings, [path, ...args]: readonly [string, ...string[]]): LoginItem {
  const set = (openAtLogin: boolean) => electron.setLoginItemSettings({ openAtLogin, path, args });
  return {
    state: () => (electron.getLoginItemSettings({ path, args }).openAtLogin ? 'on' : 'off'),
    set,
    renew: () => set(true),
  };
}

function autostartFile(env: NodeJS.ProcessEnv): string {
  const { XDG_CONFIG_HOME: config = '' } = env;
  return join(config === '' ? join(homedir(), '.config') : config, 'autostart', 'computechain-miner.desktop');
}

function xdgItem(file: string, command: readonly string[]): LoginItem {
  const state = () => {
    const entry = readIfThere(file);
    return entry === null || isSwitchedOff(entry) ? 'off' : 'on';
  };
  const write = () => {
    const entry = autostartEntry(command);
    if (readIfThere(file) === entry) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, entry);
  };
  const told = (act: () => void) => {
    try {
      act();
    } catch (error) {
      throw mapDiskError(error, file);
    }
  };
  return {
    state,
    set: (on) => told(on ? write : () => rmSync(file, { force: true })),
    renew: () => told(write),
  };
}

/**
 * Brings the setting and the system together when the app starts: what a person did elsewhere counts, and what points
 * to where the app is no longer is mended.
 * @returns what the setting is from now on
 */
export function agreedAtStart(item: LoginItem, wanted: boolean): boolean {
  const isOn = item.state() === 'on';
  if (isOn && wanted) item.renew();
  return isOn;
}
