import { ALICE } from '../../src-main/devnet/test-network';
import type { TaskRecord } from '../../src-main/submissions/task-record';
import { AppError } from '../../src-shared/errors';
import { MemoryVault } from '../driver/miner/memory-vault';
import { RequestFaults } from './chain/request-faults';
import { SLOT_MS, World } from './chain/world';
import type { FaultKind } from './faults';
import { Happenings } from './happenings';
import { MinerHost } from './miner/miner-host';
import type { MinerLife } from './miner/miner-life';
import { makeProfile } from './miner/profile';
import { Misfortunes } from './misfortunes';
import { Person } from './person';
import { Rival } from './rival';
import { SimulatedTime } from './simulated-time';
import { SimulatedValidator, VALIDATOR_URL } from './simulated-validator';
import { Streams } from './streams';
import { Broken } from './watch/broken';
import { Fees } from './watch/fees';
import { LiveTasks } from './watch/live-tasks';
import { Pace } from './watch/pace';
import { Said } from './watch/said';
import { Sent } from './watch/sent';
import { type Tally, tally } from './watch/tally';

// After so many blocks under faults come some without, at whose end all must be well.
const FAULTY_BLOCKS = 160;
const CALM_BLOCKS = 40;
// A process that ended just before is up again by then.
const SETTING_RIGHT_BLOCKS = 4;
const SETTLING_BLOCKS = 30;
// What is older than so many blocks when all has been well for a while has come to its end.
const MOST_BLOCKS_LIVE = 15;
// Of miner, chain and all that is remembered of both, with what waits to be collected.
const MOST_HEAP_BYTES = 1 << 30;
const HEAP_EVERY_BLOCKS = 1000;
// A job of a moment is answered by then.
const JOB_WITHIN_MS = 20_000;

export type SimulationOptions = {
  readonly seed: number;
  readonly kinds: ReadonlySet<FaultKind>;
  readonly isTold?: boolean;
};

/** What became of a run. */
export type Outcome = {
  readonly blocks: number;
  readonly digest: string;
  readonly broken: Broken | null;
  /** The last that happened. */
  readonly last: readonly string[];
  /** How often each kind of misfortune came. */
  readonly counts: readonly (readonly [kind: string, times: number])[];
  readonly tally: Tally;
};

/** The whole miner against a chain and a network in this process, in virtual time, under faults that a seed decides. */
export class Simulation {
  readonly #time = new SimulatedTime();
  readonly #profile: ReturnType<typeof makeProfile>;
  readonly #happenings: Happenings;
  readonly #world: World;
  readonly #host: MinerHost;
  readonly #misfortunes: Misfortunes;
  readonly #person: Person;
  readonly #validator: SimulatedValidator;
  readonly #kinds: ReadonlySet<FaultKind>;
  #calmSinceMs = 0;
  readonly #live: LiveTasks;
  readonly #pace: Pace;
  readonly #fees: Fees;
  readonly #said: Said;
  readonly #sent: Sent;
  #blocks = 0;
  #isCalm = false;
  #broken: Broken | null = null;

