import type { Clock } from '../clock/clock';

/**
 * Does a piece of work again and again, for the first time after `firstMs`, then after as many ms as it says; what it
 * throws is told, and does not end it.
 * @param otherwiseMs how long to wait after a throw
 * @returns the function that stops it
 */
export function repeat(
  clock: Clock,
  firstMs: number,
  work: () => number,
  { otherwiseMs, onError }: { readonly otherwiseMs: number; readonly onError: (error: unknown) => void },
): () => void {
  let callOff = clock.after(firstMs, step);
  function step(): void {
    let waitMs = otherwiseMs;
    try {
      waitMs = work();
    } catch (error) {
      onError(error);
    }
    callOff = clock.after(waitMs, step);
  }
  return () => callOff();
}
