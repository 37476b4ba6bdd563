type Options = {
  readonly onError: (error: unknown) => void;
  /** What ends the process with an exit code, where there is no window or the app is ending already; else null. */
  readonly end: () => ((code: 1) => void) | null;
  /** Shows a message to the person; resolves once it was put away. */
  readonly show: (error: Error) => Promise<void>;
};

/**
 * Takes exceptions that nobody caught. Electron's own answer is a dialog that holds the whole main process, mining and
 * quitting included, until somebody presses its button. Here they are logged; then a run without a window, or one
 * that is ending, ends with exit code 1, and beside a window a message is shown while everything else goes on.
 */
export function takeUncaught({ onError, end, show }: Options): void {
  let shown = false;
  process.on('uncaughtException', (error) => {
    onError(error);
    const now = end();
    if (now !== null) {
      process.stderr.write(`${error.message}\n`);
      now(1);
      return;
    }
    // One message at a time: an error that repeats would cover the screen.
    if (shown) return;
    shown = true;
    void show(error).finally(() => {
      shown = false;
    });
  });
}
