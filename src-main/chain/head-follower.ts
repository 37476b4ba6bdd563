import { type Block, blockHash } from '../../src-shared/chain/block';
import type { BlockVerification } from '../../src-shared/chain/verify-block';
import { AppError, type ErrorReport, toErrorReport } from '../../src-shared/errors';
import { BackOff } from './back-off';
import type { BlockVerifier } from './block-verifier';
import type { Binding, ChainBinding } from './chain-binding';
import type { NodeClient, NodeStatus } from './node-client';
import { SlotClock } from './slot-clock';
import { type Wake, waitUntil } from './wait';

/** A block at the head of the chain that passed every check on this machine. */
export type Tip = { readonly block: Block; readonly hash: string; readonly verification: BlockVerification };

/** What the follower knows, replaced as a whole at each change. */
export type HeadState = {
  readonly state: 'connecting' | 'online' | 'offline';
  readonly binding: Binding | null;
  readonly tip: Tip | null;
  readonly nextBlockAtMs: number | null;
  readonly blockTimeMs: number | null;
  /** What every block's timestamp is checked against, in seconds; undefined until two blocks told. */
  readonly slots: { readonly genesisTime: number; readonly blockTimeSeconds: number } | undefined;
  readonly clockSkewMs: number | null;
  readonly error: ErrorReport | null;
  readonly retryAtMs: number | null;
};

export type HeadEvents = {
  /** Each verified block in order; `newest` is false for blocks that were caught up on. */
  onBlock(tip: Tip, binding: Binding, newest: boolean): Promise<void>;
  /** The chain no longer has the blocks from this height on. */
  onRollback(binding: Binding, fromHeight: number): Promise<void>;
  onState(state: HeadState): void;
};

type Parts = {
  readonly node: NodeClient;
  readonly binding: ChainBinding;
  readonly verifier: BlockVerifier;
  readonly events: HeadEvents;
  readonly wake: Wake;
  readonly now: () => number;
};

// After longer absences than this many blocks the follower goes on at the tip; the reconciler asks for older ones.
const CATCH_UP_BLOCKS = 32;
const STALLED_BLOCKS = 6;
const STALLED_LEAST_MS = 30_000;
// A block that is there at the first look came a little earlier than seen; looking earlier next time finds out.
const EARLIER_MS = 15;

const NOTHING: HeadState = {
  state: 'connecting',
  binding: null,
  tip: null,
  nextBlockAtMs: null,
  blockTimeMs: null,
  slots: undefined,
  clockSkewMs: null,
  error: null,
  retryAtMs: null,
};

