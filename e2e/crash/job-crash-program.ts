import { systemClock } from '../../src-main/clock/clock';
import { ALICE } from '../../src-main/devnet/test-network';
import { JobCommits } from '../../src-main/jobs/job-commits';
import { MatricesFolder } from '../../src-main/jobs/matrices-folder';
import { ValidatorSocket } from '../../src-main/jobs/validator-socket';
import { Database } from '../../src-main/storage/database';
import { InProcessCompute } from '../driver/miner/in-process-compute';
import { MemoryVault } from '../driver/miner/memory-vault';
import { openTestMiner } from '../driver/miner/open-test-miner';
import type { JobCrashArguments } from './job-crash-arguments';

/**
 * A worker that does a validator's jobs, and ends once all are delivered. Dies by SIGKILL at the boundary it is told to,
 * counted from 1 and from the first frame on; with 0 it lives and tells the name of each.
 */
const { folder, validator, jobs, dieAt } = JSON.parse(process.argv[2] ?? '') as JobCrashArguments;
const passed: string[] = [];
let begun = false;

function boundary(name: string): void {
  if (!begun) return;
  passed.push(name);
  if (passed.length === dieAt) process.kill(process.pid, 'SIGKILL');
}

/** Has a boundary before each call of a method, and after it. */
function bound<T extends object, N extends keyof T & string>(
  prototype: T,
  name: N,
  isOne: (...args: unknown[]) => boolean = () => true,
): void {
  const original = prototype[name] as (...args: unknown[]) => unknown;
  const bounded = function (this: T, ...args: unknown[]): unknown {
    if (!isOne(...args)) return original.apply(this, args);
    boundary(`before ${name}`);
    const value = original.apply(this, args);
    if (value instanceof Promise) return value.finally(() => boundary(`after ${name}`));
    boundary(`after ${name}`);
    return value;
  };
  prototype[name] = bounded as T[N];
}

bound(Database.prototype, 'run', (sql) => sql === 'COMMIT');
bound(MatricesFolder.prototype, 'write');
bound(ValidatorSocket.prototype, 'send');
const { take } = JobCommits.prototype;
JobCommits.prototype.take = function (frame) {
  begun = true;
  take.call(this, frame);
};
// A large job is written before it is taken.
const { write } = MatricesFolder.prototype;
MatricesFolder.prototype.write = function (matrices) {
  begun = true;
  return write.call(this, matrices);
};

const { miner, close } = openTestMiner({
  folder,
  nodeUrl: 'http://127.0.0.1:9',
  vault: MemoryVault.holding(ALICE.key),
  runners: [new InProcessCompute()],
  clock: systemClock,
  onError: (error) => console.error(error),
});
const isDone = () =>
  miner.jobs.store.newest(jobs + 1).filter(({ state }) => state === 'delivered').length === jobs;
const end = () => {
  close();
  process.send?.(passed, () => process.exit(0));
};
miner.changes.add((change) => change === 'jobs' && begun && isDone() && setImmediate(end));
// Whoever is not on, or has no key, does no jobs.
miner.power.startForRun();
await miner.open();
if (miner.account.state.address === null) await miner.account.import(Buffer.from(ALICE.key).toString('hex'));
miner.settings.save({ validatorUrl: validator, jobSubmit: false });
