import { COMPUTE_PORT } from '../../src-shared/ipc/compute-port';

// The page only hands the port on: the work runs in a worker, where no timer is throttled and nothing is drawn.
const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

addEventListener('message', ({ source, origin, data, ports }) => {
  if (source === window && origin === location.origin && data === COMPUTE_PORT)
    worker.postMessage(null, [...ports]);
});