/** Follows a node's head: asks when the next block is due, verifies what comes, notices when the chain goes back. */
export class HeadFollower {
  readonly #parts: Parts;
  readonly #errorBackOff = new BackOff(2000, 30_000);
  #state: HeadState = NOTHING;
  #clock: SlotClock | null = null;
  #mustBind = true;
  #looks = 0;
  #lastProgressMs = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get state(): HeadState {
    return this.#state;
  }

  /** Runs until `signal` fires; survives every failure of the node. */
  async run(signal: AbortSignal): Promise<void> {
    const { now, wake } = this.#parts;
    this.#lastProgressMs = now();
    while (!signal.aborted) {
      const waitMs = await this.#look(signal);
      await waitUntil(waitMs, wake, signal);
    }
  }

  /** One look at the node; how long to wait for the next, ms. */
  async #look(signal: AbortSignal): Promise<number> {
    const { now } = this.#parts;
    try {
      const status = await this.#parts.node.status(signal);
      const found = await this.#take(status, signal);
      this.#errorBackOff.reset();
      this.#looks = found ? 0 : this.#looks + 1;
      if (found) this.#lastProgressMs = now();
      this.#set({ state: 'online', error: this.#stalled(), retryAtMs: null });
      return this.#untilNextLook();
    } catch (error) {
      if (signal.aborted) return 0;
      const report = toErrorReport(error);
      const waitMs = this.#errorBackOff.next();
      this.#mustBind = true;
      this.#set({
        state: report.code.startsWith('node_') ? 'offline' : 'online',
        error: report,
        retryAtMs: now() + waitMs,
      });
      return waitMs;
    }
  }

  async #take(status: NodeStatus, signal: AbortSignal): Promise<boolean> {
    if (status.height < 0) return false;
    const binding = await this.#bound(status, signal);
    const { tip } = this.#state;
    if (tip?.hash === status.lastHash) return false;
    const height = tip?.block.header.height ?? -1;
    if (tip !== null && status.height <= height) return this.#goneBack(binding, status.height);
    const first = tip === null || status.height - height > CATCH_UP_BLOCKS ? status.height : height + 1;
    for (let at = first; at <= status.height; at++) {
      const next = await this.#verified(at, binding, status, signal);
      if (next === null) return this.#goneBack(binding, at - 1);
      const newest = at === status.height;
      this.#observe(next.block, newest);
      this.#set({ tip: next });
      await this.#parts.events.onBlock(next, binding, newest);
    }
    return true;
  }

  async #bound(status: NodeStatus, signal: AbortSignal): Promise<Binding> {
    if (!this.#mustBind && this.#state.binding !== null) return this.#state.binding;
    const binding = await this.#parts.binding.check(status, signal);
    if (binding.chapter.id !== this.#state.binding?.chapter.id) {
      this.#clock = new SlotClock(binding.network.blockTimeSeconds * 1000);
      this.#clock.observe(binding.genesis.header, null);
      this.#set({ binding, tip: null });
    }
    this.#mustBind = false;
    return binding;
  }

  /** The checked block at a height, or null where it does not follow from the tip: the chain changed below it. */
  async #verified(
    at: number,
    binding: Binding,
    status: NodeStatus,
    signal: AbortSignal,
  ): Promise<Tip | null> {
    const block = await this.#parts.node.block(at, signal);
    if (block === null) return null;
    const { tip } = this.#state;
    const follows = tip?.block.header.height === at - 1;
    if (follows && block.header.prevHash !== tip?.hash) return null;
    const slots = this.#clock?.slots;
    const verification = await this.#parts.verifier.verify(
      block,
      {
        expectedHeight: at,
        chainId: binding.chapter.chainId,
        ...(follows && tip !== null ? { prevHash: tip.hash } : {}),
        ...(at === status.height ? { expectedHash: status.lastHash } : {}),
        ...(slots === undefined ? {} : { slots }),
      },
      signal,
    );
    if (!verification.ok) throw invalid(at, verification);
    return { block, hash: blockHash(block.header), verification };
  }

  async #goneBack(binding: Binding, height: number): Promise<boolean> {
    this.#mustBind = true;
    this.#set({ tip: null });
    await this.#parts.events.onRollback(binding, Math.max(0, height));
    this.#parts.wake.fire();
    return false;
  }

  #observe(block: Block, newest: boolean): void {
    const { now } = this.#parts;
    const watched = newest && this.#looks > 0;
    const first = newest && this.#looks === 0 && this.#clock?.nextDueMs() != null;
    const arrivedAtMs = watched ? now() : first ? now() - EARLIER_MS : null;
    this.#clock?.observe(block.header, arrivedAtMs);
  }

  #untilNextLook(): number {
    const { now } = this.#parts;
    const blockTimeMs = this.#clock?.blockTimeMs ?? 5000;
    const due = this.#clock?.nextDueMs() ?? null;
    if (due === null) return Math.min(blockTimeMs / 4, 1000);
    if (now() < due) return due - now();
    // Late: look again soon, then less and less often, up to twice a slot.
    return Math.min(60 * 2 ** Math.min(this.#looks, 10), Math.max(blockTimeMs / 2, 500), 5000);
  }

  #stalled(): ErrorReport | null {
    const idleMs = this.#parts.now() - this.#lastProgressMs;
    const limitMs = Math.max(STALLED_BLOCKS * (this.#clock?.blockTimeMs ?? 5000), STALLED_LEAST_MS);
    if (idleMs < limitMs) return null;
    const seconds = Math.round(idleMs / 1000);
    return toErrorReport(
      new AppError('node_stalled', `The node answers, but has shown no new block for ${seconds} s.`, {
        remedy: 'restart_node',
        retryable: true,
        params: { url: this.#parts.node.url, seconds },
      }),
    );
  }

  #set(change: Partial<HeadState>): void {
    this.#state = {
      ...this.#state,
      nextBlockAtMs: this.#clock?.nextDueMs() ?? null,
      blockTimeMs: this.#clock?.blockTimeMs ?? null,
      slots: this.#clock?.slots,
      clockSkewMs: this.#clock?.skewMs ?? null,
      ...change,
    };
    this.#parts.events.onState(this.#state);
  }
}

function invalid(height: number, { checks }: BlockVerification): AppError {
  const failed = checks
    .filter((check) => check.ok === false)
    .map(({ name }) => name)
    .join(', ');
  return new AppError(
    'block_invalid',
    `Block ${height} of this node does not add up: ${failed}. Nothing is sent to it.`,
    {
      remedy: 'open_settings',
      retryable: true,
      params: { height, failed },
    },
  );
}
