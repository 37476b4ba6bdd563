// The thread that a `ChainOfItsOwn` is served from: TypeScript, loaded as the bench itself is.
import { parentPort, workerData } from 'node:worker_threads';
import { importSource } from '../../scripts/lib/import-source.mjs';

const module = await importSource(workerData.file);
await module.serve(parentPort, workerData);
