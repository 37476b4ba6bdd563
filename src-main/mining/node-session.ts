import type { Address } from '../../src-shared/chain/address';
import { exactFee } from '../../src-shared/chain/gas';
import { Wake } from '../async/wait';
import { BlockVerifier } from '../chain/block-verifier';
import { type Binding, ChainBinding } from '../chain/chain-binding';
import { followEvents } from '../chain/event-stream';
import { Faucet } from '../chain/faucet';
import { HeadFollower } from '../chain/head-follower';
import type { HeadState, Tip } from '../chain/head-state';
import { NodeClient } from '../chain/node-client';
import { parseNodeUrl } from '../chain/node-url';
import type { Clock } from '../clock/clock';
import type { WallJumps } from '../clock/wall-jumps';
import type { Account } from '../keys/account';
import type { Ways } from '../network/ways';
import type { SignatureChecker } from '../signatures/signature-checker';
import type { Chapters } from '../storage/chapters';
import type { AccountActivity } from '../submissions/account-activity';
import type { FeeCeiling } from '../submissions/fee-ceiling';
import type { Journal } from '../submissions/journal';
import { Submissions } from '../submissions/submissions';
import { balanceChange } from './balance-tracker';
import type { Troubles } from './troubles';

type Parts = {
  /** What the binding is kept under. */
  readonly name: string;
  readonly url: string;
  readonly chapters: Chapters;
  readonly journal: Journal;
  readonly account: Account;
  /** The profile's own addresses, the account's among them. */
  readonly addresses: () => readonly Address[];
  readonly ceiling: FeeCeiling;
  readonly activity: AccountActivity;
  readonly signatures: SignatureChecker;
  readonly troubles: Troubles;
  readonly clock: Clock;
  readonly jumps: WallJumps;
  readonly ways: Pick<Ways, 'send'>;
  readonly random: () => number;
  readonly onChange: (change: SessionChange) => void;
  /** The next block is asked for. */
  readonly onDue: (session: NodeSession) => void;
  readonly onTip: (session: NodeSession) => void;
};

/** What of a session changed. */
export type SessionChange = 'head' | 'balance' | 'faucet' | 'used_elsewhere';

type Taken = {
  readonly tip: Tip;
  readonly binding: Binding;
  readonly newest: boolean;
  readonly toppedUp: boolean;
};

// The balance follows from verified blocks; asking now and then catches what blocks do not tell, such as rewards.
const BALANCE_EVERY_MS = 30_000;

/** A transaction of this account that this app did not make. */
export type UsedElsewhere = { readonly atMs: number; readonly height: number; readonly txHash: string };

