// The thread that a `ChainOfItsOwn` is served from: TypeScript, loaded as the bench itself is.
import { parentPort, workerData } from 'node:worker_threads';
import { runnerImport } from 'vite';

const { module } = await runnerImport(workerData.file, { configFile: false, logLevel: 'error' });
await module.serve(parentPort, workerData);
