import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ALICE } from '../../src-main/devnet/test-network';
import { openDatabase } from '../../src-main/storage/database';
import { Journal } from '../../src-main/submissions/journal';
import type { TaskRecord } from '../../src-main/submissions/task-record';
import { ChainWorld } from '../driver/world/chain-world';
import { FaultSchedule } from '../driver/world/fault-schedule';
import { SeededRandom } from '../driver/world/random';
import { holdingsOf, tallyTasks } from '../driver/world/tally';
import { MinerProcess } from './miner-process';
import { Misfortunes } from './misfortunes';
import { reportSoak } from './soak-report';

const FUNDED_UNITS = 10n ** 18n;
// How long a block may take the miner before the next one comes all the same.
const MOST_MS_A_BLOCK = 120;
// After the faults: blocks in which the miner works again, and blocks in which it only finishes.
const CALM_BLOCKS = 20;
const MOST_SETTLING_BLOCKS = 60;

/** `npm run soak`. @param program the bundled miner @returns the exit code */
export async function main(program: string, args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      blocks: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string', default: '60' },
    },
  });
  const soak = new Soak(program, await ChainWorld.open(), Number(values.seed));
  try {
    const blocks = await soak.run(Number(values.blocks), Number(values.minutes) * 60_000);
    const code = await soak.report(blocks, Number(values.seed));
    await soak.close(code === 0);
    return code;
  } catch (error) {
    await soak.close(false);
    throw error;
  }
}

class Soak {
  readonly #program: string;
  readonly #world: ChainWorld;
  readonly #faults: FaultSchedule;
  readonly #misfortunes: Misfortunes;
  readonly #folder = mkdtempSync(join(tmpdir(), 'soak-'));
  #miner: MinerProcess;

  constructor(program: string, world: ChainWorld, seed: number) {
    this.#program = program;
    this.#world = world;
    // Streams of their own: how many requests the miner makes does not change what befalls it.
    this.#faults = new FaultSchedule(new SeededRandom(seed));
    const random = new SeededRandom(seed + 2 ** 31);
    this.#misfortunes = new Misfortunes(world, this.#faults, random, () => void this.#miner.kill());
    this.#miner = this.#startMiner();
  }

  /** Blocks under faults, then calm ones, then some to finish in. @returns how many were under faults */
  async run(blocks: number, mostMs: number): Promise<number> {
    await this.#world.fund(ALICE.address, FUNDED_UNITS);
    const deadline = performance.now() + mostMs;
    let index = 0;
    for (; index < blocks && performance.now() < deadline; index++) {
      await this.#misfortunes.before(index);
      await this.#block(true, this.#misfortunes.agrees());
    }
    await this.#misfortunes.end();
    for (let calm = 0; calm < CALM_BLOCKS; calm++) await this.#block(true, true);
    for (let rest = 0; rest < MOST_SETTLING_BLOCKS && !this.#idle(); rest++) await this.#block(false, true);
    return index;
  }

  async report(blocks: number, seed: number): Promise<number> {
    await this.#miner.kill();
    const held = await holdingsOf(this.#world.ownUrl, ALICE.address);
    const tally = tallyTasks(this.#tasks(), held, FUNDED_UNITS);
    return reportSoak({ blocks, seed, befell: this.#misfortunes.counts, held, tally, tasks: this.#tasks() });
  }

  /** Ends everything; a profile in which something went wrong is left to be looked at. */
  async close(clean: boolean): Promise<void> {
    await this.#miner.kill();
    await this.#world.close();
    if (clean) rmSync(this.#folder, { recursive: true, force: true });
    else console.log(`the profile is left at ${this.#folder}`);
  }

  async #block(mine: boolean, acceptChain: boolean): Promise<void> {
    if (!this.#miner.alive) this.#miner = this.#startMiner();
    const height = await this.#world.block();
    this.#faults.blockProduced();
    this.#miner.tell({ nowMs: this.#world.nowMs, mine, acceptChain });
    await this.#miner.until(
      ({ tip, newest, planned, unsent }) =>
        tip >= height && (newest >= height || !mine) && planned + unsent === 0,
      this.#miner.last === null ? 10 * MOST_MS_A_BLOCK : MOST_MS_A_BLOCK,
    );
  }

  #idle(): boolean {
    const { last } = this.#miner;
    return last !== null && last.newest < 0 && last.trouble === null;
  }

  #startMiner(): MinerProcess {
    return new MinerProcess(this.#program, {
      folder: this.#folder,
      nodeUrl: this.#world.front.url,
      privateKey: bytesToHex(ALICE.key),
      nowMs: this.#world.nowMs,
    });
  }

  #tasks(): TaskRecord[] {
    const { database } = openDatabase(join(this.#folder, 'miner.sqlite'), Date.now());
    const { records } = new Journal(database, Date.now).list({
      states: null,
      search: '',
      offset: 0,
      limit: 1_000_000,
    });
    database.close();
    return records.reverse();
  }
}
