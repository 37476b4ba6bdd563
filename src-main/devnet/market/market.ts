import { existsSync, renameSync } from 'node:fs';
import { AppError } from '../../../src-shared/errors';
import { type Clock, systemClock } from '../../clock/clock';
import { authority } from '../../network/listen';
import { Auditor } from './auditor';
import { Dispatcher } from './dispatcher';
import { type Fault, FaultSwitches } from './faults';
import { MarketServer, WORKER_PATH } from './market-server';
import { TaskStore } from './task-store';

export type MarketOptions = {
  /** 0 for any free one. */
  readonly port: number;
  /** Of so many results one is audited in full; 8 unless told. */
  readonly fullAuditOneIn?: number;
  /** How long a worker has for a job, beside what its size takes; half a minute unless told. */
  readonly jobTimeoutMs?: number;
  /** What is done wrong from the beginning. */
  readonly faults?: readonly Fault[];
  /** From 0 up to 1; decides what is audited in full. */
  readonly random?: () => number;
};

type Surroundings = {
  /** Of the database file, or `:memory:`. */
  readonly path: string;
  readonly host?: string;
  readonly clock?: Clock;
};

/** A development validator with its task market (poc-protocol.md). */
export type Market = {
  /** Of the task market, `http://…`. */
  readonly url: string;
  /** Where workers connect, `ws://…/worker`. */
  readonly worker: string;
  close(): Promise<void>;
};

/**
 * Starts validator and market on one address.
 * @throws AppError `port_in_use`; as `mapDiskError`
 */
export async function startMarket(options: MarketOptions & Surroundings): Promise<Market> {
  const { port, path, host = '127.0.0.1', clock = systemClock, random = Math.random } = options;
  const { fullAuditOneIn = 8, jobTimeoutMs = 30_000 } = options;
  const store = openStore(path, clock.now());
  const faults = new FaultSwitches(options.faults);
  const auditor = new Auditor({
    clock,
    random,
    fullAuditOneIn,
    isSuspect: (workerAddress) => store.hasFailed(workerAddress),
  });
  const dispatcher = new Dispatcher({
    store,
    auditor,
    clock,
    random,
    jobTimeoutMs,
    onError,
  });
  const server = new MarketServer({ store, dispatcher, faults, clock, onError });
  const close = async () => {
    await dispatcher.close();
    await server.close();
    store.close();
  };
  try {
    const at = authority(host, await server.listen(host, port));
    return { url: `http://${at}`, worker: `ws://${at}${WORKER_PATH}`, close };
  } catch (error) {
    await dispatcher.close();
    store.close();
    throw error;
  }
}

/** A file that is damaged is moved aside, as the chain can do without it. @param now names what is moved */
function openStore(path: string, now: number): TaskStore {
  try {
    return new TaskStore(path);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'database_corrupt') throw error;
    const aside = `${path}.damaged-${now}`;
    for (const suffix of ['', '-wal', '-shm'])
      if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
    console.error(`devnet market: the tasks were damaged. They are kept as ${aside}; there are none now.`);
    return new TaskStore(path);
  }
}

function onError(error: unknown): void {
  console.error(`devnet market: ${error instanceof Error ? error.message : String(error)}`);
}
