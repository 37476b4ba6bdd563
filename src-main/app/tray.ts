import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import type { AppState } from '../../src-shared/state/state';
import { type TrayCommands, trayMenu } from './tray-menu';
import { TRAY_TEXTS } from './tray-texts';

const IMAGES: Record<AppState['miner']['kind'], string> = {
  idle: 'idle',
  starting: 'idle',
  mining: 'mining',
  paused: 'paused',
  blocked: 'blocked',
};

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

  /** Shows the state; the menu is rebuilt only where its words changed. */
  show(state: AppState): void {
    const items = trayMenu(state, this.#commands);
    const words = JSON.stringify(items) + state.miner.kind;
    if (words === this.#shown) return;
    this.#shown = words;
    this.#tray.setImage(nativeImage.createFromPath(join(this.#images, `${IMAGES[state.miner.kind]}.png`)));
    this.#tray.setToolTip(`ComputeChain Miner: ${TRAY_TEXTS[state.app.locale].states[state.miner.kind]}`);
    this.#tray.setContextMenu(Menu.buildFromTemplate(items));
  }

  close(): void {
    this.#tray.destroy();
  }
}
