import type { Clock } from '../clock/clock';

/** The part of Electron's clipboard that is used; from Electron 44 on both take their time. */
type Clipboard = {
  readText(): string | Promise<string>;
  writeText(text: string): void | Promise<void>;
};

const SECRET_STAYS_MS = 60_000;

/** Copies for the person; a secret is taken off the clipboard again after a minute, unless something else is there by then. */
export class Copying {
  readonly #clipboard: Clipboard;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #onError: (error: unknown) => void;
  #secret: string | null = null;
  #callOff: () => void = () => undefined;

  constructor(clipboard: Clipboard, clock: Pick<Clock, 'after'>, onError: (error: unknown) => void) {
    this.#onError = onError;
    this.#clipboard = clipboard;
    this.#clock = clock;
  }

  /** @returns once it is there */
  async copy(text: string): Promise<void> {
    await this.#clipboard.writeText(text);
  }

  async copySecret(text: string): Promise<void> {
    this.#callOff();
    // Before it is there, so that an end in between takes it away too.
    this.#secret = text;
    await this.copy(text);
    this.#callOff();
    this.#callOff = this.#clock.after(SECRET_STAYS_MS, () => void this.clearSecret().catch(this.#onError));
  }

  /** Takes the secret off the clipboard now, as when the app ends. */
  async clearSecret(): Promise<void> {
    this.#callOff();
    const secret = this.#secret;
    this.#secret = null;
    if (secret !== null && (await this.#clipboard.readText()) === secret) await this.#clipboard.writeText('');
  }
}
