import type { DbusMessage } from '../../../src-main/app/dbus-message';
import { SessionBus, sessionBusPath } from '../../../src-main/app/session-bus';
import { systemClock } from '../../../src-main/clock/clock';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const WATCHER_PATH = '/StatusNotifierWatcher';
const DO_NOT_QUEUE = 4;

/** A panel as far as tray icons go: watcher and host in one, on the session bus of the test run. */
export class Panel {
  readonly #bus: SessionBus;
  /** The icons that were registered, by name. */
  readonly items: string[] = [];
  /** How often somebody asked whether icons are shown. */
  asked = 0;
  #isShown: boolean;

  private constructor(bus: SessionBus, isShown: boolean) {
    this.#bus = bus;
    this.#isShown = isShown;
  }

  /**
   * Starts one, which the whole session sees.
   * @param path of the bus's socket
   * @param isShown whether it shows icons at once
   * @throws Error where there is another already
   */
  static async start(path = sessionBusPath(process.env), isShown = true): Promise<Panel> {
    if (path === null) throw new Error('there is no session bus');
    // Nobody calls it before it owns its name.
    let hear: (message: DbusMessage) => void = () => undefined;
    const bus = await SessionBus.open(path, systemClock.after, (message) => hear(message));
    const panel = new Panel(bus, isShown);
    hear = (message) => panel.#hear(message);
    const owned = await bus.ask('RequestName', WATCHER, DO_NOT_QUEUE);
    if (owned !== 1) throw new Error('the session has a panel already');
    return panel;
  }

  /** Shows icons from now on, where it did not. */
  show(): void {
    this.#isShown = true;
    const signal = { path: WATCHER_PATH, interface: WATCHER, member: 'StatusNotifierHostRegistered' };
    this.#bus.send({ type: 'signal', ...signal, body: [] });
  }

  /** Ends it, as a crash does. */
  async end(): Promise<void> {
    this.#bus.close();
    await this.#bus.closed;
  }

  #hear(message: DbusMessage): void {
    if (message.type !== 'call') return;
    const [what, property] = message.body;
    if (message.member === 'RegisterStatusNotifierItem') this.items.push(String(what));
    const isAsked = property === 'IsStatusNotifierHostRegistered';
    if (isAsked) this.asked += 1;
    const to = message.sender === undefined ? {} : { destination: message.sender };
    const body = isAsked ? [{ variant: this.#isShown }] : [];
    this.#bus.send({ type: 'reply', replyTo: message.serial, ...to, body });
  }
}