/** One node, followed: its head, this account's balance and transactions there, the faucet. Ends with `close`. */
export class NodeSession {
  readonly client: NodeClient;
  readonly faucet: Faucet;
  readonly submissions: Submissions;
  readonly verifier: BlockVerifier;
  readonly #parts: Parts;
  readonly #binding: ChainBinding;
  readonly #head: HeadFollower;
  readonly #wake = new Wake();
  readonly #ended = new AbortController();
  /** Blocks that were followed, and are still to be worked on. */
  readonly #blocks: Taken[] = [];
  #isDigesting = false;
  /** When, monotonic, a block was not taken in, or null where the last one was. */
  #failedMs: number | null = null;
  /** `askedMs` is monotonic. */
  #balance: { readonly units: bigint; readonly askedMs: number } | null = null;
  #usedElsewhere: UsedElsewhere | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { name, url, chapters, clock, jumps, ways, random, onChange } = parts;
    this.client = new NodeClient(url, clock, ways);
    this.verifier = new BlockVerifier(this.client, parts.signatures);
    this.#binding = new ChainBinding(name, this.client, chapters, clock.now);
    this.faucet = new Faucet({
      node: this.client,
      loopback: parseNodeUrl(url).loopback,
      head: () => this.head,
      onChange: () => this.#faucetChanged(),
    });
    this.submissions = new Submissions({
      ...parts,
      now: clock.now,
      node: this.client,
      verifier: this.verifier,
      head: () => this.head,
    });
    this.#head = new HeadFollower({
      node: this.client,
      binding: this.#binding,
      verifier: this.verifier,
      wake: this.#wake,
      clock,
      jumps,
      random,
      events: {
        onDue: () => parts.onDue(this),
        onBlock: async (tip, binding, newest) => this.#takeBlock(tip, binding, newest),
        onRollback: async () => this.forgetBalance(),
        onState: () => onChange('head'),
      },
    });
  }

  get head(): HeadState {
    return this.#head.state;
  }

  /** Units at the tip, or null before the first answer. */
  get balance(): bigint | null {
    return this.#balance?.units ?? null;
  }

  /** What one result costs here, in units; null before the network is known. */
  get resultFee(): bigint | null {
    const network = this.head.binding?.network;
    return network === undefined ? null : exactFee('SUBMIT_RESULT', network.minGasPrice);
  }

  /** The newest transaction of this account that another program made, since the app started; null for none. */
  get usedElsewhere(): UsedElsewhere | null {
    return this.#usedElsewhere;
  }

  start(): void {
    const { signal } = this.#ended;
    void this.#head.run(signal);
    const onHeight = (height: number) => this.#head.hint(height);
    void followEvents({ ...this.#parts, url: this.client.url, onHeight }, signal);
  }

  close(): void {
    this.#ended.abort();
  }

  /** Looks at the node now rather than when it is due. */
  retry(): void {
    this.#wake.fire();
  }

  /** The person agrees to the chain the node shows now. */
  acceptChain(): void {
    this.#binding.accept();
    this.#wake.fire();
  }

  /** Another account, or the first: its balance is asked for. */
  accountChanged(): void {
    this.forgetBalance();
    const { tip } = this.head;
    if (tip !== null) void this.#attempt(() => this.#followBalance(tip, true));
  }

  /** Forgets the balance, so that the next block brings a fresh one. */
  forgetBalance(): void {
    this.#balance = null;
    this.#parts.onChange('balance');
  }

  /** Following goes on while a slow node is asked about what is in a block: the work on blocks queues up here. */
  #takeBlock(tip: Tip, binding: Binding, newest: boolean): void {
    if (newest) this.#parts.onTip(this);
    const toppedUp = this.faucet.takeBlock(tip);
    this.#blocks.push({ tip, binding, newest, toppedUp });
    if (!this.#isDigesting) void this.#digestAll();
  }

  async #digestAll(): Promise<void> {
    this.#isDigesting = true;
    try {
      for (let next = this.#blocks.shift(); next !== undefined; next = this.#blocks.shift()) {
        if (this.#ended.signal.aborted) return;
        await this.#digest(next);
      }
    } finally {
      this.#isDigesting = false;
    }
  }

  async #digest({ tip, binding, newest, toppedUp }: Taken): Promise<void> {
    // Where another has come meanwhile, the node is asked about that one.
    const isLast = this.#blocks.length === 0;
    if (newest || !this.#isHeldUp()) {
      await this.#attempt(async () => {
        // Unless it gets to its end.
        this.#failedMs = this.#parts.clock.monotonic();
        await this.submissions.takeBlock(tip, binding, this.head.blockTimeMs ?? 0, isLast);
        this.#failedMs = null;
        this.#parts.troubles.storageWorks();
      });
    }
    await this.#attempt(() => this.#noticeOthers(tip, binding.chapter.id));
    if (newest) await this.#attempt(() => this.#followBalance(tip, toppedUp));
    else this.forgetBalance();
    if (newest) this.#parts.onTip(this);
  }

  /**
   * Whether a block was not taken in just now: those that are followed right after it would each ask the node for it
   * again, and meet the same. The newest brings them along.
   */
  #isHeldUp(): boolean {
    if (this.#failedMs === null) return false;
    return this.#parts.clock.monotonic() - this.#failedMs < (this.head.blockTimeMs ?? 0);
  }

  /** What was sent is looked for at once. */
  #faucetChanged(): void {
    if (this.faucet.state.state === 'confirming') this.#wake.fire();
    this.#parts.onChange('faucet');
  }

  /** What fails of a block is noted, and keeps nothing else from being read of it. */
  async #attempt(work: () => void | Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.#ended.signal.aborted) this.#parts.troubles.note(error);
    }
  }

  /** A second program with this key is lived with, and said: results of both cost fees, and its may come first. */
  #noticeOthers({ block, txHashes }: Tip, chapter: number): void {
    const { account, journal, clock } = this.#parts;
    const { address } = account.state;
    for (const [index, txHash] of txHashes.entries()) {
      const tx = block.txs[index];
      if (tx?.from !== address || journal.byTxHash(chapter, txHash) !== null) continue;
      if (journal.wasLost(chapter, txHash, tx.nonce)) continue;
      // Made for another chain, before the node was seen to have changed.
      if (journal.ofOtherChapter(chapter, txHash) !== null) continue;
      this.#usedElsewhere = { atMs: clock.now(), height: block.header.height, txHash };
      this.#parts.onChange('used_elsewhere');
    }
  }

  async #followBalance({ block }: Tip, ask: boolean): Promise<void> {
    const { account, clock } = this.#parts;
    const { address } = account.state;
    if (address === null) return;
    const known = this.#balance;
    if (known === null || ask || clock.monotonic() - known.askedMs > BALANCE_EVERY_MS) {
      const answer = await this.client.balance(address).catch((error: unknown) => {
        // What the next blocks tell does not add up without this one: it is asked for again.
        this.forgetBalance();
        throw error;
      });
      this.#balance = { units: answer.units, askedMs: clock.monotonic() };
    } else {
      this.#balance = { units: known.units + balanceChange(block, address), askedMs: known.askedMs };
    }
    this.#parts.onChange('balance');
  }
}
