import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** NumPy in a process of its own, for comparison. */
export type NumPy = {
  /** One float64 product and SHA-256 of C, ms. */
  run(): Promise<number>;
  close(): void;
};

/** Starts NumPy on matrices of size n; null where this machine has none. */
export function openNumPy(n: number): NumPy | null {
  if (spawnSync('python3', ['-c', 'import numpy']).status !== 0) return null;
  const script = join(import.meta.dirname, 'float64_product.py');
  const child = spawn('python3', [script, String(n)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async run() {
      child.stdin.write('\n');
      const { value, done } = await lines.next();
      if (done) throw new Error('NumPy ended');
      return Number(value);
    },
    close: () => child.stdin.end(),
  };
}
