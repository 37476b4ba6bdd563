/** Electron's app, as far as it tells of what is opened. */
type App = {
  on(event: 'second-instance', listener: (event: unknown, args: string[], folder: string) => void): unknown;
  on(event: 'open-url' | 'open-file', listener: (event: Event, what: string) => void): unknown;
};
type Event = { preventDefault(): void };

type Listener = (args: readonly string[], folder: string) => void;

/**
 * What a desktop asks to open: links and files, among the arguments of this start and of later ones, and by macOS's
 * own events, which may come before the app is ready. What came before anybody listens is kept for them.
 */
export class Openings {
  #listener: Listener | null = null;
  readonly #waiting: (readonly [args: readonly string[], folder: string])[] = [];

  constructor(app: App, args: readonly string[], folder: string) {
    this.#open(args, folder);
    app.on('second-instance', (_event, later, laterFolder) => this.#open(later, laterFolder));
    const opened = (event: Event, what: string) => {
      event.preventDefault();
      this.#open([what], folder);
    };
    app.on('open-url', opened);
    app.on('open-file', opened);
  }

  /** @param listener called with all arguments of a start, and the folder that relative paths among them are from */
  listen(listener: Listener): void {
    this.#listener = listener;
    for (const [args, folder] of this.#waiting.splice(0)) listener(args, folder);
  }

  #open(args: readonly string[], folder: string): void {
    if (this.#listener === null) this.#waiting.push([args, folder]);
    else this.#listener(args, folder);
  }
}
