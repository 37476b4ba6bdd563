import { EventEmitter } from 'node:events';

/** What a handler that was set once is asked. */
type Handler = (...given: unknown[]) => unknown;

/** A session that keeps what it was told. */
class FakeSession extends EventEmitter {
  /** Handlers by the name of what set them. */
  readonly handlers = new Map<string, Handler>();
  readonly spellChecker: { languages?: readonly string[]; enabled?: boolean } = {};
  readonly setPermissionRequestHandler = this.#keeper('permission request');
  readonly setPermissionCheckHandler = this.#keeper('permission check');
  readonly setDevicePermissionHandler = this.#keeper('device permission');
  readonly webRequest = { onBeforeRequest: this.#keeper('request') };
  readonly protocol = {
    handle: (scheme: string, handler: Handler) => {
      if (this.handlers.has(scheme)) throw new Error(`${scheme}: is handled already`);
      this.handlers.set(scheme, handler);
    },
  };

  setSpellCheckerLanguages(languages: readonly string[]): void {
    this.spellChecker.languages = languages;
  }

  setSpellCheckerEnabled(enabled: boolean): void {
    this.spellChecker.enabled = enabled;
  }

  /** Asks a handler. @throws Error where none was set */
  ask(name: string, ...given: unknown[]): unknown {
    const handler = this.handlers.get(name);
    if (handler === undefined) throw new Error(`nothing handles a ${name}`);
    return handler(...given);
  }

  #keeper(name: string): (handler: Handler) => void {
    return (handler) => void this.handlers.set(name, handler);
  }
}

class FakeContents extends EventEmitter {
  readonly id = BrowserWindow.all.length + 1;
  openHandler: (() => unknown) | null = null;

  setWindowOpenHandler(handler: () => unknown): void {
    this.openHandler = handler;
  }
}

/** A window without Electron, which keeps what it was made with. */
export class BrowserWindow {
  static readonly all: BrowserWindow[] = [];
  readonly webContents = new FakeContents();
  readonly options: unknown;

  static getAllWindows(): readonly BrowserWindow[] {
    return BrowserWindow.all;
  }

  constructor(options: unknown) {
    this.options = options;
    BrowserWindow.all.push(this);
  }

  removeMenu(): void {
    // None of them has any.
  }
}

const sessions = new Map<string, FakeSession>();

/** Sessions by their partitions. */
export const session = {
  fromPartition(name: string): FakeSession {
    const known = sessions.get(name) ?? new FakeSession();
    sessions.set(name, known);
    return known;
  },
};

/** Takes the schemes that it is told of. */
export const protocol = { registerSchemesAsPrivileged: () => undefined };
