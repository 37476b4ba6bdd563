import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { environment, runtime } from './runtime';

export type HeadlessEvent = { readonly event: string; readonly [name: string]: unknown };

/** The app without a window, its events as they come. */
export class Headless {
  readonly process: ChildProcess;
  readonly events: HeadlessEvent[] = [];
  readonly stderr: string[] = [];
  /** Resolves with the exit code; null where a signal ended it. */
  readonly exit: Promise<number | null>;
  readonly #watchers = new Set<() => void>();

  /** @param command what to run instead of the runtime of this test run; then `args` are all its arguments */
  constructor(
    args: string[],
    env: Record<string, string | undefined> = {},
    command: readonly string[] | null = null,
  ) {
    const { executable, switches } = runtime();
    const [program = executable, ...before] = command ?? [executable, ...switches, '--headless', '--json'];
    this.process = spawn(program, [...before, ...args], {
      env: environment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.exit = new Promise((resolve) => this.process.once('close', resolve));
    const { stdout, stderr } = this.process;
    if (stdout === null || stderr === null) throw new Error('no pipes');
    createInterface(stdout).on('line', (line) => {
      // With a window, and from a checkout, what happens is told in sentences.
      const event = line.startsWith('{') ? (JSON.parse(line) as HeadlessEvent) : { event: 'said', line };
      this.events.push(event);
      for (const watcher of this.#watchers) watcher();
    });
    createInterface(stderr).on('line', (line) => this.stderr.push(line));
  }

  /** The first event that fits, past or to come. */
  waitFor(what: string, fits: (event: HeadlessEvent) => boolean, timeoutMs = 60_000): Promise<HeadlessEvent> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.events.find(fits);
        if (found === undefined) return;
        done();
        resolve(found);
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error(`not within ${timeoutMs} ms: ${what}\n${this.#told()}`));
      }, timeoutMs);
      const done = () => {
        clearTimeout(timer);
        this.#watchers.delete(look);
      };
      this.#watchers.add(look);
      void this.exit.then(() => {
        if (!this.events.some(fits)) reject(new Error(`ended before: ${what}\n${this.#told()}`));
        done();
      });
      look();
    });
  }

  /** Ends it the way a service manager does, and gives the exit code. */
  async stop(): Promise<number | null> {
    this.process.kill('SIGTERM');
    return this.exit;
  }

  #told(): string {
    return [...this.events.slice(-15).map((event) => JSON.stringify(event)), ...this.stderr.slice(-15)].join(
      '\n',
    );
  }
}
