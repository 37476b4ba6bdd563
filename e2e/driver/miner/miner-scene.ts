import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../../src-main/clock/clock';
import { FakeMachine } from '../../../src-main/machine/fake-machine';
import type { Miner } from '../../../src-main/open-miner';
import type { TaskRecord } from '../../../src-main/submissions/task-record';
import type { Settings } from '../../../src-shared/settings/settings';
import { InProcessCompute } from './in-process-compute';
import { MemoryVault } from './memory-vault';
import { openTestMiner, type TestMinerEnd } from './open-test-miner';

/** A profile on disk with a miner that can be started on it again and again. */
export class MinerScene {
  readonly folder = mkdtempSync(join(tmpdir(), 'miner-'));
  readonly vault = new MemoryVault();
  readonly errors: unknown[] = [];
  /** Of the built-in network, as it is just now. */
  readonly builtInMarket: { market: string | null; worker: string | null } = { market: null, worker: null };
  /** One for each lane. */
  runners = [new InProcessCompute()];
  /** How much more time has gone by for the miner than for this machine. */
  laterMs = 0;
  /** What the miner's time is; this machine's unless a test has its own. */
  clock: Clock = {
    now: () => systemClock.now() + this.laterMs,
    monotonic: () => systemClock.monotonic() + this.laterMs,
    after: systemClock.after,
  };
  readonly machine = new FakeMachine();
  #open: ({ readonly miner: Miner } & TestMinerEnd) | null = null;

  /** The first lane's. */
  get compute(): InProcessCompute {
    const [first] = this.runners;
    if (first === undefined) throw new Error('no lane');
    return first;
  }

  /** The miner that runs now. */
  get miner(): Miner {
    if (this.#open === null) throw new Error('not started');
    return this.#open.miner;
  }

  /** Starts a miner on the profile. */
  async start(nodeUrl: string, overrides: Partial<Settings> = {}): Promise<Miner> {
    this.runners = this.runners.map(() => new InProcessCompute());
    this.#open = openTestMiner({
      folder: this.folder,
      vault: this.vault,
      runners: this.runners,
      nodeUrl,
      builtInMarket: this.builtInMarket,
      overrides,
      machine: this.machine,
      clock: this.clock,
      onError: (error) => this.errors.push(error),
    });
    await this.miner.open();
    return this.miner;
  }

  /** Has the faucet top up the key. */
  topUp(): Promise<void> {
    const { node, account } = this.miner;
    return node.topUp(account.state.address);
  }

  /** Ends the miner where it stands; what is under way is not waited for. */
  stop(): void {
    this.#open?.close();
    this.#open = null;
  }

  /** Ends the miner as a crash would: what was not kept is gone, and nobody is told. */
  crash(): void {
    this.#open?.crash();
    this.#open = null;
  }

  dispose(): void {
    this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Waits until something holds; every change of the miner is looked at. */
  until(what: string, holds: (miner: Miner) => boolean, timeoutMs = 15_000): Promise<void> {
    const { miner } = this;
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!holds(miner)) return;
        stop();
        clearTimeout(timer);
        resolve();
      };
      const stop = miner.changes.add(look);
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`not within ${timeoutMs} ms: ${what}; ${this.describe()}`));
      }, timeoutMs);
      look();
    });
  }

  /** All tasks, oldest first. */
  tasks(): TaskRecord[] {
    return this.miner.journal.list({ states: null, search: '', offset: 0, limit: 500 }).records.reverse();
  }

  describe(): string {
    const tasks = this.tasks().map(
      ({ state, blockHeight, accountNonce, reason }) =>
        `${blockHeight}:${state}:${accountNonce}:${reason?.code ?? ''}`,
    );
    const { session } = this.miner.node;
    const head = `tip ${session?.head.tip?.block.header.height}, ${session?.head.error?.code ?? 'no error'}, balance ${session?.balance}`;
    return `${JSON.stringify(this.miner.status.state)} ${head} [${tasks.join(' ')}] ${this.errors.map(String).join('; ')}`;
  }
}
