import type { Block } from '../../src-shared/chain/block';
import type { BlockVerification } from '../../src-shared/chain/verify-block';
import { familyOf } from '../../src-shared/error-codes';
import { AppError, toErrorReport } from '../../src-shared/errors';
import { BackOff } from '../async/back-off';
import { type Wake, waitUntil } from '../async/wait';
import { type Clock, wallTimeOf } from '../clock/clock';
import type { WallJumps } from '../clock/wall-jumps';
import type { BlockVerifier } from './block-verifier';
import type { Binding, ChainBinding } from './chain-binding';
import { type HeadEvents, type HeadState, NOTHING_KNOWN, type Tip } from './head-state';
import type { NodeClient, NodeStatus } from './node-client';
import { NodeStanding } from './node-standing';
import { blocksBehind, NodeTime } from './node-time';
import { SlotClock } from './slot-clock';

type Parts = {
  readonly node: NodeClient;
  readonly binding: ChainBinding;
  readonly verifier: BlockVerifier;
  readonly events: HeadEvents;
  readonly wake: Wake;
  readonly clock: Clock;
  readonly jumps: WallJumps;
  readonly random: () => number;
};

// After longer absences than this many blocks the follower goes on at the tip; the reconciler asks for older ones.
const CATCH_UP_BLOCKS = 32;
// A block that is there at the first look came a little earlier than seen; looking earlier next time finds out. Small:
// each look too early costs a request, each too late a few milliseconds.
const EARLIER_MS = 5;
// How often the block that is due is asked for by its height before the node's status is.
const DIRECT_LOOKS = 3;
const MOST_SLOTS_WAITED = 2;
// Replicas behind one address may know a block one after another; longer, and the node announces what it does not have.
const MISSING_LOOKS = 3;
// Until the network is known.
const UNKNOWN_BLOCK_TIME_MS = 5000;

