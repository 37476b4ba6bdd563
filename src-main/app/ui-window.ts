import { type BrowserWindow, dialog, Menu } from 'electron';
import type { Push, PushChannel } from '../../src-shared/ipc/contract';
import type { Clock } from '../clock/clock';
import type { Pusher } from '../ipc/push';
import { pageUrl } from '../ipc/roles';
import { contextMenu } from './context-menu';
import { CrashPace } from './crash-pace';
import { MESSAGE_TEXTS } from './message-texts';
import { showWhenDrawn } from './show-when-drawn';
import type { WindowFactory } from './window-factory';
import type { WindowMemory } from './window-memory';
import { nextZoom, type Zoom } from './zoom';

type Options = {
  readonly windows: WindowFactory;
  readonly push: Pusher;
  readonly icon: string;
  readonly memory: WindowMemory;
  readonly locale: () => 'en' | 'ru';
  readonly clock: Pick<Clock, 'monotonic' | 'after'>;
  /** Whether closing sends the window to the tray; where it does not, it minimises. */
  readonly tray: () => boolean;
  /** Whether closing ends the app instead. */
  readonly quits: () => boolean;
  readonly quit: () => void;
  /** Told where the window is gone. */
  readonly onClosed: () => void;
};

// A page is read within a second; longer means that nobody will say so.
const LONGEST_READING_MS = 3000;

/** The visible window. It is destroyed when it goes to the tray, and made again when it is opened. */
export class UiWindow {
  readonly #options: Options;
  #window: BrowserWindow | null = null;
  /** Resolves once the newest window can be seen, or is gone; within seconds in any way. */
  #shown: Promise<void> = Promise.resolve();
  #runs: Promise<void> = Promise.resolve();
  #pageRuns: () => void = () => undefined;
  readonly #pace: CrashPace;
  /** Calls off the next try after a crash. */
  #callOff: (() => void) | null = null;
  #isAsking = false;
  #quitting = false;

  constructor(options: Options) {
    this.#options = options;
    this.#pace = new CrashPace(options.clock.monotonic);
  }

  /** Whether there is a window, be it minimised, or one is on its way after a crash, or a person is asked whether to try again. */
  get isThere(): boolean {
    return this.#window !== null || this.#callOff !== null || this.#isAsking;
  }

  /** Resolves once the code of the newest window's page runs, or the window is gone; within seconds in any way. */
  get runs(): Promise<void> {
    return this.#runs;
  }

  /** Its page has asked for something: its code runs. */
  pageRuns(): void {
    this.#pageRuns();
  }

  /** Shows the window, making it where there is none. */
  show(): void {
    if (this.#window === null) {
      const { maximized } = this.#options.memory;
      this.#open((window) => {
        window.show();
        if (maximized) window.maximize();
      });
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
  async message(type: 'info' | 'warning' | 'error', message: string, detail: string): Promise<void> {
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

  /** Makes everything in the window larger or smaller. */
  zoom(zoom: Zoom): void {
    const contents = this.#window?.webContents;
    contents?.setZoomFactor(nextZoom(contents.getZoomFactor(), zoom));
  }

  /** Keeps how the window is left, and lets it close for good from now on. */
  release(): void {
    this.#quitting = true;
    this.#callOff?.();
    if (this.#window !== null) this.#options.memory.keep(this.#window);
  }

  #open(present: (window: BrowserWindow) => void): void {
    const { windows, icon, memory, locale, clock } = this.#options;
    this.#callOff?.();
    this.#callOff = null;
    this.#pace.opened();
    const window = windows.open('ui', {
      ...memory.options,
      title: 'ComputeChain Miner',
      backgroundColor: '#101418',
      icon,
    });
    this.#window = window;
    this.#shown = showWhenDrawn(window, clock.after, () => present(window));
    this.#runs = new Promise((resolve) => {
      const callOff = clock.after(LONGEST_READING_MS, resolve);
      this.#pageRuns = () => {
        callOff();
        resolve();
      };
      window.once('closed', this.#pageRuns);
    });
    memory.follow(window);
    window.webContents.on('zoom-changed', (_event, direction) => this.zoom(direction));
    window.webContents.on('context-menu', (_event, clicked) => {
      Menu.buildFromTemplate(contextMenu(clicked, locale())).popup({ window });
    });
    window.on('close', (event) => this.#closing(event, window));
    window.on('closed', () => {
      if (this.#window === window) this.#window = null;
      if (!this.#quitting) this.#options.onClosed();
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (this.#quitting || reason === 'clean-exit') return;
      this.#crashed(window);
    });
    void window.loadURL(pageUrl('ui'));
  }

  /** Mining goes on, in another process: there is time to open the window anew. */
  #crashed(window: BrowserWindow): void {
    const waitMs = this.#pace.crashed();
    if (waitMs === null) void this.#ask();
    else {
      this.#callOff = this.#options.clock.after(waitMs, () => {
        this.#callOff = null;
        this.show();
      });
    }
    window.destroy();
  }

  /** A window that crashes at each load isn't opened again and again: what to do is the person's to say. */
  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const { message, detail, again, leave } = MESSAGE_TEXTS[this.#options.locale()].windowCrashes;
    const { response } = await dialog.showMessageBox({
      type: 'error',
      title: 'ComputeChain Miner',
      message,
      detail,
      buttons: [again, leave],
      cancelId: 1,
    });
    this.#isAsking = false;
    if (this.#quitting) return;
    if (response === 0) this.show();
    else this.#options.onClosed();
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
