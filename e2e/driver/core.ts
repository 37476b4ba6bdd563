import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnswerOf, ComputeRunner, RunnerStatus } from '../../src-main/compute/compute-runner';
import { ComputeService } from '../../src-main/compute/compute-service';
import { Account } from '../../src-main/keys/account';
import type { KeyVault } from '../../src-main/keys/key-vault';
import { MinerCore } from '../../src-main/mining/miner-core';
import { Chapters } from '../../src-main/storage/chapters';
import { openDatabase } from '../../src-main/storage/database';
import { KernelChoices } from '../../src-main/storage/kernel-choices';
import { Quarantine } from '../../src-main/storage/quarantine';
import { SettingsStore } from '../../src-main/storage/settings-store';
import { Journal } from '../../src-main/submissions/journal';
import type { TaskRecord } from '../../src-main/submissions/task-record';
import { CpuEngine } from '../../src-renderer/compute/cpu-engine';
import { runTask } from '../../src-renderer/compute/run-task';
import { AppError } from '../../src-shared/errors';
import type { Job } from '../../src-shared/ipc/compute';
import type { Settings } from '../../src-shared/ipc/snapshot';

const engine = CpuEngine.open({ threads: 1 });

/** The compute renderer's own code, run in this process; `gate` holds each run until it resolves. */
export class InProcessCompute implements ComputeRunner {
  status: RunnerStatus = { state: 'ready', adapter: null, error: null, progress: 0 };
  gate: Promise<void> = Promise.resolve();
  runs = 0;
  readonly #listeners = new Set<() => void>();

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  setPace(): void {}

  async run<J extends Job>(job: J, signal: AbortSignal): Promise<AnswerOf<J>> {
    if (job.kind !== 'task') throw new Error('there is no adapter to measure');
    this.runs += 1;
    this.#set('busy');
    try {
      await this.gate;
      if (signal.aborted) throw new AppError('compute_cancelled', 'cancelled');
      const outcome = await runTask(job, await engine, { signal, onProgress: () => undefined });
      return outcome as AnswerOf<J>; // a task's answer for a task
    } finally {
      this.#set('ready');
    }
  }

  #set(state: RunnerStatus['state']): void {
    this.status = { ...this.status, state };
    for (const listener of this.#listeners) listener();
  }
}

/** Keys in this process's memory, which outlives a core as a keychain does. */
export class MemoryVault implements KeyVault {
  readonly kind = 'keychain';
  readonly #keys = new Map<string, Uint8Array>();
  locked = false;

  async read(address: string): Promise<Uint8Array | null> {
    if (this.locked) throw new AppError('keychain_locked', 'locked', { retryable: true });
    const key = this.#keys.get(address);
    return key === undefined ? null : Uint8Array.from(key);
  }

  async write(address: string, key: Uint8Array): Promise<void> {
    this.#keys.set(address, Uint8Array.from(key));
  }
}

/** A profile on disk with a miner that can be started on it again and again. */
export class CoreBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'core-'));
  readonly vault = new MemoryVault();
  readonly errors: unknown[] = [];
  compute = new InProcessCompute();
  #open: { core: MinerCore; close: () => void } | null = null;

  /** The miner that runs now. */
  get core(): MinerCore {
    if (this.#open === null) throw new Error('not started');
    return this.#open.core;
  }

  /** Starts a miner on the profile. */
  async start(nodeUrl: string, overrides: Partial<Settings> = {}): Promise<MinerCore> {
    const { database } = openDatabase(join(this.folder, 'miner.sqlite'), Date.now());
    const settings = new SettingsStore(database);
    this.compute = new InProcessCompute();
    const core = new MinerCore({
      settings,
      chapters: new Chapters(database),
      journal: new Journal(database, Date.now),
      account: new Account(settings, async () => this.vault),
      compute: new ComputeService({
        runner: this.compute,
        choices: new KernelChoices(database),
        quarantine: new Quarantine(database),
        driver: null,
        appVersion: '0.0.0',
        now: Date.now,
        log: () => undefined,
      }),
      builtIn: { start: async () => nodeUrl, stop: async () => undefined },
      overrides: { nodeUrl, matrixSize: 8, ...overrides },
      now: Date.now,
      onError: (error) => this.errors.push(error),
    });
    this.#open = {
      core,
      close: () => {
        core.close();
        database.close();
      },
    };
    await core.open();
    return core;
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
