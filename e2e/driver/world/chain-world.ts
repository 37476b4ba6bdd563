import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Devnet, startDevnet } from '../../../src-main/devnet/devnet';
import { FAUCET, send, transaction } from '../../../src-main/devnet/test-network';
import { FaultNode } from './fault-node';
import { worldClock } from './world-clock';

/**
 * Nodes behind one address, and what can happen to them: a restart, a chain that goes back and takes another branch,
 * a replica that lags, another chain altogether. Time is the world's own and moves with its blocks.
 */
export class ChainWorld {
  readonly front: FaultNode;
  readonly blockTimeSeconds: number;
  readonly #root: string;
  #nowMs: number;
  readonly #clock = worldClock(() => this.#nowMs);
  #own: Devnet;
  #folder: string;
  #folders = 0;
  #kept: string | null = null;
  #other: Devnet | null = null;

  private constructor(
    root: string,
    folder: string,
    own: Devnet,
    front: FaultNode,
    time: { nowMs: number; blockTimeSeconds: number },
  ) {
    this.#root = root;
    this.#folder = folder;
    this.#own = own;
    this.front = front;
    this.#nowMs = time.nowMs;
    this.blockTimeSeconds = time.blockTimeSeconds;
  }

  /** A chain of one block, behind a node without faults. */
  static async open(blockTimeSeconds = 5): Promise<ChainWorld> {
    const root = mkdtempSync(join(tmpdir(), 'world-'));
    const nowMs = Date.now();
    const folder = join(root, 'chain-0');
    const clock = worldClock(() => (world === null ? nowMs : world.nowMs));
    let world: ChainWorld | null = null;
    const own = await startDevnet({ port: 0, blockTimeSeconds, dataFolder: folder, manual: true, clock });
    const front = await FaultNode.start(own.url);
    world = new ChainWorld(root, folder, own, front, { nowMs, blockTimeSeconds });
    await world.block();
    return world;
  }

  /** The world's time, Unix milliseconds. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** The URL of the chain's own node, with no faults before it. */
  get ownUrl(): string {
    return this.#own.url;
  }

  /** Gives an account units from the faucet, with the next block. */
  async fund(address: string, amount: bigint): Promise<void> {
    const { nonce } = (await (await fetch(`${this.ownUrl}/nonce/${FAUCET.address}`)).json()) as {
      nonce: number;
    };
    await send(this.ownUrl, transaction(FAUCET, nonce, { to: address, amount }));
    await this.block();
  }

  /** Time goes by without a block. */
  wait(ms: number): void {
    this.#nowMs += ms;
  }

  /** A slot goes by, and each node that is up makes its block. @returns the own chain's height */
  async block(): Promise<number> {
    this.#nowMs += this.blockTimeSeconds * 1000;
    const height = await this.#own.produceBlock();
    await this.#other?.produceBlock();
    return height;
  }

  /** The node starts again: its mempool and what it knew of transactions are gone. */
  async restart(): Promise<void> {
    const showsOwn = this.front.target === this.#own.url;
    await this.#own.close();
    this.#own = await this.#start(this.#folder);
    if (showsOwn) this.front.target = this.#own.url;
  }

  /** Keeps a copy of the chain as it is, to go back to. */
  keep(): void {
    if (this.#kept !== null) rmSync(this.#kept, { recursive: true });
    this.#kept = this.#copy(this.#folder);
  }

  /** The chain is again what it was when last kept; as time has passed, it goes on along another branch. */
  async goBack(): Promise<void> {
    if (this.#kept === null) return;
    await this.#own.close();
    rmSync(this.#folder, { recursive: true });
    this.#folder = this.#copy(this.#kept);
    this.#own = await this.#start(this.#folder);
    await this.showOwn();
  }

  /** A replica answers that knows the chain only as it was when last kept, and takes transactions that go nowhere. */
  async showReplica(): Promise<void> {
    if (this.#kept === null) return;
    await this.#endOther();
    const replica = await this.#start(this.#copy(this.#kept));
    this.#other = { ...replica, produceBlock: async () => 0 };
    this.front.target = replica.url;
  }

  /** A node of another chain answers. */
  async showOtherChain(): Promise<void> {
    await this.#endOther();
    this.#other = await this.#start(null);
    await this.#other.produceBlock();
    this.front.target = this.#other.url;
  }

  /** The chain's own node answers again. */
  async showOwn(): Promise<void> {
    this.front.target = this.#own.url;
    await this.#endOther();
  }

  async close(): Promise<void> {
    await this.front.close();
    await this.#endOther();
    await this.#own.close();
    rmSync(this.#root, { recursive: true, force: true });
  }

  #start(dataFolder: string | null): Promise<Devnet> {
    const { blockTimeSeconds } = this;
    return startDevnet({ port: 0, blockTimeSeconds, dataFolder, manual: true, clock: this.#clock });
  }

  async #endOther(): Promise<void> {
    const ended = this.#other;
    this.#other = null;
    await ended?.close();
  }

  #copy(folder: string): string {
    this.#folders += 1;
    const copy = join(this.#root, `chain-${this.#folders}`);
    cpSync(folder, copy, { recursive: true, filter: (path) => !/[/\\]lock(?:-|$)/.test(path) });
    return copy;
  }
}
