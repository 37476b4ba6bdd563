import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALICE } from '../../../src-main/devnet/test-network';
import { ChainWorld } from '../world/chain-world';
import { type Fault, pass } from '../world/faults';
import { holdingsOf, type Tally, tallyTasks } from '../world/tally';
import { worldClock } from '../world/world-clock';
import { JournalDriver } from './journal-driver';
import { MemoryVault } from './memory-vault';

const FUNDED_UNITS = 10n ** 18n;

/** A journal on a profile of its own, before a world of nodes that a test spoils; the account has a balance. */
export class JournalScene {
  readonly world: ChainWorld;
  readonly vault = MemoryVault.holding(ALICE.key);
  /** Bodies of `POST /tx/send`, in order, whether they arrived or not. */
  sent: string[] = [];
  /** How far this machine's clock is ahead of the world's. */
  skewMs = 0;
  readonly #folder = mkdtempSync(join(tmpdir(), 'journal-scene-'));
  #driver: JournalDriver;

  private constructor(world: ChainWorld) {
    this.world = world;
    this.#driver = this.#start();
  }

  static async open(): Promise<JournalScene> {
    const world = await ChainWorld.open();
    await world.fund(ALICE.address, FUNDED_UNITS);
    const scene = new JournalScene(world);
    await scene.driver.look();
    return scene;
  }

  /** The journal that is open now. */
  get driver(): JournalDriver {
    return this.#driver;
  }

  /** Ends the journal where it stands. */
  crash(): void {
    this.#driver.close();
  }

  /** Opens the profile again and looks at the node. */
  async restart(nodeUrl?: string, ceilingUnits?: bigint): Promise<void> {
    this.#driver = this.#start(nodeUrl, ceilingUnits);
    await this.#driver.look();
  }

  /** Requests for paths that start so meet a fault, so often; all others pass. */
  spoil(start: string, fault: Fault, times = Number.POSITIVE_INFINITY): void {
    let left = times;
    this.world.front.fault = (path) => (path.startsWith(start) && left-- > 0 ? fault : pass);
  }

  /** No faults from now on. */
  heal(): void {
    this.world.front.fault = () => pass;
  }

  /** Blocks, and a look at each; a node that fails then is part of the test. */
  async blocks(count: number): Promise<void> {
    for (let block = 0; block < count; block++) {
      await this.world.block();
      await this.#driver.look().catch(() => undefined);
    }
  }

  /** Results, each in the block after. */
  async mine(count: number): Promise<void> {
    for (let result = 0; result < count; result++) {
      await this.#driver.work();
      await this.blocks(1);
    }
  }

  async tally(): Promise<Tally> {
    const held = await holdingsOf(this.world.ownUrl, ALICE.address);
    return tallyTasks(this.#driver.tasks(), held, FUNDED_UNITS);
  }

  /** Fails unless so many results are proved, the chain holds just those, and fees are theirs to the unit. */
  async assertProved(count: number): Promise<void> {
    const { proved, lost, duplicated, unfinished, feesPaidUnits, feesExpectedUnits } = await this.tally();
    const found = { proved, lost, duplicated, unfinished, feesPaidUnits };
    const wanted = {
      proved: count,
      lost: [],
      duplicated: [],
      unfinished: [],
      feesPaidUnits: feesExpectedUnits,
    };
    assert.deepEqual(found, wanted);
  }

  async close(): Promise<void> {
    this.#driver.close();
    await this.world.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #start(nodeUrl = this.world.front.url, ceilingUnits: bigint | null = null): JournalDriver {
    return new JournalDriver({
      folder: this.#folder,
      nodeUrl,
      ceilingUnits,
      vault: this.vault,
      address: ALICE.address,
      clock: worldClock(
        () => this.world.nowMs,
        () => this.skewMs,
      ),
      boundary: (effect, [body]) => {
        if (effect === 'node.send') this.sent.push(String(body));
      },
    });
  }
}