  constructor({ seed, kinds, isTold = false }: SimulationOptions) {
    const time = this.#time;
    this.#kinds = kinds;
    const { machine } = time;
    const streams = new Streams(seed);
    this.#profile = makeProfile(VALIDATOR_URL);
    this.#happenings = new Happenings(machine.monotonic, isTold);
    const fail = (invariant: string, detail: string) => this.#fail(invariant, detail);
    this.#world = new World(time, new RequestFaults(streams, kinds), this.#happenings);
    this.#live = new LiveTasks(fail);
    this.#pace = new Pace(machine.monotonic, fail);
    this.#fees = new Fees(machine.monotonic, fail);
    this.#said = new Said(machine.monotonic, fail);
    this.#sent = new Sent(this.#world, fail);
    this.#world.onBlock = (link) => this.#sent.block(link);
    this.#world.onGone = (links) => this.#sent.gone(links);
    const onError = (error: unknown) => this.#error(error);
    this.#validator = new SimulatedValidator(machine, streams.of('jobs'), this.#happenings, fail);
    this.#person = new Person(streams.of('deeds'), () => this.#pace.nudge(), onError);
    const course = streams.of('course');
    const random = streams.of('chance');
    this.#host = new MinerHost({
      folder: this.#profile.folder,
      vault: MemoryVault.holding(ALICE.key),
      clock: machine,
      random: () => random.next(),
      course: () => {
        const share = course.next();
        const tookMs = 100 + course.below(900);
        const slowMs = 3000 + course.below(25_000);
        if (!kinds.has('compute') || this.#isCalm) return { tookMs, fails: false };
        return { tookMs: share < 0.08 ? slowMs : tookMs, fails: share > 0.98 };
      },
      waysOf: (life) => ({
        send: this.#world.network.sendOf(life),
        openSocket: this.#validator.openSocketOf(life),
      }),
      person: this.#person,
      pauses: streams.of('pauses'),
      onRequest: (life, path, body) => {
        this.#pace.request(path);
        if (body !== undefined) this.#sent.post(life, body);
      },
      onHeld: (_life, ms) => this.#pace.held(ms),
      onBegin: (life) => this.#follow(life),
      onError,
      tell: (what) => this.#happenings.add(what),
    });
    const rival = new Rival(this.#world);
    this.#misfortunes = new Misfortunes({
      world: this.#world,
      host: this.#host,
      rival,
      time,
      streams,
      kinds,
      happenings: this.#happenings,
    });
  }

  /** Runs so many blocks, then some without faults to finish in. @param isOver ends it sooner */
  async run(blocks: number, isOver: () => boolean = () => false): Promise<Outcome> {
    this.#host.start();
    for (let index = 0; index < blocks && this.#broken === null && !isOver(); index += 1) {
      const place = index % (FAULTY_BLOCKS + CALM_BLOCKS);
      const isCalm = place >= FAULTY_BLOCKS;
      if (place === FAULTY_BLOCKS) this.#clear();
      if (!isCalm) this.#misfortunes.before(index);
      else if (place < FAULTY_BLOCKS + SETTING_RIGHT_BLOCKS) this.#setRight();
      await this.#slot(isCalm);
      if (place === FAULTY_BLOCKS + CALM_BLOCKS - 1) this.#requireWell();
    }
    if (this.#broken === null) await this.#settle();
    const counted = this.#tally();
    return {
      blocks: this.#blocks,
      digest: this.#happenings.digest,
      broken: this.#broken,
      last: this.#happenings.last,
      counts: Object.entries(this.#misfortunes.counts),
      tally: counted,
    };
  }

  /** What nobody caught: of a process that ended at a commit nothing counts any more. */
  readonly stray = (error: unknown): void => {
    const isOfTheDead = error instanceof AppError && error.params.detail === 'closed';
    if (!isOfTheDead) this.#error(error);
  };

  close(): void {
    this.#host.life?.crash();
    this.#validator.close();
    this.#profile.remove();
  }

  async #slot(isCalm: boolean): Promise<void> {
    this.#isCalm = isCalm;
    const lateMs = isCalm ? 0 : this.#misfortunes.lateness();
    if (lateMs !== null) this.#time.machine.after(lateMs, () => this.#world.produce());
    if (isCalm) this.#host.agree();
    this.#validator.act(!isCalm && this.#kinds.has('validator'));
    await this.#time.machine.advance(SLOT_MS);
    this.#blocks += 1;
    const { life } = this.#host;
    if (life === null) return;
    this.#pace.slotEnded(life, this.#live.size);
    if (this.#blocks % HEAP_EVERY_BLOCKS === 0) this.#requireHeap();
    this.#look(life);
  }

  #requireHeap(): void {
    const { heapUsed } = process.memoryUsage();
    if (heapUsed > MOST_HEAP_BYTES) this.#fail('memory is bounded', `${heapUsed} bytes of heap are in use`);
  }

  #clear(): void {
    this.#happenings.add('calm');
    this.#calmSinceMs = this.#time.machine.monotonic();
    this.#misfortunes.clear();
    this.#setRight();
  }

  #setRight(): void {
    if (this.#host.life !== null) this.#person.setRight(this.#host.life);
  }

  async #settle(): Promise<void> {
    this.#clear();
    for (let block = 0; block < CALM_BLOCKS && this.#broken === null; block += 1) {
      if (block < SETTING_RIGHT_BLOCKS) this.#setRight();
      await this.#slot(true);
    }
    if (this.#broken === null) this.#requireWell();
    const { life } = this.#host;
    if (life === null) return;
    this.#person.stop(life);
    for (let block = 0; block < SETTLING_BLOCKS && this.#broken === null; block += 1) await this.#slot(true);
    for (const task of this.#live.all)
      if (task.chapter === this.#chapter(life))
        this.#fail('every task ends', `${task.taskId} is ${task.state}`);
  }

  /** Of a run that broke, what was under way is not told. */
  #tally(): Tally {
    const { life } = this.#host;
    const fail = (invariant: string, detail: string) => this.#fail(invariant, detail);
    if (life === null || this.#broken !== null)
      return {
        sent: this.#sent.size,
        inChain: this.#sent.inChain.size,
        proved: 0,
        lost: [],
        paidTwice: this.#sent.paidTwice,
      };
    return tally(this.#sent, life.database, this.#chapter(life), fail);
  }

  /** After some blocks without faults. */
  #requireWell(): void {
    const { life } = this.#host;
    if (life === null) {
      this.#fail('after faults it mines again', 'it does not run');
      return;
    }
    const { state } = life.miner.status;
    if (state.kind !== 'mining')
      this.#fail(
        'after faults it mines again',
        state.kind === 'blocked' ? `${state.error.code}: ${state.error.message}` : state.kind,
      );
    this.#validator.requireAnswered(this.#calmSinceMs + SETTING_RIGHT_BLOCKS * SLOT_MS, JOB_WITHIN_MS);
    const { height } = this.#world.chain;
    for (const task of this.#live.all)
      if (task.chapter === this.#chapter(life) && task.blockHeight < height - MOST_BLOCKS_LIVE)
        this.#fail(
          'every task ends',
          `task ${task.id} of block ${task.blockHeight} is ${task.state} at ${height}`,
        );
  }

  #chapter({ miner }: MinerLife): number | undefined {
    return miner.node.session?.head.binding?.chapter.id;
  }

  #follow(life: MinerLife): void {
    this.#pace.begin();
    this.#fees.begin();
    this.#said.begin();
    this.#live.begin(life);
    life.miner.journal.onChange((task) => {
      this.#taskChanged(task);
      this.#fees.take(task, life);
    });
    life.miner.changes.add((change) => {
      if (change === 'node') this.#pace.look(life, this.#time.machine.now());
      // Once all of this moment has been judged.
      if (change === 'miner') setImmediate(() => this.#look(life));
    });
  }

  #taskChanged(task: TaskRecord): void {
    const { id, state, accountNonce, reason } = task;
    this.#happenings.add(`task ${id} ${state} ${accountNonce ?? ''} ${reason?.code ?? ''}`);
    const isNew = this.#live.take(task);
    this.#pace.underWay(this.#live.size);
    if (state === 'confirmed') this.#said.accepted();
    if (isNew && !task.byHand && !this.#person.wantsMining)
      this.#fail('held back is held back', `${task.taskId} was planned`);
  }

  #look(life: MinerLife): void {
    if (!life.isAlive) return;
    const state = this.#said.look(life, this.#person);
    if (state !== null) this.#happenings.add(`state ${state}`);
  }

  /** What nobody expected is a mistake of the program. */
  #error(error: unknown): void {
    const code = error instanceof AppError ? error.code : null;
    this.#happenings.add(`error ${code ?? String(error)}`);
    if (code === null || code === 'internal')
      this.#fail('every error has a remedy', String((error as Error).stack));
  }

  #fail(invariant: string, detail: string): void {
    if (this.#broken !== null) return;
    this.#broken = new Broken(invariant, detail);
    this.#happenings.add(`broken: ${this.#broken.message}`);
  }
}