/** Follows a node's head: asks when the next block is due, verifies what comes, notices when the chain goes back. */
export class HeadFollower {
  readonly #parts: Parts;
  readonly #nodeTime: NodeTime;
  readonly #standing: NodeStanding;
  readonly #errorBackOff: BackOff;
  #state: HeadState = NOTHING_KNOWN;
  #slotClock: SlotClock | null = null;
  #mustBind = true;
  /** Whether the wall clock jumped since the look began that is under way, or the last one. */
  #hasJumped = false;
  #looks = 0;
  /** Looks in a row at which a block that the node announces was not there. */
  #missing = 0;
  /** When events last brought a look forward, and when the chain last went back; monotonic. */
  #hintedMs = Number.NEGATIVE_INFINITY;
  #hintedAt: Tip | null = null;
  /** Whether events told of a block while a look was under way. */
  #hintedMeanwhile = false;
  #isLooking = false;
  #wentBackMs = Number.NEGATIVE_INFINITY;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#errorBackOff = new BackOff(2000, 30_000, parts.random);
    this.#nodeTime = new NodeTime(parts.clock);
    this.#standing = new NodeStanding(parts.node.url, parts.clock, this.#nodeTime);
  }

  get state(): HeadState {
    return this.#state;
  }

  /**
   * The node's events tell of a block at a height: the next look is brought forward, once a tip and slot at most, whatever
   * they tell; a wait after a failure is not shortened.
   */
  hint(height: number): void {
    const { clock, wake } = this.#parts;
    const { tip, error } = this.#state;
    const now = clock.monotonic();
    if (error !== null || height <= (tip?.block.header.height ?? -1)) return;
    // Blocks come a slot apart and their events a little more or less: a new tip may be followed by a look of its own.
    if (this.#hintedAt === tip && now - this.#hintedMs < this.#blockTimeMs) return;
    this.#hintedMs = now;
    this.#hintedAt = tip;
    // A look that is under way may fail: the wait after it is not to be shortened by what was told before.
    if (this.#isLooking) this.#hintedMeanwhile = true;
    else wake.fire();
  }

  /** Runs until `signal` fires; survives every failure of the node. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, jumps, wake } = this.#parts;
    const stop = jumps.onJump(() => this.#jumped());
    this.#standing.progressed();
    while (!signal.aborted) {
      this.#isLooking = true;
      const waitMs = await this.#look(signal);
      this.#isLooking = false;
      await waitUntil(clock, waitMs, wake, signal);
    }
    stop();
  }

  /** It may have been sleep: what follows the tip then is not the newest block, however well it fits the beat. */
  #jumped(): void {
    this.#mustBind = true;
    this.#hasJumped = true;
    this.#nodeTime.forget();
    const { tip } = this.#state;
    // By a clock that is wrong the tip may look new all the same.
    this.#set(tip === null ? {} : { behind: this.#stillBehind(tip), mayBeOld: true });
  }

  /** One look at the node; how long to wait for the next, ms. */
  async #look(signal: AbortSignal): Promise<number> {
    const { clock, jumps } = this.#parts;
    try {
      jumps.look();
      this.#hasJumped = false;
      const found = (await this.#takeDue(signal)) ?? (await this.#take(signal));
      this.#errorBackOff.reset();
      this.#looks = found ? 0 : this.#looks + 1;
      if (found) this.#standing.progressed();
      this.#judge();
      const isHinted = this.#hintedMeanwhile && !found;
      return isHinted ? 0 : this.#untilNextLook();
    } catch (error) {
      if (signal.aborted) return 0;
      const report = toErrorReport(error);
      // Also where it is longer than any wait of ours.
      const waitMs = Math.max(this.#errorBackOff.next(), this.#parts.node.heldForMs);
      this.#mustBind = true;
      // A block that is there when the node is back may have come at any time.
      this.#looks = 0;
      this.#set({
        state: familyOf(report.code) === 'node' ? 'offline' : 'online',
        error: report,
        retryAtMs: clock.now() + waitMs,
      });
      return waitMs;
    } finally {
      this.#hintedMeanwhile = false;
    }
  }

  /**
   * Asks for the very block that is due: a request less than asking for the height first. Whether it was there; null
   * where the node's status has to tell how things stand.
   */
  async #takeDue(signal: AbortSignal): Promise<boolean | null> {
    const { clock, node } = this.#parts;
    const { tip, binding, error } = this.#state;
    const lateMs = clock.monotonic() - (this.#slotClock?.nextDueMs() ?? Number.POSITIVE_INFINITY);
    // Half a slot early already: the node's events may tell of it before this machine's clock does.
    const isDue = Math.abs(lateMs) < (this.#slotClock?.blockTimeMs ?? 0) / 2;
    const isPlain = !this.#mustBind && error === null && this.#looks < DIRECT_LOOKS;
    if (tip === null || binding === null || !isDue || !isPlain) return null;
    const height = tip.block.header.height + 1;
    const askedMs = clock.monotonic();
    const asked = node.block(height, signal);
    if (this.#looks === 0) this.#parts.events.onDue();
    const block = await asked;
    if (block === null) return false;
    if (block.header.prevHash !== tip.hash) return this.#goneBack(binding, height - 1);
    await this.#advance(await this.#verified(block, height, binding, null, signal), binding, 0, askedMs);
    return true;
  }

  async #take(signal: AbortSignal): Promise<boolean> {
    const askedMs = this.#parts.clock.monotonic();
    const status = await this.#parts.node.status(signal);
    if (status.height < 0) return false;
    this.#nodeTime.note(status.dateMs);
    const { tip: known } = this.#state;
    const goesOn = known !== null && status.height - known.block.header.height <= CATCH_UP_BLOCKS;
    // What does not follow block by block from what is known here may be of another chain behind the same address.
    if (!goesOn) this.#mustBind = true;
    const binding = await this.#bound(status, signal);
    const { tip } = this.#state;
    if (tip?.hash === status.lastHash) return false;
    const height = tip?.block.header.height ?? -1;
    if (tip !== null && status.height <= height) return this.#goneBack(binding, status.height);
    const first = tip === null || !goesOn ? status.height : height + 1;
    for (let at = first; at <= status.height; at++) {
      const block = await this.#parts.node.block(at, signal);
      const { tip: before } = this.#state;
      const follows = before?.block.header.height === at - 1;
      if (block === null) return this.#announcedInVain(at);
      // The chain changed below it.
      if (follows && block.header.prevHash !== before.hash) return this.#goneBack(binding, at - 1);
      const newest = at === status.height;
      const lastHash = newest ? status.lastHash : null;
      const next = await this.#verified(block, at, binding, lastHash, signal);
      await this.#advance(next, binding, status.height - at, askedMs);
    }
    return true;
  }

  /**
   * @param announced how many more blocks the node says it has
   * @param askedMs when the node was asked whether there is one, monotonic
   */
  async #advance(next: Tip, binding: Binding, announced: number, askedMs: number): Promise<void> {
    this.#missing = 0;
    const newest = announced === 0;
    // One that is old when it comes says nothing of when blocks do.
    this.#slotClock?.observe(next.block.header, null);
    const behind = newest ? this.#behind(next) : announced;
    if (behind === 0) this.#arrived(next.block, askedMs);
    else if (newest) this.#slotClock?.forgetArrivals();
    // What failed before it is over; what there is to say of where the node stands, the look's end says.
    const isOver = this.#state.retryAtMs !== null;
    this.#set({
      tip: next,
      behind,
      mayBeOld: this.#hasJumped,
      ...(isOver ? { state: 'online', error: null, retryAtMs: null } : {}),
    });
    await this.#parts.events.onBlock(next, binding, newest);
  }

  #behind({ block }: Tip): number {
    return blocksBehind(block.header.timestamp, this.#blockTimeMs, this.#nodeTime.now());
  }

  /** What was behind is no less so before another block comes, whatever a clock is set to. */
  #stillBehind(tip: Tip): number {
    return Math.max(this.#state.behind, this.#behind(tip));
  }

  /** After a look that went well: how things stand with the node. */
  #judge(): void {
    const { tip, behind: before, mayBeOld } = this.#state;
    // Whether it is at the head is settled when a block comes: the one after it may be late.
    const isSettled = before === 0 && !mayBeOld;
    const behind = tip === null || isSettled ? 0 : this.#stillBehind(tip);
    const error = this.#standing.judge(tip?.block.header ?? null, behind, this.#blockTimeMs);
    this.#set({ behind, mayBeOld: this.#hasJumped, state: 'online', error, retryAtMs: null });
  }

  async #bound(status: NodeStatus, signal: AbortSignal): Promise<Binding> {
    if (!this.#mustBind && this.#state.binding !== null) return this.#state.binding;
    const binding = await this.#parts.binding.check(status, signal);
    if (binding.chapter.id !== this.#state.binding?.chapter.id) {
      this.#slotClock = new SlotClock(binding.network.blockTimeSeconds * 1000);
      this.#slotClock.observe(binding.genesis.header, null);
      this.#set({ binding, tip: null, behind: 0 });
    }
    this.#mustBind = false;
    return binding;
  }

  /** A block with all its checks. @param lastHash its hash as the node says it, where it does */
  async #verified(
    block: Block,
    at: number,
    binding: Binding,
    lastHash: string | null,
    signal: AbortSignal,
  ): Promise<Tip> {
    const { tip } = this.#state;
    const follows = tip?.block.header.height === at - 1;
    const slots = this.#slotClock?.slots;
    const checked = await this.#parts.verifier.verify(
      block,
      {
        expectedHeight: at,
        chainId: binding.chapter.chainId,
        ...(follows && tip !== null ? { prevHash: tip.hash } : {}),
        ...(lastHash === null ? {} : { expectedHash: lastHash }),
        ...(slots === undefined ? {} : { slots }),
      },
      signal,
    );
    if (!checked.verification.ok) throw invalid(at, checked.verification);
    return checked;
  }

  async #goneBack(binding: Binding, height: number): Promise<boolean> {
    this.#mustBind = true;
    this.#set({ tip: null, behind: 0 });
    await this.#parts.events.onRollback(binding, height);
    const now = this.#parts.clock.monotonic();
    // At once, but once a slot: a node that tells another story each time would be asked without a pause.
    if (now - this.#wentBackMs >= this.#blockTimeMs) this.#parts.wake.fire();
    this.#wentBackMs = now;
    return false;
  }

  /** @throws AppError `node_block_missing` once it has been so at several looks */
  #announcedInVain(height: number): false {
    this.#missing += 1;
    if (this.#missing < MISSING_LOOKS) return false;
    const { url } = this.#parts.node;
    throw new AppError(
      'node_block_missing',
      `The node ${url} announces block ${height}, which it does not serve.`,
      { remedy: 'wait', params: { url, height } },
    );
  }

  get #blockTimeMs(): number {
    return this.#slotClock?.blockTimeMs ?? UNKNOWN_BLOCK_TIME_MS;
  }

  /** A block was there when the node was asked, and came some time before: not when its answer, which may take long, came. */
  #arrived(block: Block, askedMs: number): void {
    const watched = this.#looks > 0;
    this.#slotClock?.observe(block.header, { atMs: watched ? askedMs : askedMs - EARLIER_MS, watched });
  }

  #untilNextLook(): number {
    const now = this.#parts.clock.monotonic();
    const blockTimeMs = this.#blockTimeMs;
    const due = this.#slotClock?.nextDueMs() ?? null;
    if (due === null) return Math.min(blockTimeMs / 4, 1000);
    if (now < due) return Math.min(due - now, MOST_SLOTS_WAITED * blockTimeMs);
    // Late: look again soon, then less and less often, up to twice a slot.
    return Math.min(60 * 2 ** Math.min(this.#looks, 10), Math.max(blockTimeMs / 2, 500), 5000);
  }

  #set(change: Partial<HeadState>): void {
    const before = this.#state;
    const changed = { ...before, ...change };
    const due = this.#slotClock?.nextDueMs() ?? null;
    this.#state = {
      ...changed,
      nextBlockAtMs: due === null ? null : wallTimeOf(this.#parts.clock, due, before.nextBlockAtMs),
      blockTimeMs: this.#slotClock?.blockTimeMs ?? null,
      slots: this.#slotClock?.slots,
      clockSkewMs: this.#skewMs(changed),
    };
    this.#parts.events.onState(this.#state);
  }

  /** Wall clock minus chain clock, by when the tip arrived. */
  #skewMs({ tip, clockSkewMs }: HeadState): number | null {
    const arrivedMs = this.#slotClock?.tipArrivedMs ?? null;
    if (arrivedMs === null || tip === null) return null;
    const timestampMs = tip.block.header.timestamp * 1000;
    const shown = clockSkewMs === null ? null : timestampMs + clockSkewMs;
    return wallTimeOf(this.#parts.clock, arrivedMs, shown) - timestampMs;
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
      params: { height, failed },
    },
  );
}
