import type { ChainWorld } from '../driver/world/chain-world';
import type { FaultSchedule } from '../driver/world/fault-schedule';
import type { SeededRandom } from '../driver/world/random';

type Misfortune = 'none' | 'kill' | 'restart' | 'keep' | 'go_back' | 'replica' | 'other_chain';

// A spell of weather: blocks between two changes of how many requests fail.
const SPELL_BLOCKS = 20;
// A process is killed at one of so many requests after the block.
const KILL_WITHIN_REQUESTS = 12;
const KEEP_AT_MOST_BLOCKS = 25;

/** What befalls node and miner, block by block, as a seed has it. */
export class Misfortunes {
  /** How often each came. */
  readonly counts: Partial<Record<Misfortune, number>> = {};
  readonly #world: ChainWorld;
  readonly #faults: FaultSchedule;
  readonly #random: SeededRandom;
  readonly #kill: () => void;
  #away = false;
  #sinceKept = 0;
  #untilKill = Number.POSITIVE_INFINITY;

  /** @param kill ends the miner where it stands */
  constructor(world: ChainWorld, faults: FaultSchedule, random: SeededRandom, kill: () => void) {
    this.#world = world;
    this.#faults = faults;
    this.#random = random;
    this.#kill = kill;
    world.front.fault = faults.next;
    world.front.onRequest = () => {
      this.#untilKill -= 1;
      if (this.#untilKill > 0) return;
      this.#untilKill = Number.POSITIVE_INFINITY;
      this.#count('kill');
      this.#kill();
    };
  }

  /** Whether the person agrees to whatever chain the node shows now. */
  agrees(): boolean {
    return this.#random.next() < 0.3;
  }

  /** Before block number `index`. */
  async before(index: number): Promise<void> {
    const random = this.#random;
    if (index % SPELL_BLOCKS === 0)
      this.#faults.rate = random.pick([
        [0, 2],
        [0.05, 3],
        [0.25, 3],
        [0.6, 1],
      ]);
    if (this.#away && random.next() < 0.3) await this.#comeBack();
    this.#sinceKept += 1;
    if (this.#sinceKept > KEEP_AT_MOST_BLOCKS) await this.#befall('keep');
    await this.#befall(
      random.pick<Misfortune>([
        ['none', 78],
        ['kill', 7],
        ['restart', 4],
        ['keep', 5],
        ['go_back', 2],
        ['replica', 2],
        ['other_chain', 2],
      ]),
    );
  }

  /** All is well from now on. */
  async end(): Promise<void> {
    this.#untilKill = Number.POSITIVE_INFINITY;
    this.#faults.end();
    await this.#comeBack();
  }

  async #befall(misfortune: Misfortune): Promise<void> {
    const world = this.#world;
    switch (misfortune) {
      case 'kill':
        this.#untilKill = 1 + this.#random.below(KILL_WITHIN_REQUESTS);
        return;
      case 'restart':
        await world.restart();
        break;
      case 'keep':
        world.keep();
        this.#sinceKept = 0;
        break;
      case 'go_back':
        await world.goBack();
        this.#away = false;
        break;
      case 'replica':
        await world.showReplica();
        this.#away = true;
        break;
      case 'other_chain':
        await world.showOtherChain();
        this.#away = true;
        break;
    }
    this.#count(misfortune);
  }

  async #comeBack(): Promise<void> {
    await this.#world.showOwn();
    this.#away = false;
  }

  #count(misfortune: Misfortune): void {
    this.counts[misfortune] = (this.counts[misfortune] ?? 0) + 1;
  }
}
