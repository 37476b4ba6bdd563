import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agreedAtStart, loginItem } from './login-item';

const NONE = { getLoginItemSettings: () => ({ openAtLogin: false }), setLoginItemSettings: () => undefined };

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'login-item-'));
  file = join(folder, 'autostart', 'computechain-miner.desktop');
});
afterEach(() => rmSync(folder, { recursive: true }));

const item = (...command: [string, ...string[]]) =>
  loginItem('linux', { XDG_CONFIG_HOME: folder }, NONE, command);

describe('starting at login on a Linux desktop', () => {
  it('is an entry of its own, quoted as the specification asks', () => {
    const own = item('/opt/My "Miner" $1/100%/app\\x', '--hidden');
    expect(own.state()).toBe('off');
    own.set(true);
    expect(own.state()).toBe('on');
    const exec = /^Exec=(.*)$/m.exec(readFileSync(file, 'utf8'))?.[1];
    expect(exec).toBe('"/opt/My \\\\"Miner\\\\" \\\\$1/100%%/app\\\\\\\\x" "--hidden"');
    own.set(false);
    expect(existsSync(file)).toBe(false);
    own.set(false);
  });

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])('was switched off elsewhere: %s', (line) => {
    item('/opt/app').set(true);
    const switchedOff = readFileSync(file, 'utf8').replace('X-GNOME-Autostart-enabled=true', line);
    writeFileSync(file, switchedOff);
    expect(item('/opt/app').state()).toBe('off');
    expect(agreedAtStart(item('/opt/app'), true)).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe(switchedOff);
  });

  it('follows an app that was moved', () => {
    item('/old/place/app').set(true);
    expect(agreedAtStart(item('/new/place/app'), true)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain('Exec="/new/place/app"');
  });

  it('is off where the entry is gone, whatever was set', () => {
    expect(agreedAtStart(item('/opt/app'), true)).toBe(false);
    expect(existsSync(file)).toBe(false);
  });

  it('that can not be written is told of', () => {
    writeFileSync(join(folder, 'autostart'), 'a file');
    expect(() => item('/opt/app').set(true)).toThrow(expect.objectContaining({ name: 'AppError' }));
  });
});

it('elsewhere the system is asked, and told', () => {
  let openAtLogin = false;
  const electron = {
    getLoginItemSettings: () => ({ openAtLogin }),
    setLoginItemSettings: (settings: { openAtLogin: boolean; path: string; args: string[] }) => {
      ({ openAtLogin } = settings);
      expect(settings).toMatchObject({ path: 'C:\\app.exe', args: ['--hidden'] });
    },
  };
  const own = loginItem('win32', {}, electron, ['C:\\app.exe', '--hidden']);
  own.set(true);
  expect(own.state()).toBe('on');
  expect(agreedAtStart(own, true)).toBe(true);
  own.set(false);
  expect(own.state()).toBe('off');
});
