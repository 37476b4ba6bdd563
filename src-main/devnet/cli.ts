import { type ErrorReport, toErrorReport } from '../../src-shared/errors';
import { systemClock } from '../clock/clock';
import { loadVerifier } from '../signatures/load-verifier';
import { parseCliArguments, USAGE } from './cli-arguments';
import { type Devnet, startDevnet } from './devnet';

/** What is told once the devnet answers: a line on stdout, or a message to the parent process. */
type Ready = {
  readonly url: string;
  readonly market: string | null;
  readonly worker: string | null;
  readonly chainId: string;
  readonly blockTimeSeconds: number;
  readonly dataFolder: string | null;
  readonly faucetAddress: string;
};

/** The part we use of what Electron adds to `process` in a utility process; plain Node has none. */
type ParentPort = {
  postMessage(message: Ready | { readonly error: ErrorReport }): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
};

/** The parent's word for a graceful end; it may also simply go. */
const STOP = 'stop';

// Only Electron's types know the property, and this must run without Electron.
const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;

async function main(): Promise<void> {
  const args = parseCliArguments(process.argv.slice(2), process.env, process.platform);
  if (args.kind === 'help') {
    console.log(USAGE);
    return;
  }
  if (args.kind === 'error') {
    fail({ ...toErrorReport(new Error(args.message)), code: 'invalid_argument' }, 2);
    return;
  }
  await loadVerifier();
  try {
    const devnet = await startDevnet(args);
    stopWithProcess(devnet);
    announce(devnet);
  } catch (error) {
    fail(toErrorReport(error), 1);
  }
}

function announce(devnet: Devnet): void {
  const { url, market, worker, chainId, blockTimeSeconds, dataFolder, faucetAddress } = devnet;
  const ready: Ready = { url, market, worker, chainId, blockTimeSeconds, dataFolder, faucetAddress };
  if (parentPort === undefined) console.log(JSON.stringify(ready));
  else parentPort.postMessage(ready);
}

function fail(report: ErrorReport, exitCode: number): void {
  process.exitCode = exitCode;
  if (parentPort === undefined) {
    console.error(report.message);
    if (exitCode === 2) console.error(USAGE);
    return;
  }
  parentPort.postMessage({ error: report });
  // A utility process does not end by itself while its parent holds the port; let the message out first.
  systemClock.after(100, () => process.exit(exitCode));
}

function stopWithProcess(devnet: Devnet): void {
  // A utility process goes on after one from Electron 37 on, and would serve from a state that nobody knows.
  process.on('unhandledRejection', (error) => {
    console.error(error);
    process.exit(1);
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    devnet.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('disconnect', stop);
  parentPort?.on('close', stop);
  parentPort?.on('message', ({ data }) => {
    if (data === STOP) stop();
  });
}

void main();
