import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The development network as its own program, the way a person runs it beside the app. */
export class DevnetProcess {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(url: string, process: ChildProcess) {
    this.url = url;
    this.#process = process;
  }

  static async start(args: string[] = ['--ephemeral', '--block-time', '1']): Promise<DevnetProcess> {
    const program = join(import.meta.dirname, '..', '..', '..', 'out', 'main', 'devnet.js');
    const child = spawn(process.execPath, [program, '--port', '0', ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface(child.stdout);
    for await (const line of lines)
      return new DevnetProcess((JSON.parse(line) as { url: string }).url, child);
    throw new Error('the development network said nothing');
  }

  /** Ends it and waits until it is gone. */
  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGTERM');
    await gone;
  }
}
