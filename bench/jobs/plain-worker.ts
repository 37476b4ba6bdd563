import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The plain Python worker, for comparison. */
export class PlainWorker {
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  /** Starts one for a validator on this machine; null where there is no NumPy. */
  static start(port: number): PlainWorker | null {
    if (spawnSync('python3', ['-c', 'import numpy']).status !== 0) return null;
    const script = join(import.meta.dirname, 'plain_worker.py');
    return new PlainWorker(
      spawn('python3', [script, String(port)], { stdio: ['ignore', 'inherit', 'inherit'] }),
    );
  }

  async close(): Promise<void> {
    const closed = once(this.#process, 'close');
    this.#process.kill();
    await closed;
  }
}
