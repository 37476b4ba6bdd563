import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import type { Snapshot } from '../../src-shared/ipc/snapshot';
import { type TrayCommands, trayMenu } from './tray-menu';
import { TRAY_TEXTS } from './tray-texts';

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
