import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { signHash } from '../../src-shared/chain/key';
import { AppError, toErrorReport } from '../../src-shared/errors';
import type { ComputeOutcome } from '../../src-shared/ipc/compute';
import { BUILT_IN_VALIDATOR } from '../../src-shared/jobs/built-in-validator';
import type { Hello } from '../../src-shared/jobs/frames';
import type { Settings } from '../../src-shared/settings/settings';
import { Listeners } from '../async/listeners';
import type { Clock } from '../clock/clock';
import type { Priority } from '../compute/compute-queue';
import type { ComputeWork } from '../compute/compute-task';
import type { Account } from '../keys/account';
import type { ValidatorTokens } from '../keys/validator-tokens';
import type { Ways } from '../network/ways';
import type { Database } from '../storage/database';
import type { WorkSource } from '../work/work-source';
import type { BuiltInMarket } from './built-in-market';
import type { FrameReader } from './frame-reader';
import { pruneJobs } from './job-pruning';
import { JobStore, type QueuedJob } from './job-store';
import { MatricesFolder } from './matrices-folder';
import { MinuteCount } from './minute-count';
import { type ConnectionState, ValidatorConnection } from './validator-connection';
import { type JobEvent, ValidatorJobs } from './validator-jobs';
import type { ValidatorSocket } from './validator-socket';
import { parseValidatorUrl } from './validator-url';

type Parts = {
  readonly database: Database;
  /** Where matrices of jobs that wait are kept. */
  readonly matricesFolder: string;
  readonly frameReader: FrameReader;
  readonly account: Account;
  readonly settings: () => Settings;
  readonly builtInMarket: BuiltInMarket;
  readonly tokens: Pick<ValidatorTokens, 'read'>;
  /** Whether the miner is on and not paused. */
  readonly isWorking: () => boolean;
  readonly clock: Clock;
  readonly random: () => number;
  readonly ways: Pick<Ways, 'openSocket'>;
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
  /** As the settings name it, which its jobs are kept under. */
  readonly validator: string;
  readonly jobs: ValidatorJobs;
  way: Way;
};

/** Where the validator is connected to; nowhere while the built-in one does not run. */
type Way =
  | { readonly url: string; readonly connection: ValidatorConnection }
  | { readonly url: null; readonly state: ConnectionState };

/** How things stand with the validator in use. */
export type JobsStatus = ConnectionState & { readonly url: string } & ValidatorJobs['counts'];

const PRUNE_EVERY_MS = 10 * 60_000;
// How often a rate is told anew that falls because nothing comes.
const RATE_EVERY_MS = 5000;

/** A validator's jobs as a source of work, whichever validator the settings name. */
export class Jobs implements WorkSource<QueuedJob> {
  readonly store: JobStore;
  /** Told of every step of each job. */
  readonly events: Listeners<JobEvent>;
  readonly #parts: Parts;
  readonly #minute: MinuteCount;
  readonly #matrices: MatricesFolder;
  #current: Current | null = null;
  /** Where the built-in market was when that was told last. */
  #market: string | null = null;
  /** The connection over which this worker was introduced last. */
  #introduced: ValidatorSocket | null = null;
  #callOffRate: (() => void) | null = null;
  #callOffPruning: () => void = () => undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.store = new JobStore(parts.database);
    this.#matrices = new MatricesFolder(parts.matricesFolder, parts.onError);
    this.events = new Listeners(parts.onError);
    this.#minute = new MinuteCount(parts.clock.monotonic);
    this.events.add(({ state }) => state === 'answered' && this.#countAnswer());
  }

