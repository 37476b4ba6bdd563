import type { Clock } from '../clock/clock';
import { known, type Probe, type Reading, unknown } from './machine';
import { spyLines } from './spied-lines';

// Where the program ended, the X server may have: it is looked for again.
const AGAIN_MS = 5000;

/**
 * Whether the window in front fills the screen, as the window manager tells (EWMH, `_NET_ACTIVE_WINDOW` and
 * `_NET_WM_STATE`). `xprop` is told of changes: nothing is polled, and nothing runs while nobody watches.
 */
export class X11FullScreen implements Probe<boolean> {
  // It is told of each change.
  readonly everyMs = 60_000;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #program: string;

  constructor(clock: Pick<Clock, 'after'>, program = 'xprop') {
    this.#clock = clock;
    this.#program = program;
  }

  #watched: Watched | null = null;

  /** Unwatched, one look: it begins and ends with the question. */
  async read(): Promise<Reading<boolean>> {
    if (this.#watched !== null) return this.#watched.reading;
    const watched = new Watched(this.#program, this.#clock, () => undefined);
    const reading = await watched.reading;
    watched.close();
    return reading;
  }

  watch(onChange: () => void): () => void {
    const watched = new Watched(this.#program, this.#clock, onChange);
    this.#watched = watched;
    return () => {
      watched.close();
      if (this.#watched === watched) this.#watched = null;
    };
  }
}

/** The window in front, and its state, followed. */
class Watched {
  /** Once it is known. */
  reading: Promise<Reading<boolean>>;
  readonly #program: string;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #onChange: () => void;
  #first: (reading: Reading<boolean>) => void = () => undefined;
  #window = '';
  #stopRoot: () => void = () => undefined;
  #stopWindow: () => void = () => undefined;
  #callOff: () => void = () => undefined;

  constructor(program: string, clock: Pick<Clock, 'after'>, onChange: () => void) {
    this.#program = program;
    this.#clock = clock;
    this.#onChange = onChange;
    this.reading = new Promise((resolve) => {
      this.#first = resolve;
    });
    this.#spyRoot();
  }

  close(): void {
    this.#callOff();
    this.#stopRoot();
    this.#stopWindow();
    this.#first(unknown('failed'));
  }

  #spyRoot(): void {
    this.#stopRoot = spyLines(this.#program, ['-root', '-spy', '_NET_ACTIVE_WINDOW'], {
      onLine: (line) => this.#follow(line),
      onEnd: () => {
        this.#window = '';
        this.#stopWindow();
        this.#take(unknown('no_program'));
        this.#callOff = this.#clock.after(AGAIN_MS, () => this.#spyRoot());
      },
    });
  }

  /** `_NET_ACTIVE_WINDOW(WINDOW): window id # 0x1e00003`; 0x0 where no window is in front. */
  #follow(line: string): void {
    const window = /window id # (0x[0-9a-f]+)/.exec(line)?.[1];
    // A window manager that does not tell: the property is `not found`.
    if (window === undefined) this.#take(unknown('system'));
    if (window === undefined || window === this.#window) return;
    this.#window = window;
    this.#stopWindow();
    if (Number(window) === 0) this.#take(known(false));
    else this.#followWindow(window);
  }

  #followWindow(window: string): void {
    this.#stopWindow = spyLines(this.#program, ['-id', window, '-spy', '_NET_WM_STATE'], {
      onLine: (state) => this.#take(known(state.includes('_NET_WM_STATE_FULLSCREEN'))),
      // The window is gone.
      onEnd: () => this.#take(known(false)),
    });
  }

  #take(reading: Reading<boolean>): void {
    this.#first(reading);
    this.reading = Promise.resolve(reading);
    this.#onChange();
  }
}
