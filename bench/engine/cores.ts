import type { Measured } from './measure';

const spinners: Worker[] = [];

/**
 * The same work on each of so many threads, without memory: what it takes longer on two than on one is the machine's
 * doing, which may have lent its second core to somebody else.
 */
export async function measureCores(threads: number): Promise<Measured> {
  while (spinners.length < threads)
    spinners.push(new Worker(new URL('./spin-thread.ts', import.meta.url), { type: 'module' }));
  const spin = (worker: Worker) =>
    new Promise<void>((resolve, reject) => {
      worker.onmessage = () => resolve();
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(null);
    });
  const started = performance.now();
  await Promise.all(spinners.slice(0, threads).map(spin));
  return { ms: (performance.now() - started) / threads };
}