  /** Connects to the validator of the settings, where there is one. */
  open(): void {
    this.#sweep();
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

  /** The built-in network may have come, gone or moved. */
  builtInChanged(): void {
    const { market, worker } = this.#parts.builtInMarket;
    if (market !== this.#market) {
      this.#market = market;
      this.#parts.onChange();
    }
    const current = this.#current;
    if (current?.validator !== BUILT_IN_VALIDATOR || current.way.url === worker) return;
    this.#connectAnew(current);
  }

  /** There may be a key now: a validator that nobody could be introduced to before is told of it. */
  keyChanged(): void {
    const way = this.#current?.way;
    if (way !== undefined && way.url !== null && way.connection.socket !== null)
      this.#introduceTo(way.connection.socket);
  }

  /** A validator's token is another one. */
  tokenChanged(validator: string): void {
    if (this.#current?.validator === validator) this.#connectAnew(this.#current);
    this.#parts.onChange();
  }

  /** The validator in use with how things stand, or null. */
  get status(): JobsStatus | null {
    if (this.#current === null) return null;
    const { validator, jobs, way } = this.#current;
    const state = way.url === null ? way.state : way.connection.state;
    return { url: validator, ...state, ...jobs.counts };
  }

  /** Results of the last minute. */
  get answeredLastMinute(): number {
    return this.#minute.count;
  }

  /** Tries to connect now, however long the wait was to be. */
  retry(): void {
    const way = this.#current?.way;
    if (way !== undefined && way.url !== null) way.connection.retry();
  }

  /** The miner was paused, or goes on. */
  pauseChanged(): void {
    this.#current?.jobs.pauseChanged();
  }

  /** Answers what is open, and ends the connection; resolves once that was sent, or after a second. */
  async close(): Promise<void> {
    this.#callOffPruning();
    this.#callOffRate?.();
    await this.#leave();
    this.#parts.frameReader.close();
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

  #begin(validator: string): Current {
    const jobs = new ValidatorJobs({
      ...this.#parts,
      store: this.store,
      matrices: this.#matrices,
      validator,
      onJob: (event) => this.events.tell(event),
    });
    return { validator, jobs, way: this.#way(validator, jobs) };
  }

  /** The same validator and the same jobs, over another connection. */
  #connectAnew(current: Current): void {
    void this.#leaveWay(current.way).catch(this.#parts.onError);
    current.way = this.#way(current.validator, current.jobs);
    this.#parts.onChange();
  }

  #way(validator: string, jobs: ValidatorJobs): Way {
    const { clock, random, ways, settings, builtInMarket, onChange } = this.#parts;
    const url = validator === BUILT_IN_VALIDATOR ? builtInMarket.worker : validator;
    if (url === null) {
      const error = toErrorReport(notRunning());
      return { url, state: { state: 'waiting', sinceMs: clock.now(), error, retryAtMs: null } };
    }
    const connection = new ValidatorConnection({
      url,
      headers: () => this.#headers(validator),
      mostFrameBytes: settings().jobFrameLimitMiB << 20,
      clock,
      random,
      ways,
      onOpen: (socket) => {
        this.#introduceTo(socket);
        jobs.opened(socket);
      },
      onFrame: (bytes) => jobs.take(bytes),
      onPong: (ping) => jobs.pong(ping),
      onClosed: () => jobs.closed(),
      onChange,
    });
    return { url, connection };
  }

  async #headers(validator: string): Promise<Readonly<Record<string, string>>> {
    const { agent, tokens } = this.#parts;
    const token = await tokens.read(validator);
    return { 'user-agent': agent, ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
  }

  async #leave(): Promise<void> {
    const left = this.#current;
    this.#current = null;
    if (left === null) return;
    await left.jobs.close();
    await this.#leaveWay(left.way);
  }

  async #leaveWay(way: Way): Promise<void> {
    if (way.url !== null) await way.connection.close();
  }

  /** Once a connection, where the person wants it and there is a key. */
  #introduceTo(socket: ValidatorSocket): void {
    if (!this.#parts.settings().jobIntroduce || this.#parts.account.state.address === null) return;
    if (this.#introduced === socket) return;
    this.#introduced = socket;
    void this.#introduce(socket).catch(this.#parts.onError);
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

  #countAnswer(): void {
    this.#minute.add();
    if (this.#callOffRate === null) this.#tellRate();
  }

  /** Tells of the rate for as long as there is one. */
  #tellRate(): void {
    this.#callOffRate = this.#parts.clock.after(RATE_EVERY_MS, () => {
      this.#callOffRate = null;
      this.#parts.onChange();
      if (this.#minute.count > 0) this.#tellRate();
    });
  }

  #sweep(): void {
    try {
      this.#matrices.sweep(this.store.files());
    } catch (error) {
      this.#parts.onError(error);
    }
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

function notRunning(): AppError {
  return new AppError(
    'validator_not_running',
    'The built-in validator does not run: the built-in development network is not in use, or not up yet.',
    { remedy: 'none' },
  );
}
