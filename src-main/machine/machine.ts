import type { UnknownReason } from '../../src-shared/pause-rules/rule-status';

/** What a machine answers, or why it doesn't. */
export type Reading<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly why: UnknownReason };

/** One thing to ask a machine. */
export type Probe<T> = {
  /** Asks once. */
  readonly read: () => Promise<Reading<T>>;
  /** How often that is worth its cost while something computes, ms. */
  readonly everyMs: number;
  /** The same while nothing does, where that is more than some seconds. */
  readonly restMs?: number;
  /** Tells of a change at once, as long as it is watched; returns what ends that. */
  readonly watch?: (onChange: () => void) => () => void;
};

/** What can be asked of the machine that the miner shares with a person. */
export type Machine = {
  /** Since the last input. */
  readonly idleSeconds: Probe<number>;
  /** Whether a film or a call keeps the screen on. */
  readonly film: Probe<boolean>;
  readonly power: Probe<'mains' | 'battery'>;
  /** Whether the app in front fills the screen. */
  readonly fullScreen: Probe<boolean>;
  /** Names of what runs, as `plainAppName` makes them. */
  readonly apps: Probe<ReadonlySet<string>>;
  /** Of the hottest of graphics card and processor. */
  readonly temperatureC: Probe<number>;
};

export function known<T>(value: T): Reading<T> {
  return { known: true, value };
}

export function unknown(why: UnknownReason): Reading<never> {
  return { known: false, why };
}
