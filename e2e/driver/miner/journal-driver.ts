import { join } from 'node:path';
import { BlockVerifier } from '../../../src-main/chain/block-verifier';
import { type Binding, ChainBinding } from '../../../src-main/chain/chain-binding';
import type { Tip } from '../../../src-main/chain/head-state';
import { NodeClient, type NodeStatus } from '../../../src-main/chain/node-client';
import type { Clock } from '../../../src-main/clock/clock';
import { WallJumps } from '../../../src-main/clock/wall-jumps';
import { Account } from '../../../src-main/keys/account';
import type { KeyVault } from '../../../src-main/keys/key-vault';
import { KnownAddress } from '../../../src-main/keys/known-address';
import { endOldPlans } from '../../../src-main/mining/old-plans';
import { checkerHere } from '../../../src-main/signatures/signature-checker';
import { Chapters } from '../../../src-main/storage/chapters';
import { type Database, openDatabase } from '../../../src-main/storage/database';
import { SettingsStore } from '../../../src-main/storage/settings-store';
import { AccountActivity } from '../../../src-main/submissions/account-activity';
import { FeeCeiling } from '../../../src-main/submissions/fee-ceiling';
import { Journal } from '../../../src-main/submissions/journal';
import { Submissions } from '../../../src-main/submissions/submissions';
import type { TaskRecord } from '../../../src-main/submissions/task-record';
import { type Address, parseAddress } from '../../../src-shared/chain/address';
import { AppError, type ErrorReport } from '../../../src-shared/errors';
import { taskId } from '../../../src-shared/matrix-mult/task-id';

/** Called before each call to the node, the vault and the journal's writing methods; so also after the one before. */
export type Boundary = (effect: string, args: readonly unknown[]) => void;

type Parts = {
  readonly folder: string;
  readonly nodeUrl: string;
  readonly vault: KeyVault;
  readonly address: string;
  readonly clock: Clock;
  readonly boundary?: Boundary;
  /** The most that fees of one hour may come to. */
  readonly ceilingUnits?: bigint | null;
};

const MATRIX_SIZE = 8;

/** Journal, sender and reconciler on a profile folder, driven step by step: no follower, no computing. */
export class JournalDriver {
  readonly journal: Journal;
  readonly submissions: Submissions;
  /** The profile's database, for what tests do to it. */
  readonly database: Database;
  /** What a head follower's last look at the node came to. */
  headError: ErrorReport | null = null;
  readonly #node: NodeClient;
  readonly #verifier: BlockVerifier;
  readonly #binding: ChainBinding;
  readonly #known: KnownAddress;
  readonly #account: Account;
  readonly #address: Address;
  #at: { tip: Tip; binding: Binding } | null = null;
  #acceptsChain = false;
  #mayBeOld = false;

