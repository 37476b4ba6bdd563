import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { signHash } from '../../src-shared/chain/key';
import type { ComputeOutcome } from '../../src-shared/ipc/compute';
import type { Hello } from '../../src-shared/jobs/frames';
import type { Settings } from '../../src-shared/settings/settings';
import { Listeners } from '../async/listeners';
import type { Clock } from '../clock/clock';
import type { Priority } from '../compute/compute-queue';
import type { ComputeWork } from '../compute/compute-task';
import type { Account } from '../keys/account';
import type { Database } from '../storage/database';
import type { WorkSource } from '../work/work-source';
import { pruneJobs } from './job-pruning';
import { JobStore, type QueuedJob } from './job-store';
import { type ConnectionState, ValidatorConnection } from './validator-connection';
import { type JobEvent, ValidatorJobs } from './validator-jobs';
import type { ValidatorSocket } from './validator-socket';
import { parseValidatorUrl } from './validator-url';

type Parts = {
  readonly database: Database;
  readonly account: Account;
  readonly settings: () => Settings;
  /** Whether the miner is on and not paused. */
  readonly isWorking: () => boolean;
  readonly clock: Clock;
  readonly random: () => number;
  /** What this worker calls itself. */
  readonly agent: string;
  readonly onWork: () => void;
  readonly onChange: () => void;
  /** Answers were kept. */
  readonly onAnswers: () => void;
  readonly onError: (error: unknown) => void;
  readonly log: (message: string) => void;
};

/** The validator in use, and its jobs. */
type Current = {
  readonly url: string;
  readonly jobs: ValidatorJobs;
  readonly connection: ValidatorConnection;
};

const PRUNE_EVERY_MS = 10 * 60_000;

/** A validator's jobs as a source of work, whichever validator the settings name. */
export class Jobs implements WorkSource<QueuedJob> {
  readonly store: JobStore;
  /** Told of every step of each job. */
  readonly events: Listeners<JobEvent>;
  readonly #parts: Parts;
  #current: Current | null = null;
  #callOffPruning: () => void = () => undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.store = new JobStore(parts.database);
    this.events = new Listeners(parts.onError);
  }

  /** Connects to the validator of the settings, where there is one. */
  open(): void {
    this.connect();
    this.#prune();
  }

  /** Applies the address of the settings: the validator before gets an answer to all it asked. */
  connect(): void {
    void this.#leave().catch(this.#parts.onError);
    const { validatorUrl } = this.#parts.settings();
    if (validatorUrl !== null) this.#current = this.#begin(parseValidatorUrl(validatorUrl));
    this.#parts.onChange();
  }

  /** The validator in use with how things stand, or null. */
  get status(): (ConnectionState & { readonly url: string } & ValidatorJobs['counts']) | null {
    if (this.#current === null) return null;
    const { url, jobs, connection } = this.#current;
    return { url, ...connection.state, ...jobs.counts };
  }

  /** Tries to connect now, however long the wait was to be. */
  retry(): void {
    this.#current?.connection.retry();
  }

  /** The miner was paused, or goes on. */
  pauseChanged(): void {
    this.#current?.jobs.pauseChanged();
  }

  /** Answers what is open, and ends the connection; resolves once that was sent, or after a second. */
  async close(): Promise<void> {
    this.#callOffPruning();
    await this.#leave();
  }

  get priority(): Priority {
    return this.#current?.jobs.priority ?? 'job';
  }

  get ahead(): number {
    return this.#current?.jobs.ahead ?? 0;
  }

  next(): QueuedJob | null {
    return this.#current?.jobs.next() ?? null;
  }

  task(job: QueuedJob): ComputeWork {
    if (this.#current === null) throw new Error('there is no validator');
    return this.#current.jobs.task(job);
  }

  isOver(job: QueuedJob): boolean {
    return this.#current?.jobs.isOver(job) ?? true;
  }

  done(job: QueuedJob, outcome: ComputeOutcome): void {
    this.#current?.jobs.done(job, outcome);
  }

  failed(job: QueuedJob, error: unknown, dropped: boolean): void {
    this.#current?.jobs.failed(job, error, dropped);
  }

  #begin(url: string): Current {
    const { clock, random, settings, onChange } = this.#parts;
    const jobs = new ValidatorJobs({
      ...this.#parts,
      store: this.store,
      validator: url,
      onJob: (event) => this.events.tell(event),
    });
    const connection = new ValidatorConnection({
      url,
      headers: async () => ({ 'user-agent': this.#parts.agent }),
      mostFrameBytes: settings().jobFrameLimitMiB << 20,
      clock,
      random,
      onOpen: (socket) => {
        if (settings().jobIntroduce) void this.#introduce(socket).catch(this.#parts.onError);
        jobs.opened(socket);
      },
      onFrame: (text) => jobs.take(text),
      onPong: (ping) => jobs.pong(ping),
      onClosed: () => jobs.closed(),
      onChange,
    });
    return { url, jobs, connection };
  }

  async #leave(): Promise<void> {
    const left = this.#current;
    this.#current = null;
    if (left === null) return;
    left.jobs.close();
    await left.connection.close();
  }

  /** Says who this is, signed; a validator that does not know the frame ignores it. */
  async #introduce(socket: ValidatorSocket): Promise<void> {
    const { account, agent, clock } = this.#parts;
    const timestamp = Math.floor(clock.now() / 1000);
    const hello = await account.withPrivateKey((privateKey, address): Hello => {
      const hash = sha256(utf8ToBytes(`${address}${agent}${timestamp}`));
      const engines = ['webgpu', 'cpu'];
      const signature = signHash(hash, privateKey);
      return { type: 'hello', worker_address: address, agent, engines, signature, timestamp };
    });
    socket.send(JSON.stringify(hello));
  }

  #prune(): void {
    const { database, clock, onError } = this.#parts;
    try {
      pruneJobs(database, clock.now());
    } catch (error) {
      onError(error);
    }
    this.#callOffPruning = clock.after(PRUNE_EVERY_MS, () => this.#prune());
  }
}
