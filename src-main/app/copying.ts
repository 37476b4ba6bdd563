import type { Clock } from '../clock/clock';

/** The part of Electron's clipboard that is used; newer versions of it answer later. */
type Clipboard = { readText(): string | Promise<string>; writeText(text: string): void };

const SECRET_STAYS_MS = 60_000;

/** Copies for the person; a secret is taken off the clipboard again after a minute, unless something else is there by then. */
export class Copying {
  readonly #clipboard: Clipboard;
  readonly #clock: Clock;
  #secret: string | null = null;
  #callOff: () => void = () => undefined;

  constructor(clipboard: Clipboard, clock: Clock) {
    this.#clipboard = clipboard;
    this.#clock = clock;
  }

  copy(text: string): void {
    this.#clipboard.writeText(text);
  }

  copySecret(text: string): void {
    this.copy(text);
    this.#callOff();
    this.#secret = text;
    this.#callOff = this.#clock.after(SECRET_STAYS_MS, () => void this.clearSecret());
  }

  /** Takes the secret off the clipboard now, as when the app ends. */
  async clearSecret(): Promise<void> {
    this.#callOff();
    const secret = this.#secret;
    this.#secret = null;
    if (secret !== null && (await this.#clipboard.readText()) === secret) this.#clipboard.writeText('');
  }
}
