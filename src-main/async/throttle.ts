import type { Clock } from '../clock/clock';

/**
 * Calls `act` after changes, at most once in `everyMs`, and always after the last.
 * @param onChange takes a listener; returns the function that takes it off
 * @returns the function that stops it: a call that was due is not made any more
 */
export function throttle(
  clock: Clock,
  onChange: (listener: () => void) => () => void,
  everyMs: number,
  act: () => void,
): () => void {
  let callOff: (() => void) | null = null;
  const stopListening = onChange(() => {
    callOff ??= clock.after(everyMs, () => {
      callOff = null;
      act();
    });
  });
  return () => {
    stopListening();
    callOff?.();
  };
}
