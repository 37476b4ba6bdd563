import { type UtilityProcess, utilityProcess } from 'electron';
import { z } from 'zod';
import { AppError, fromErrorReport } from '../../src-shared/errors';
import { errorReportSchema } from '../../src-shared/ipc/error-report';
import type { Clock } from '../clock/clock';
import type { BuiltInNode } from '../mining/node-connection';

const START_TIMEOUT_MS = 30_000;
// It ends within a tenth of a second; longer means it hangs, and the app would never end.
const STOP_TIMEOUT_MS = 3000;

/** Where a started network answers. */
type Started = { readonly url: string; readonly market: MarketAddress };
/** Of the task market, and where a validator's workers connect. */
export type MarketAddress = { readonly url: string; readonly worker: string };

const messageSchema = z.union([
  z
    .object({ url: z.string(), market: z.string(), worker: z.string() })
    .transform(({ url, market, worker }) => ({ ok: true as const, url, market: { url: market, worker } })),
  z.object({ error: errorReportSchema }).transform(({ error }) => ({ ok: false as const, error })),
]);

type Options = {
  /** The built command-line program of the development network. */
  readonly program: string;
  readonly dataFolder: string;
  /** Null: that of the stored chain, or the network's usual one. */
  readonly blockTimeSeconds: number | null;
  readonly clock: Clock;
  /** Told when a running network ended by itself. */
  readonly onExit: (error: AppError) => void;
};

/** Runs the development network as a utility process of the app; it ends with the app. */
export class DevnetHost implements BuiltInNode {
  readonly #options: Options;
  #process: UtilityProcess | null = null;
  #url: Promise<string> | null = null;
  #market: MarketAddress | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  start(): Promise<string> {
    this.#url ??= this.#begin().catch((error) => {
      this.#url = null;
      throw error;
    });
    return this.#url;
  }

  /** Of the network that runs; null where none does. */
  get market(): MarketAddress | null {
    return this.#market;
  }

  /** Ends the network; resolves once its process is gone, so that its data folder is free, or was killed. */
  stop(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    this.#url = null;
    this.#market = null;
    if (child === null) return Promise.resolve();
    return new Promise((resolve) => {
      const callOff = this.#options.clock.after(STOP_TIMEOUT_MS, () => {
        killNow(child);
        resolve();
      });
      child.once('exit', () => {
        callOff();
        resolve();
      });
      child.kill();
    });
  }

  async #begin(): Promise<string> {
    const { url, market } = await this.#fork();
    // It may have been stopped meanwhile.
    if (this.#process !== null) this.#market = market;
    return url;
  }

  #fork(): Promise<Started> {
    const { program, dataFolder, blockTimeSeconds, clock, onExit } = this.#options;
    const blockTime = blockTimeSeconds === null ? [] : ['--block-time', String(blockTimeSeconds)];
    const args = ['--port', '0', '--market-port', '0', ...blockTime, '--data', dataFolder];
    const child = utilityProcess.fork(program, args, { serviceName: 'ComputeChain development network' });
    this.#process = child;
    let running = false;
    return new Promise((resolve, reject) => {
      const callOff = clock.after(START_TIMEOUT_MS, () => {
        reject(failed('it did not start in time'));
        killNow(child);
      });
      child.on('message', (message) => {
        const parsed = messageSchema.safeParse(message);
        if (!parsed.success) return;
        callOff();
        running = parsed.data.ok;
        if (parsed.data.ok) resolve(parsed.data);
        else reject(fromErrorReport(parsed.data.error));
      });
      child.on('exit', (code) => {
        callOff();
        reject(failed(`it ended with code ${code}`));
        if (this.#process !== child) return;
        this.#process = null;
        this.#url = null;
        this.#market = null;
        if (running) onExit(failed(`it ended with code ${code}`));
      });
    });
  }
}

/** Ends a process that does not answer the polite request; what it had stored stays whole, as after a power cut. */
function killNow({ pid }: UtilityProcess): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}

function failed(detail: string): AppError {
  return new AppError('node_unreachable', `The built-in development network failed: ${detail}.`, {
    remedy: 'restart_node',
    params: { url: 'built-in', detail },
  });
}
