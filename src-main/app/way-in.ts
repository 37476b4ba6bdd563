import type { Clock } from '../clock/clock';

type Parts = {
  readonly after: Clock['after'];
  /** Whether there is a window, or a tray icon that opens one. */
  readonly isThere: () => boolean;
  /** Makes one. */
  readonly make: () => void;
};

// A panel that starts with the session, or again, is there by then.
const GRACE_MS = 10_000;

/** Sees to it that a person always finds a way to the app: where window and tray are gone for a while, a window is made. */
export class WayIn {
  readonly #parts: Parts;
  #callOff: (() => void) | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** To be called where the window or the tray may have gone, or come. */
  look(): void {
    const { after, isThere, make } = this.#parts;
    if (isThere()) {
      this.close();
      return;
    }
    this.#callOff ??= after(GRACE_MS, () => {
      this.#callOff = null;
      if (!isThere()) make();
    });
  }

  close(): void {
    this.#callOff?.();
    this.#callOff = null;
  }
}
