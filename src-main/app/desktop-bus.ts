import type { Clock } from '../clock/clock';
import { SessionBus } from './session-bus';

type Call = Parameters<SessionBus['call']>[0];

/** Asks services of the desktop over the session bus, which is connected to when something is asked. */
export class DesktopBus {
  readonly #path: string;
  readonly #after: Clock['after'];
  #bus: Promise<SessionBus> | null = null;

  /** @param path of the bus's socket */
  constructor(path: string, after: Clock['after']) {
    this.#path = path;
    this.#after = after;
  }

  /** @returns the reply's first value @throws Error where there is no bus or no such service, or it does not answer */
  async call(call: Call): Promise<unknown> {
    this.#bus ??= this.#connect();
    return (await this.#bus).call(call);
  }

  close(): void {
    void this.#bus?.then(
      (bus) => bus.close(),
      () => undefined,
    );
  }

  async #connect(): Promise<SessionBus> {
    try {
      const bus = await SessionBus.open(this.#path, this.#after, () => undefined);
      void bus.closed.then(() => {
        this.#bus = null;
      });
      return bus;
    } catch (error) {
      this.#bus = null;
      throw error;
    }
  }
}
