import { join } from 'node:path';
import { BrowserWindow, type BrowserWindowConstructorOptions, session } from 'electron';
import type { Role } from '../../src-shared/ipc/contract';
import { ORIGIN, pageUrl } from '../ipc/roles';
import { serveApp } from './app-protocol';
import { denyNavigation, denyNetwork, denyPermissions } from './session-policy';

/** Where the build put pages and preloads. */
export type BuiltFiles = { readonly renderer: string; readonly preload: string };

/** Options a caller may choose; what keeps a page shut in is not among them. */
type WindowOptions = Omit<BrowserWindowConstructorOptions, 'webPreferences'> & {
  readonly backgroundThrottling?: boolean;
  readonly zoomFactor?: number;
};

/**
 * The one place windows are made: sandboxed, isolated, without Node, on a session of their role that serves `app://`
 * and nothing else.
 */
export class WindowFactory {
  readonly #files: BuiltFiles;
  readonly #roles = new WeakMap<Electron.WebContents, Role>();
  readonly #prepared = new Set<Role>();
  readonly #goneListeners: ((window: number) => void)[] = [];

  constructor(files: BuiltFiles) {
    this.#files = files;
  }

  /** Makes a window of a role and starts loading its page; it is shown only by the caller. */
  open(
    role: Role,
    { backgroundThrottling = true, zoomFactor = 1, ...options }: WindowOptions,
  ): BrowserWindow {
    const roleSession = session.fromPartition(role);
    if (!this.#prepared.has(role)) {
      this.#prepared.add(role);
      denyPermissions(roleSession);
      denyNetwork(roleSession, ORIGIN[role]);
      serveApp(roleSession, role, this.#files.renderer);
    }
    const window = new BrowserWindow({
      ...options,
      show: false,
      webPreferences: {
        session: roleSession,
        preload: join(this.#files.preload, `${role}.cjs`),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        webviewTag: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        backgroundThrottling,
        zoomFactor,
      },
    });
    this.#roles.set(window.webContents, role);
    denyNavigation(window.webContents, pageUrl(role));
    window.removeMenu();
    const { id } = window.webContents;
    window.webContents.once('destroyed', () => {
      for (const listener of this.#goneListeners) listener(id);
    });
    return window;
  }

  /** Calls back with the id of each page that is gone for good. */
  onGone(listener: (window: number) => void): void {
    this.#goneListeners.push(listener);
  }

  /** Whether there is a window of a role. */
  isOpen(role: Role): boolean {
    return BrowserWindow.getAllWindows().some(({ webContents }) => this.#roles.get(webContents) === role);
  }

  /** The role a page was made for, or undefined for a page that is not ours. */
  roleOf(contents: Electron.WebContents): Role | undefined {
    return this.#roles.get(contents);
  }
}
