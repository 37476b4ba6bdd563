import type { SeededRandom } from '../driver/world/random';
import { SLOT_MS, type World } from './chain/world';
import { ALL_FAULTS, type FaultKind } from './faults';
import type { Happenings } from './happenings';
import type { CommitCourse } from './miner/faulty-database';
import type { MinerHost } from './miner/miner-host';
import type { Rival } from './rival';
import type { SimulatedTime } from './simulated-time';
import type { Streams } from './streams';

type Parts = {
  readonly world: World;
  readonly host: MinerHost;
  readonly rival: Rival;
  readonly time: SimulatedTime;
  readonly streams: Streams;
  readonly kinds: ReadonlySet<FaultKind>;
  readonly happenings: Happenings;
};

// Blocks between two changes of how many requests fail.
const SPELL_BLOCKS = 20;
const RATES = [
  [0, 2],
  [0.05, 3],
  [0.25, 3],
  [0.6, 1],
] as const;
const CLOCK_STEPS_MS = [1500, 20_000, 600_000, 3_700_000, 3 * 3_600_000] as const;
const STORM_EVENTS = 60;
// Every so many times a machine sleeps, and an app stays closed, for longer than a transaction waits in a pool.
const LONG_EVERY = 8;
const LONG_SLOTS = 760;

/** The chance that a kind comes in a slot. */
const CHANCES: Readonly<Partial<Record<FaultKind, number>>> = {
  away: 0.01,
  restarted: 0.015,
  syncing: 0.012,
  forked: 0.012,
  elsewhere: 0.004,
  hints: 0.03,
  clock: 0.02,
  slept: 0.003,
  disk: 0.008,
  crashed: 0.03,
  quit: 0.006,
  person: 0.03,
  rival: 0.04,
};

