import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import { formatCpc, parseUnits } from '../../src-shared/chain/amount';
import type { Snapshot } from '../../src-shared/ipc/snapshot';
import type { PausePreset } from '../mining/pauses';
import { TRAY_TEXTS } from './tray-texts';

export type TrayCommands = {
  readonly open: () => void;
  readonly pause: (preset: PausePreset) => void;
  readonly resume: () => void;
  readonly topUp: () => void;
  readonly quit: () => void;
};

const IMAGES: Record<Snapshot['miner']['kind'], string> = {
  idle: 'idle',
  starting: 'idle',
  mining: 'mining',
  paused: 'paused',
  blocked: 'blocked',
};

/**
 * Whether this desktop shows tray icons. Linux desktops do where something owns the StatusNotifierWatcher name on the
 * session bus; other systems always do.
 */
export function trayAvailable(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return Promise.resolve(true);
  const args = [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.DBus',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.NameHasOwner',
    'string:org.kde.StatusNotifierWatcher',
  ];
  return new Promise((resolve) => {
    execFile('dbus-send', args, { timeout: 3000 }, (error, stdout) => {
      resolve(error === null && stdout.includes('boolean true'));
    });
  });
}

/** The tray icon: state by shape and colour, and a menu that says the same as the window. */
export class TrayIcon {
  readonly #tray: Tray;
  readonly #images: string;
  readonly #commands: TrayCommands;
  #shown = '';

  constructor(imageFolder: string, commands: TrayCommands) {
    this.#images = imageFolder;
    this.#commands = commands;
    this.#tray = new Tray(nativeImage.createFromPath(join(imageFolder, 'idle.png')));
    this.#tray.on('click', commands.open);
  }

  /** Shows a snapshot; the menu is rebuilt only where its words changed. */
  show(snapshot: Snapshot): void {
    const items = trayMenu(snapshot, this.#commands);
    const words = JSON.stringify(items) + snapshot.miner.kind;
    if (words === this.#shown) return;
    this.#shown = words;
    this.#tray.setImage(nativeImage.createFromPath(join(this.#images, `${IMAGES[snapshot.miner.kind]}.png`)));
    this.#tray.setToolTip(`ComputeChain Miner: ${TRAY_TEXTS[snapshot.locale].states[snapshot.miner.kind]}`);
    this.#tray.setContextMenu(Menu.buildFromTemplate(items));
  }

  close(): void {
    this.#tray.destroy();
  }
}

/** The tray menu for a snapshot. */
export function trayMenu(snapshot: Snapshot, commands: TrayCommands): MenuItemConstructorOptions[] {
  const texts = TRAY_TEXTS[snapshot.locale];
  const { miner, balance, faucet, today } = snapshot;
  const amount = balance.units === null ? '…' : `${formatCpc(parseUnits(balance.units))} CPC`;
  const presets = Object.entries(texts.presets) as [PausePreset, string][];
  const pause: MenuItemConstructorOptions =
    miner.kind === 'paused'
      ? { label: texts.resume, click: commands.resume }
      : {
          label: texts.pause,
          enabled: miner.kind !== 'idle',
          submenu: presets.map(([preset, label]) => ({ label, click: () => commands.pause(preset) })),
        };
  return [
    { label: texts.states[miner.kind], enabled: false },
    { label: `${texts.balance}: ${amount}`, enabled: false },
    { label: texts.today(today), enabled: false },
    { type: 'separator' },
    pause,
    { label: texts.open, click: commands.open },
    ...(faucet.available ? [{ label: texts.topUp, click: commands.topUp }] : []),
    { type: 'separator' },
    { label: texts.quit, click: commands.quit },
  ];
}
