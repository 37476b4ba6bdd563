import { type ChildProcess, fork } from 'node:child_process';
import type { FromMiner, MinerArguments, ToMiner } from './miner-messages';

/** The miner's program in a process of its own, to be told of blocks and to be killed. */
export class MinerProcess {
  readonly #child: ChildProcess;
  readonly #gone: Promise<void>;
  #last: FromMiner | null = null;
  #alive = true;
  #onNews: () => void = () => undefined;

  /** @param program the bundled `miner-program.ts` */
  constructor(program: string, args: MinerArguments) {
    this.#child = fork(program, [JSON.stringify(args)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#child.on('message', (message: FromMiner) => {
      this.#last = message;
      this.#onNews();
    });
    this.#gone = new Promise((resolve) =>
      this.#child.once('exit', () => {
        this.#alive = false;
        this.#onNews();
        resolve();
      }),
    );
  }

  get alive(): boolean {
    return this.#alive;
  }

  get last(): FromMiner | null {
    return this.#last;
  }

  tell(message: ToMiner): void {
    // A process that is being killed can no longer be told anything.
    if (this.#alive && this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** Waits until the miner says what is waited for, is gone, or so many ms have passed. */
  until(holds: (last: FromMiner) => boolean, mostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.#alive && (this.#last === null || !holds(this.#last))) return;
        clearTimeout(timer);
        this.#onNews = () => undefined;
        resolve();
      };
      const timer = setTimeout(() => {
        this.#onNews = () => undefined;
        resolve();
      }, mostMs);
      this.#onNews = look;
      look();
    });
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#gone;
  }
}
