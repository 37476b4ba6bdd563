/**
 * Calls `act` after changes, at most once in `everyMs`, and always after the last.
 * @param onChange takes a listener; returns the function that takes it off
 * @returns the function that stops it: a call that was due is not made any more
 */
export function throttle(
  onChange: (listener: () => void) => () => void,
  everyMs: number,
  act: () => void,
): () => void {
  let due: NodeJS.Timeout | null = null;
  const stopListening = onChange(() => {
    due ??= setTimeout(() => {
      due = null;
      act();
    }, everyMs);
  });
  return () => {
    stopListening();
    if (due !== null) clearTimeout(due);
  };
}
