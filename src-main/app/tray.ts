import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import type { AppState } from '../../src-shared/state/state';
import type { Clock } from '../clock/clock';
import { ToolTipPace } from './tool-tip-pace';
import { type TrayCommands, trayMenu, trayToolTip } from './tray-menu';

const IMAGES: Record<AppState['miner']['kind'], string> = {
  idle: 'idle',
  starting: 'idle',
  mining: 'mining',
  finishing: 'mining',
  paused: 'paused',
  blocked: 'blocked',
};
// Panels on Linux show 22 pixels, or 44 where everything is twice as large.
const SIZE = process.platform === 'linux' ? '-22' : '';

/** The tray icon: state by shape and colour, a menu that changes with the state alone, and the figures in the tooltip. */
export class TrayIcon {
  readonly #tray: Tray;
  readonly #images: string;
  readonly #commands: TrayCommands;
  readonly #now: Clock['now'];
  readonly #toolTipPace: ToolTipPace;
  #shown = '';

  constructor(imageFolder: string, commands: TrayCommands, { now, monotonic }: Clock) {
    this.#now = now;
    this.#images = imageFolder;
    this.#commands = commands;
    this.#toolTipPace = new ToolTipPace(process.platform, monotonic);
    this.#tray = new Tray(this.#image('idle'));
    this.#tray.on('click', commands.open);
  }

  /** Shows the state; the menu is rebuilt only where its words changed. */
  show(state: AppState): void {
    const { kind } = state.miner;
    const toolTip = trayToolTip(state);
    if (this.#toolTipPace.isDue(toolTip, kind)) this.#tray.setToolTip(toolTip);
    const items = trayMenu(state, this.#commands, this.#now());
    const words = JSON.stringify(items) + kind;
    if (words === this.#shown) return;
    this.#shown = words;
    this.#tray.setImage(this.#image(IMAGES[kind]));
    this.#tray.setContextMenu(Menu.buildFromTemplate(items));
  }

  close(): void {
    this.#tray.destroy();
  }

  #image(name: string): Electron.NativeImage {
    return nativeImage.createFromPath(join(this.#images, `${name}${SIZE}.png`));
  }
}