/** What befalls node, network, machine and miner, slot by slot, as the seed has it. */
export class Misfortunes {
  /** How often each kind came. */
  readonly counts: Partial<Record<FaultKind, number>> = {};
  readonly #parts: Parts;
  readonly #random: Readonly<Record<FaultKind, SeededRandom>>;
  readonly #weather: SeededRandom;
  #awaySlots = 0;
  #astraySlots = 0;
  #fullSlots = 0;
  #replicaSees: (() => number) | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    const random = ALL_FAULTS.map((kind) => [kind, parts.streams.of(kind)] as const);
    this.#random = Object.fromEntries(random) as Record<FaultKind, SeededRandom>; // one for each
    this.#weather = parts.streams.of('weather');
  }

  /** How late the block of this slot comes, ms; null for none. */
  lateness(): number | null {
    const random = this.#random.delayed;
    const share = random.next();
    const lateMs = random.below(4500);
    if (!this.#parts.kinds.has('delayed')) return 0;
    if (share < 0.02) return null;
    return share < 0.1 ? lateMs : random.below(60);
  }

  /** Before the block of a slot. */
  before(index: number): void {
    if (index % SPELL_BLOCKS === 0) this.#parts.world.requests.rate = this.#weather.pick(RATES);
    this.#end();
    for (const kind of ALL_FAULTS) {
      const random = this.#random[kind];
      const isDue = random.next() < (CHANCES[kind] ?? 0);
      if (isDue && this.#parts.kinds.has(kind)) this.#befall(kind, random);
    }
  }

  /** All is well from now on. */
  clear(): void {
    const { world, time, host, rival } = this.#parts;
    world.requests.rate = 0;
    // Behind another program's transaction that the node never promotes all wait for an hour: who runs it starts it anew.
    if (rival.isWaiting) world.own.restart();
    rival.forget();
    world.network.isAway = false;
    world.showOwn();
    this.#replicaSees = null;
    this.#awaySlots = 0;
    this.#astraySlots = 0;
    this.#fullSlots = 0;
    host.isDiskFull = false;
    host.course = null;
    time.setRight();
  }

  /** What lasts for some slots may be over. */
  #end(): void {
    const { world, host } = this.#parts;
    this.#awaySlots -= 1;
    if (this.#awaySlots === 0) world.network.isAway = false;
    this.#fullSlots -= 1;
    if (this.#fullSlots === 0) host.isDiskFull = false;
    this.#astraySlots -= 1;
    if (this.#astraySlots === 0) {
      world.showOwn();
      this.#replicaSees = null;
    }
    if (this.#random.elsewhere.next() < 0.3) host.agree();
  }

  #befall(kind: FaultKind, random: SeededRandom): void {
    const { world, host, rival, happenings } = this.#parts;
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
    let detail: string | number = '';
    switch (kind) {
      case 'away':
        this.#awaySlots = 1 + random.below(12);
        world.network.isAway = true;
        world.network.endStreams();
        break;
      case 'restarted':
        world.own.restart();
        world.network.endStreams();
        break;
      case 'syncing':
        this.#fallBehind(random);
        break;
      case 'forked':
        detail = 1 + random.below(random.next() < 0.9 ? 4 : 25);
        world.fork(detail, random.next() < 0.5);
        break;
      case 'elsewhere':
        this.#astraySlots = 2 + random.below(15);
        world.showOther(random);
        break;
      case 'hints':
        this.#storm(random);
        break;
      case 'clock':
        detail = this.#setClock(random);
        break;
      case 'slept':
        this.#sleep(random);
        break;
      case 'disk':
        this.#fullSlots = 1 + random.below(4);
        host.isDiskFull = true;
        break;
      case 'crashed':
        host.course = {
          commits: 1 + random.below(25),
          course: random.pick<CommitCourse>([
            ['crash_before', 1],
            ['crash_after', 1],
          ]),
        };
        break;
      case 'quit':
        host.restart();
        if (this.#isLong(kind)) detail = this.#pass(LONG_SLOTS + random.below(LONG_SLOTS));
        break;
      case 'person':
        detail = host.letAct();
        break;
      case 'rival':
        detail = rival.act(random);
        break;
    }
    happenings.add(`${kind} ${detail}`);
  }

  /** A replica answers that is some blocks behind: it stands still, catches up, or takes turns with the chain's own node. */
  #fallBehind(random: SeededRandom): void {
    const { world, time } = this.#parts;
    this.#astraySlots = 3 + random.below(30);
    const { height } = world.chain;
    const first = Math.max(1, height - 4 - random.below(60));
    const perSlot = random.pick([
      [0, 2],
      [1, 1],
      [3, 2],
    ]);
    const since = time.now();
    this.#replicaSees = () =>
      Math.min(world.chain.height, first + Math.floor(((time.now() - since) / SLOT_MS) * perSlot));
    world.showReplica(this.#replicaSees);
  }

  #storm(random: SeededRandom): void {
    const { world, time } = this.#parts;
    const ahead = random.below(3);
    const everyMs = SLOT_MS / STORM_EVENTS;
    for (let event = 0; event < STORM_EVENTS; event += 1)
      time.machine.after(event * everyMs, () => world.network.emit(world.chain.height + ahead + event));
  }

  #setClock(random: SeededRandom): number {
    const { time } = this.#parts;
    const stepMs = random.pick(CLOCK_STEPS_MS.map((step) => [step, 1] as const));
    const isForward = random.next() < 0.5;
    if (random.next() < 0.4) time.setRight();
    else time.machine.setWall(isForward ? stepMs : -stepMs);
    return time.skewMs;
  }

  #sleep(random: SeededRandom): void {
    const { time } = this.#parts;
    const slots = this.#isLong('slept')
      ? LONG_SLOTS + random.below(LONG_SLOTS)
      : 2 + random.below(random.next() < 0.7 ? 12 : 120);
    time.machine.after(random.below(SLOT_MS), () => this.#pass(slots));
  }

  #isLong(kind: FaultKind): boolean {
    return (this.counts[kind] ?? 0) % LONG_EVERY === 0;
  }

  /** So many slots go by of which nothing that runs here notices anything. @returns them */
  #pass(slots: number): number {
    const { world, time } = this.#parts;
    for (let slot = 0; slot < slots; slot += 1) {
      time.sleep(SLOT_MS);
      world.produce();
    }
    return slots;
  }
}
