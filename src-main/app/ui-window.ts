import { type BrowserWindow, dialog } from 'electron';
import type { Push, PushChannel } from '../../src-shared/ipc/contract';
import type { Clock } from '../clock/clock';
import type { Pusher } from '../ipc/push';
import { pageUrl } from '../ipc/roles';
import { showWhenDrawn } from './show-when-drawn';
import type { WindowFactory } from './window-factory';

type Options = {
  readonly windows: WindowFactory;
  readonly push: Pusher;
  readonly icon: string;
  readonly after: Clock['after'];
  /** Whether closing sends the window to the tray; where it does not, it minimises. */
  readonly tray: () => boolean;
  /** Whether closing ends the app instead. */
  readonly quits: () => boolean;
  readonly quit: () => void;
  /** Told where the window is gone. */
  readonly onClosed: () => void;
};

/** The visible window. It is destroyed when it goes to the tray, and made again when it is opened. */
export class UiWindow {
  readonly #options: Options;
  #window: BrowserWindow | null = null;
  #shown: Promise<void> = Promise.resolve();
  #quitting = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Whether there is a window, be it minimised. */
  get isOpen(): boolean {
    return this.#window !== null;
  }

  /** Shows the window, making it where there is none. */
  show(): void {
    if (this.#window === null) {
      this.#open((window) => window.show());
      return;
    }
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  /** Makes a window, where there is none, that is only in the desktop's list of windows. */
  showMinimized(): void {
    if (this.#window === null) this.#open((window) => window.minimize());
  }

  /** Pushes a message to the page, where there is one. */
  push<C extends PushChannel>(channel: C, payload: Push<C>): void {
    if (this.#window !== null) this.#options.push(this.#window.webContents, channel, payload);
  }

  /** Shows a message over the window, or by itself where there is none; resolves once it was put away. */
  async message(type: 'warning' | 'error', message: string, detail: string): Promise<void> {
    const options = { type, title: 'ComputeChain Miner', message, detail };
    // One shown before its window would lie beneath it.
    await this.#shown;
    const window = this.#window;
    if (window === null) {
      await dialog.showMessageBox(options);
      return;
    }
    // A window that goes takes its message along, and not always says so.
    const gone = new AbortController();
    const goes = () => gone.abort();
    window.once('closed', goes);
    await dialog.showMessageBox(window, { ...options, signal: gone.signal });
    window.off('closed', goes);
  }

  /** Lets the window close for good from now on. */
  release(): void {
    this.#quitting = true;
  }

  #open(present: (window: BrowserWindow) => void): void {
    const { windows, icon } = this.#options;
    const window = windows.open('ui', {
      width: 1280,
      height: 800,
      minWidth: 960,
      minHeight: 640,
      title: 'ComputeChain Miner',
      backgroundColor: '#101418',
      icon,
    });
    this.#window = window;
    this.#shown = showWhenDrawn(window, this.#options.after, () => present(window));
    window.on('close', (event) => this.#closing(event, window));
    window.on('closed', () => {
      if (this.#window === window) this.#window = null;
      if (!this.#quitting) this.#options.onClosed();
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (this.#quitting || reason === 'clean-exit') return;
      window.destroy();
      this.show();
    });
    void window.loadURL(pageUrl('ui'));
  }

  #closing(event: Electron.Event, window: BrowserWindow): void {
    if (this.#quitting) return;
    const { tray, quits, quit } = this.#options;
    if (quits()) {
      quit();
      return;
    }
    if (tray()) return;
    event.preventDefault();
    window.minimize();
  }
}
