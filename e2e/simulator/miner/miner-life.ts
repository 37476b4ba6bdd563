import { join } from 'node:path';
import type { Clock } from '../../../src-main/clock/clock';
import { readerHere } from '../../../src-main/jobs/frame-reader';
import { FakeMachine } from '../../../src-main/machine/fake-machine';
import { Sensors } from '../../../src-main/machine/sensors';
import type { Ways } from '../../../src-main/network/ways';
import { type Miner, openMiner } from '../../../src-main/open-miner';
import { checkerHere } from '../../../src-main/signatures/signature-checker';
import { type Database, openDatabase } from '../../../src-main/storage/database';
import { keepPruned } from '../../../src-main/submissions/keep-pruned';
import type { MemoryVault } from '../../driver/miner/memory-vault';
import type { Asker } from '../chain/simulated-network';
import { type DatabaseFaults, spoilDatabase } from './faulty-database';
import { type JobCourse, StandInRunner } from './stand-in-runner';

/** What a process of the miner finds around it. */
export type Surroundings = {
  /** The profile. */
  readonly folder: string;
  readonly vault: MemoryVault;
  readonly clock: Clock;
  readonly random: () => number;
  readonly course: () => JobCourse;
  readonly disk: DatabaseFaults;
  readonly waysOf: (life: MinerLife) => Ways;
  readonly onRequest: (life: MinerLife, path: string, body: string | undefined) => void;
  readonly onHeld: (life: MinerLife, ms: number) => void;
  readonly onError: (life: MinerLife, error: unknown) => void;
};

/** One process of the miner, from its start to its end: what a crash leaves of it does nothing any more. */
export class MinerLife implements Asker {
  readonly miner: Miner;
  readonly underWay = new Set<object>();
  readonly #surroundings: Surroundings;
  readonly #database: Database;
  readonly #stopPruning: () => void;
  /** Timers that are set. */
  #timers = 0;
  #isAlive = true;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    const { folder, vault, random, course, disk } = surroundings;
    const clock = this.#clock(surroundings.clock);
    this.#database = openDatabase(join(folder, 'miner.sqlite'), clock.now()).database;
    spoilDatabase(this.#database, disk);
    const onError = (error: unknown) => surroundings.onError(this, error);
    this.miner = openMiner({
      database: this.#database,
      keysFolder: join(folder, 'keys'),
      matricesFolder: join(folder, 'matrices'),
      frameReader: readerHere,
      signatures: checkerHere,
      openVault: async () => vault,
      runners: [new StandInRunner(clock, course)],
      driver: null,
      appVersion: '0.0.0',
      builtIn: {
        start: () => Promise.reject(new Error('there is no built-in network')),
        stop: async () => undefined,
      },
      builtInMarket: { market: null, worker: null },
      overrides: {},
      validatorToken: null,
      machine: new FakeMachine(),
      sensors: new Sensors([], clock),
      clock,
      ways: surroundings.waysOf(this),
      random,
      log: () => undefined,
      onError,
    });
    this.#stopPruning = keepPruned(this.#database, clock, onError);
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  get timers(): number {
    return this.#timers;
  }

  get database(): Database {
    return this.#database;
  }

  readonly onRequest = (path: string, body: string | undefined): void =>
    this.#surroundings.onRequest(this, path, body);

  readonly onHeld = (ms: number): void => this.#surroundings.onHeld(this, ms);

  /** Looks for the key and connects, and goes on as a person decided. */
  begin(): void {
    void this.miner.open();
    this.miner.power.takeUp();
  }

  /** Quits as the app does. */
  close(): void {
    this.#stopPruning();
    void this.miner.close();
    this.#end();
  }

  /** Ends where it stands. */
  crash(): void {
    this.#end();
    void this.miner.close();
  }

  #end(): void {
    this.#isAlive = false;
    this.#database.close();
  }

  /** The machine's clock; the timers of a process end with it. */
  #clock({ now, monotonic, after }: Clock): Clock {
    return {
      now,
      monotonic,
      after: (ms, act) => {
        if (!this.#isAlive) return () => undefined;
        this.#timers += 1;
        let isSet = true;
        const done = (): boolean => {
          if (!isSet) return false;
          isSet = false;
          this.#timers -= 1;
          return true;
        };
        const callOff = after(ms, () => {
          if (done() && this.#isAlive) act();
        });
        return () => {
          if (done()) callOff();
        };
      },
    };
  }
}
