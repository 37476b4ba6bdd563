import { join } from 'node:path';
import { newProfile } from '../../e2e/driver/electron/app';
import { Headless } from '../../e2e/driver/electron/headless';
import { openDatabase } from '../../src-main/storage/database';
import { SettingsStore } from '../../src-main/storage/settings-store';
import { treeMiB } from '../lib/process-figures';
import { JOBS_QUEUED } from './sizes';

/** The app without a window, on its processor engine and the built-in network, with a profile of its own. */
export class AppWorker {
  readonly #profile: ReturnType<typeof newProfile>;
  readonly #app: Headless;

  private constructor(profile: ReturnType<typeof newProfile>, app: Headless) {
    this.#profile = profile;
    this.#app = app;
  }

  /** Starts it on a validator's jobs; but for how many may wait, all settings are as they come. */
  static async start(validator: string): Promise<AppWorker> {
    const profile = newProfile();
    const { database } = openDatabase(databaseOf(profile.path), Date.now());
    new SettingsStore(database).save({ jobQueueLimit: JOBS_QUEUED });
    database.close();
    const args = ['--auto', '--engine', 'cpu', '--validator', validator, '--profile', profile.path];
    const app = new Headless(args);
    await app.waitFor('a proved task', ({ event, state }) => event === 'task' && state === 'proved');
    return new AppWorker(profile, app);
  }

  /** What the processes of the app hold in memory, what they share counted once, MiB. */
  get memoryMiB(): number {
    const { pid } = this.#app.process;
    if (pid === undefined) throw new Error('the app does not run');
    return treeMiB(pid);
  }

  /** How long jobs took to compute, by the validator's names for them, ms. */
  computeMs(jobIds: readonly string[]): number[] {
    const { database } = openDatabase(databaseOf(this.#profile.path), Date.now());
    try {
      return jobIds.map((id) => {
        const row = database.get('SELECT compute_ms AS ms FROM jobs WHERE job_id = ?', id);
        return (row as { ms: number }).ms;
      });
    } finally {
      database.close();
    }
  }

  async close(): Promise<void> {
    await this.#app.stop();
    this.#profile.dispose();
  }
}

function databaseOf(profile: string): string {
  return join(profile, 'miner.sqlite');
}