  constructor({
    folder,
    nodeUrl,
    vault,
    address,
    clock,
    boundary = () => undefined,
    ceilingUnits = null,
  }: Parts) {
    const { now } = clock;
    const jumps = new WallJumps(clock);
    // As a head follower does, until it has looked again.
    jumps.onJump(() => {
      this.#mayBeOld = true;
    });
    this.database = openDatabase(join(folder, 'miner.sqlite'), now()).database;
    const settings = new SettingsStore(this.database);
    this.#known = new KnownAddress(settings, join(folder, 'keys'));
    this.#address = parseAddress(address);
    this.#account = new Account(this.#known, async () => bounded('vault', vault, boundary));
    this.journal = bounded('journal', new Journal(this.database, now), boundary, [
      'plan',
      'move',
      'moveAll',
      'note',
      'inOneCommit',
    ]);
    this.#node = bounded('node', new NodeClient(nodeUrl, clock), boundary);
    this.#verifier = new BlockVerifier(this.#node, checkerHere);
    const chapters = new Chapters(this.database);
    this.#binding = new ChainBinding(nodeUrl, this.#node, chapters, now);
    this.submissions = new Submissions({
      node: this.#node,
      verifier: this.#verifier,
      journal: this.journal,
      chapters,
      account: this.#account,
      addresses: () => [this.#account.state.address].filter((address) => address !== null),
      activity: new AccountActivity(this.database),
      ceiling: new FeeCeiling(this.journal, () => ceilingUnits, clock, jumps),
      head: () => ({
        ...(this.#at ?? { tip: null, binding: null }),
        behind: 0,
        mayBeOld: this.#mayBeOld,
        error: this.headError,
        retryAtMs: null,
      }),
      now,
      jumps,
    });
  }

  /** The person agrees to the chain that the last look refused. */
  agree(): void {
    this.#binding.accept();
  }

  /** The person agrees to whatever chain the node shows at the next look. */
  acceptChain(): void {
    this.#acceptsChain = true;
  }

  /** Looks at the node's tip and brings the journal to it. @throws AppError as a node that fails does */
  async look(blockTimeMs = 5000): Promise<void> {
    if (this.#account.state.state !== 'ready') {
      await this.#known.write(this.#address);
      await this.#account.load();
    }
    const status = await this.#node.status();
    const binding = await this.#bound(status);
    const tip = await this.#verifier.at(status.height, {
      expectedHash: status.lastHash,
      chainId: binding.chapter.chainId,
    });
    if (tip === null || !tip.verification.ok) return;
    this.#at = { tip, binding };
    this.#mayBeOld = false;
    endOldPlans(this.journal, binding.chapter.id, tip);
    await this.submissions.takeBlock(tip, binding, blockTimeMs);
  }

  async #bound(status: NodeStatus): Promise<Binding> {
    const { signal } = new AbortController();
    const accepts = this.#acceptsChain;
    this.#acceptsChain = false;
    try {
      return await this.#binding.check(status, signal);
    } catch (error) {
      if (!accepts || !(error instanceof AppError) || error.code !== 'chain_mismatch') throw error;
      this.#binding.accept();
      return this.#binding.check(status, signal);
    }
  }

  /** The tip seen last. */
  tip(): Tip {
    if (this.#at === null) throw new Error('no block was looked at');
    return this.#at.tip;
  }

  /** Takes in a block once more, as where the work on it took so long that others came meanwhile. */
  async takeAgain(tip: Tip): Promise<void> {
    if (this.#at !== null) await this.submissions.takeBlock(tip, this.#at.binding, 5000);
  }

  /** Plans a task of the tip seen last, the first unless told otherwise, has its result, and hands it over. */
  async work(taskNonce = 0): Promise<TaskRecord | null> {
    if (this.#at === null) return null;
    const { tip, binding } = this.#at;
    const { height } = tip.block.header;
    const planned = this.journal.plan({
      chapter: binding.chapter.id,
      account: this.#address,
      taskId: taskId(tip.hash, this.#address, taskNonce, MATRIX_SIZE),
      blockHeight: height,
      blockHash: tip.hash,
      taskNonce,
      matrixSize: MATRIX_SIZE,
    });
    if (planned === null) return null;
    const computed = this.journal.move(planned, 'computed', { resultHash: tip.hash, proof: '{}' });
    return this.submissions.submit(computed);
  }

  /** All tasks, oldest first. */
  tasks(): TaskRecord[] {
    return this.journal.list({ states: null, search: '', offset: 0, limit: 10_000 }).records.reverse();
  }

  /** Lets go of the profile, finishing nothing. */
  close(): void {
    this.database.close();
  }
}

/** The same object, with a boundary before each call of its methods, or of those named. */
function bounded<T extends object>(name: string, target: T, boundary: Boundary, only?: readonly string[]): T {
  return new Proxy(target, {
    get(object, property) {
      const value: unknown = Reflect.get(object, property, object);
      if (typeof value !== 'function') return value;
      if (only !== undefined && !only.includes(String(property))) return value.bind(object);
      return (...args: unknown[]) => {
        boundary(`${name}.${String(property)}`, args);
        return value.apply(object, args);
      };
    },
  });
}
