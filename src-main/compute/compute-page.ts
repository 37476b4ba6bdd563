import type { ToCompute } from '../../src-shared/ipc/compute';

/** What becomes of a compute page: its messages, as they come and not yet parsed, and its end. */
export type PageEvents = {
  message(message: unknown): void;
  /** It is of no use any more; told in words. */
  gone(why: string): void;
};

/** A compute page as the host drives it. */
export type ComputePage = {
  send(message: ToCompute): void;
  destroy(): void;
};

/** Opens a page that computes: in the app a hidden window, in tests whatever has a port. */
export type OpenComputePage = (events: PageEvents) => ComputePage;
