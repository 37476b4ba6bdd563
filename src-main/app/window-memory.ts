import { type BrowserWindow, screen } from 'electron';
import type { Clock } from '../clock/clock';
import type { SettingsStore } from '../storage/settings-store';
import { type KeptWindow, keptWindowSchema, leastSize, placeWindow } from './window-place';

/** Where small named values are kept. */
type Store = Pick<SettingsStore, 'get' | 'set'>;

type Parts = {
  readonly store: Store;
  readonly after: Clock['after'];
  readonly onError: (error: unknown) => void;
};

const NAME = 'window';
// A window that is dragged tells of every step.
const KEEP_AFTER_MS = 500;
const DISPLAY_EVENTS = ['display-added', 'display-removed', 'display-metrics-changed'] as const;

/** The place, size and zoom of the window, as a person left them. */
export class WindowMemory {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** How the next window opens. */
  get options() {
    const kept = this.#kept();
    const { width: minWidth, height: minHeight } = leastSize(workAreas());
    return { ...placeWindow(kept, workAreas()), minWidth, minHeight, zoomFactor: kept?.zoom ?? 1 };
  }

  /** Whether the next window opens maximised. */
  get maximized(): boolean {
    return this.#kept()?.maximized ?? false;
  }

  /** Keeps from now on how a window is left, and its least size within what the monitors have room for. */
  follow(window: BrowserWindow): void {
    let callOff: (() => void) | null = null;
    const changed = () => {
      callOff ??= this.#parts.after(KEEP_AFTER_MS, () => {
        callOff = null;
        this.keep(window);
      });
    };
    const fit = () => {
      const { width, height } = leastSize(workAreas());
      window.setMinimumSize(width, height);
    };
    window.on('resize', changed);
    window.on('move', changed);
    window.on('close', () => this.keep(window));
    for (const event of DISPLAY_EVENTS) screen.on(event as 'display-added', fit); // each tells it alike
    window.once('closed', () => {
      callOff?.();
      for (const event of DISPLAY_EVENTS) screen.off(event as 'display-added', fit);
    });
  }

  /** Keeps how a window is now. What can't be kept, as on a full disk, is told and no more. */
  keep(window: BrowserWindow): void {
    const { store, onError } = this.#parts;
    const { x, y, width, height } = window.getNormalBounds();
    const maximized = window.isMaximized();
    const zoom = window.webContents.getZoomFactor();
    try {
      store.set(NAME, keptWindowSchema.parse({ bounds: { x, y, width, height }, maximized, zoom }));
    } catch (error) {
      onError(error);
    }
  }

  #kept(): KeptWindow | null {
    return this.#parts.store.get(NAME, keptWindowSchema) ?? null;
  }
}

function workAreas() {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary, ...others].map(({ workArea }) => workArea);
}
