import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALICE } from '../../../src-main/devnet/test-network';
import type { TaskRecord } from '../../../src-main/submissions/task-record';
import { LIVE_STATES } from '../../../src-main/submissions/task-states';
import { ChainWorld } from '../world/chain-world';
import { type Fault, pass } from '../world/faults';
import { type Holdings, holdingsOf, type Tally, tallyTasks } from '../world/tally';
import { worldClock } from '../world/world-clock';
import { JournalDriver } from './journal-driver';
import { MemoryVault } from './memory-vault';

/** Something that befalls the node or the miner. */
export type Step =
  | { readonly kind: 'work' | 'crash' | 'restart' | 'keep' | 'go_back' | 'replica' | 'other_chain' | 'own' }
  /** The next so many requests meet a fault, after some that do not. */
  | { readonly kind: 'fault'; readonly name: string; readonly fault: Fault; after: number; times: number };

/** What a run came to. */
export type RunOutcome = {
  readonly tally: Tally;
  readonly held: Holdings;
  readonly tasks: readonly TaskRecord[];
  /** The account's nonces that two unfinished tasks had at once, and tasks signed anew while alive. */
  readonly doubled: readonly string[];
};

const FUNDED_UNITS = 10n ** 18n;
// Blocks to fill gaps and send again what was lost, and blocks to see the last of it.
const WORKING_BLOCKS = 8;
const CLOSING_BLOCKS = 6;

/** The journal on a profile before a world of nodes, taken through steps one by one. */
export class ScheduleRun {
  readonly #world: ChainWorld;
  readonly #folder = mkdtempSync(join(tmpdir(), 'schedule-run-'));
  readonly #doubled: string[] = [];
  #driver: JournalDriver;

  private constructor(world: ChainWorld) {
    this.#world = world;
    this.#driver = this.#open();
  }

  static async open(): Promise<ScheduleRun> {
    const world = await ChainWorld.open();
    await world.fund(ALICE.address, FUNDED_UNITS);
    world.keep();
    return new ScheduleRun(world);
  }

  async step(step: Step): Promise<void> {
    const world = this.#world;
    switch (step.kind) {
      case 'work':
        return this.#block(true);
      case 'crash':
        this.#driver.close();
        this.#driver = this.#open();
        return;
      case 'restart':
        return world.restart();
      case 'keep':
        return world.keep();
      case 'go_back':
        return world.goBack();
      case 'replica':
        return world.showReplica();
      case 'other_chain':
        return world.showOtherChain();
      case 'own':
        return world.showOwn();
      case 'fault': {
        let { after, times } = step;
        world.front.fault = () => (after-- > 0 || times-- <= 0 ? pass : step.fault);
      }
    }
  }

  /** All is well from now on: what is under way comes to its end. */
  async settle(): Promise<RunOutcome> {
    this.#world.front.fault = () => pass;
    await this.#world.showOwn();
    for (let block = 0; block < WORKING_BLOCKS; block++) await this.#block(true);
    for (let block = 0; block < CLOSING_BLOCKS; block++) await this.#block(false);
    const held = await holdingsOf(this.#world.ownUrl, ALICE.address);
    const tasks = this.#driver.tasks();
    return { tally: tallyTasks(tasks, held, FUNDED_UNITS), held, tasks, doubled: this.#doubled };
  }

  async close(): Promise<void> {
    this.#driver.close();
    await this.#world.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** A block, a look at it, and a result for it; a node that fails at any of these is part of the run. */
  async #block(work: boolean): Promise<void> {
    await this.#world.block();
    this.#driver.acceptChain();
    await this.#driver.look().catch(() => undefined);
    if (work) await this.#driver.work().catch(() => undefined);
    this.#noteDoubled();
  }

  #noteDoubled(): void {
    const nonces = this.#driver
      .tasks()
      .filter(({ state, accountNonce }) => LIVE_STATES.includes(state) && accountNonce !== null)
      .map(({ chapter, accountNonce }) => `${chapter}/${accountNonce}`);
    this.#doubled.push(...nonces.filter((nonce, index) => nonces.indexOf(nonce) !== index));
  }

  #open(): JournalDriver {
    return new JournalDriver({
      folder: this.#folder,
      nodeUrl: this.#world.front.url,
      vault: MemoryVault.holding(ALICE.key),
      address: ALICE.address,
      clock: worldClock(() => this.#world.nowMs),
    });
  }
}
