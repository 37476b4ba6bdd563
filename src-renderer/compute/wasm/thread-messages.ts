import type { Layout } from './layout';
import type { Phase } from './phases';

/** To a thread. */
export type ToThread =
  | {
      readonly kind: 'attach';
      readonly module: WebAssembly.Module;
      readonly memory: WebAssembly.Memory;
    }
  | {
      readonly kind: 'run';
      readonly phases: readonly Phase[];
      readonly layout: Layout;
      readonly thread: number;
    };

/** From a thread: `done` answers each message, `progress` comes while it works. */
export type FromThread = { readonly kind: 'done' } | { readonly kind: 'progress' };
