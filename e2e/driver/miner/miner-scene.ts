import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src-main/clock/clock';
import type { MinerCore } from '../../../src-main/mining/miner-core';
import type { TaskRecord } from '../../../src-main/submissions/task-record';
import type { Settings } from '../../../src-shared/ipc/snapshot';
import { InProcessCompute } from './in-process-compute';
import { MemoryVault } from './memory-vault';
import { makeCore } from './open-core';

/** A profile on disk with a miner that can be started on it again and again. */
export class MinerScene {
  readonly folder = mkdtempSync(join(tmpdir(), 'core-'));
  readonly vault = new MemoryVault();
  readonly errors: unknown[] = [];
  compute = new InProcessCompute();
  /** How much more time has gone by for the miner than for this machine. */
  laterMs = 0;
  #open: { core: MinerCore; close: () => void } | null = null;

  /** The miner that runs now. */
  get core(): MinerCore {
    if (this.#open === null) throw new Error('not started');
    return this.#open.core;
  }

  /** Starts a miner on the profile. */
  async start(nodeUrl: string, overrides: Partial<Settings> = {}): Promise<MinerCore> {
    this.compute = new InProcessCompute();
    this.#open = makeCore({
      folder: this.folder,
      vault: this.vault,
      compute: this.compute,
      nodeUrl,
      overrides,
      clock: {
        now: () => systemClock.now() + this.laterMs,
        monotonic: () => systemClock.monotonic() + this.laterMs,
        after: systemClock.after,
      },
      onError: (error) => this.errors.push(error),
    });
    await this.core.open();
    return this.core;
  }

  /** Ends the miner where it stands, as a crash would: nothing is finished or tidied. */
  stop(): void {
    this.#open?.close();
    this.#open = null;
  }

  dispose(): void {
    this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Waits until something holds; every change of the miner is looked at. */
  until(what: string, holds: (core: MinerCore) => boolean, timeoutMs = 15_000): Promise<void> {
    const { core } = this;
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!holds(core)) return;
        stop();
        clearTimeout(timer);
        resolve();
      };
      const stop = core.onChange(look);
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`not within ${timeoutMs} ms: ${what}; ${this.describe()}`));
      }, timeoutMs);
      look();
    });
  }

  /** All tasks, oldest first. */
  tasks(): TaskRecord[] {
    return this.core.journal.list({ states: null, search: '', offset: 0, limit: 500 }).records.reverse();
  }

  describe(): string {
    const tasks = this.tasks().map(
      ({ state, blockHeight, accountNonce, reason }) =>
        `${blockHeight}:${state}:${accountNonce}:${reason?.code ?? ''}`,
    );
    return `${JSON.stringify(this.core.state)} [${tasks.join(' ')}] ${this.errors.map(String).join('; ')}`;
  }
}
