type Options = {
  readonly onError: (error: unknown) => void;
  /** What is due beside a line in the log: nothing while the app is ending anyway. */
  readonly reaction: () => 'none' | 'end' | 'show';
  /** Ends the app with exit code 1. */
  readonly end: () => void;
  /** Shows a message to the person; resolves once it was put away. */
  readonly show: (error: Error) => Promise<void>;
};

/**
 * Takes exceptions that nobody caught. Electron's own answer is a dialog that holds the whole main process, mining and
 * quitting included, until somebody presses its button. Here they are logged; then a run without a window ends, and
 * beside a window a message is shown while everything else goes on. A rejected promise that nobody waited for is logged
 * alone: nothing has stopped because of it.
 */
export function takeUncaught({ onError, reaction, end, show }: Options): void {
  let shown = false;
  process.on('unhandledRejection', onError);
  process.on('uncaughtException', (thrown: unknown) => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    onError(error);
    const due = reaction();
    if (due === 'end') {
      process.stderr.write(`${error.message}\n`);
      end();
    }
    // One message at a time: an error that repeats would cover the screen.
    if (due !== 'show' || shown) return;
    shown = true;
    void show(error).finally(() => {
      shown = false;
    });
  });
}
