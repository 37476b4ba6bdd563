import { join } from 'node:path';
import type { AppState } from '../../src-shared/state/state';
import type { Clock } from '../clock/clock';
import { sessionBusPath } from './session-bus';
import { TrayIcon } from './tray';
import { watchTrayHost } from './tray-host';
import type { TrayCommands } from './tray-menu';

type Parts = {
  readonly resources: string;
  readonly clock: Clock;
  readonly commands: TrayCommands;
  readonly state: () => AppState;
  /** Told where the desktop shows the icon from now on, or no longer does. */
  readonly onChange: () => void;
};

/** The tray icon as long as the desktop has a place for it: on Linux a panel may come, go, and start anew. */
export class DesktopTray {
  readonly #parts: Parts;
  readonly #stopWatching: () => void;
  #icon: TrayIcon | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    if (process.platform === 'linux') {
      // An icon that was shown by a host which has gone is shown by no other.
      this.#stopWatching = watchTrayHost(sessionBusPath(process.env), parts.clock, (host) =>
        this.#renew(host !== null),
      );
    } else {
      this.#stopWatching = () => undefined;
      this.#renew(true);
    }
  }

  /** Whether there is an icon to open the window by. */
  get isThere(): boolean {
    return this.#icon !== null;
  }

  /** Shows the state as it is now. */
  show(): void {
    this.#icon?.show(this.#parts.state());
  }

  close(): void {
    this.#stopWatching();
    this.#icon?.close();
    this.#icon = null;
  }

  #renew(isWanted: boolean): void {
    const { resources, commands, clock, onChange } = this.#parts;
    this.#icon?.close();
    this.#icon = isWanted ? new TrayIcon(join(resources, 'tray'), commands, clock) : null;
    this.show();
    onChange();
  }
}
