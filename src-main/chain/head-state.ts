import type { ErrorReport } from '../../src-shared/errors';
import type { VerifiedBlock } from './block-verifier';
import type { Binding } from './chain-binding';

/** A block at the head of the chain that passed every check on this machine. */
export type Tip = VerifiedBlock;

/** What the follower knows, replaced as a whole at each change. */
export type HeadState = {
  readonly state: 'connecting' | 'online' | 'offline';
  readonly binding: Binding | null;
  readonly tip: Tip | null;
  /** How many blocks the tip is behind the chain's head, as the node's time or height tells; 0 at the head. */
  readonly behind: number;
  /** Whether the machine may have slept since the node was looked at: whether the tip is the newest, the next look says. */
  readonly mayBeOld: boolean;
  readonly nextBlockAtMs: number | null;
  readonly blockTimeMs: number | null;
  /** What every block's timestamp is checked against, in seconds; undefined until two blocks told. */
  readonly slots: { readonly genesisTime: number; readonly blockTimeSeconds: number } | undefined;
  readonly clockSkewMs: number | null;
  readonly error: ErrorReport | null;
  readonly retryAtMs: number | null;
};

export type HeadEvents = {
  /** The next block is due, and is asked for. */
  onDue(): void;
  /** Each verified block in order; `newest` is false for blocks that were caught up on. */
  onBlock(tip: Tip, binding: Binding, newest: boolean): Promise<void>;
  /** The chain no longer has the blocks from this height on. */
  onRollback(binding: Binding, fromHeight: number): Promise<void>;
  onState(state: HeadState): void;
};

/** Before the first answer. */
export const NOTHING_KNOWN: HeadState = {
  state: 'connecting',
  binding: null,
  tip: null,
  behind: 0,
  mayBeOld: false,
  nextBlockAtMs: null,
  blockTimeMs: null,
  slots: undefined,
  clockSkewMs: null,
  error: null,
  retryAtMs: null,
};
