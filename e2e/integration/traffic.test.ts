import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { report } from '../../src-main/app/reporter';
import { systemClock } from '../../src-main/clock/clock';
import { ALICE } from '../../src-main/devnet/test-network';
import { sliceReaders } from '../../src-main/state/slices';
import { StatePublisher } from '../../src-main/state/state-publisher';
import { type Database, openDatabase } from '../../src-main/storage/database';
import type { StatePush } from '../../src-shared/state/state';
import { countStatements, type Statement } from '../driver/miner/counted-database';
import { DevnetScene } from '../driver/miner/devnet-scene';

const APP = {
  appVersion: '0.0.0',
  runtime: 'test',
  locale: 'en',
  time: { hours: 24, dayFirst: true },
  trayAvailable: false,
  linkedTask: null,
} as const;
const UPDATES = {
  canLook: false,
  canInstall: false,
  doing: 'nothing',
  found: null,
  downloadedBytes: 0,
  lookedAtMs: null,
  postponedUntilMs: null,
  error: null,
} as const;
// Of one task from its plan to its proof, one block of the follower and the trail, and the screens.
const MOST_STATEMENTS = 100;
const OLD_TASKS = 100_000;

let scene: DevnetScene;

beforeEach(async () => {
  scene = await DevnetScene.open();
});
afterEach(() => scene.close());

/** A miner with a balance, and screens that are told of it as a window would be. */
async function begin(): Promise<{ pushes: StatePush[]; publisher: StatePublisher; stop: () => void }> {
  await scene.fund();
  const { miner } = scene;
  const readers = sliceReaders(miner, { app: () => APP, updates: () => UPDATES }, systemClock.now);
  const publisher = new StatePublisher(readers, systemClock, (error) => scene.errors.push(error));
  const pushes: StatePush[] = [];
  publisher.onPush((push) => pushes.push(push));
  publisher.full();
  pushes.length = 0;
  publisher.follow(miner.changes);
  return { pushes, publisher, stop: () => publisher.close() };
}

describe('a progress report', () => {
  it('runs no statement, in the window or without one, and pushes 300 bytes at most', async () => {
    const { pushes, publisher, stop } = await begin();
    const told: unknown[] = [];
    const stopReport = report(scene.miner, (event) => told.push(event));
    let open = () => {};
    scene.compute.gate = new Promise((resolve) => {
      open = () => resolve();
    });
    scene.miner.power.start();
    await scene.until('a task in hand', ({ compute }) => compute.progress.length > 0);
    publisher.full();
    pushes.length = 0;
    told.length = 0;
    const statements = countStatements();
    for (const progress of [0.25, 0.5, 0.75]) {
      scene.compute.report(progress);
      publisher.full();
    }
    expect(statements).toEqual([]);
    expect(pushes.map(({ changed }) => changed)).toEqual(
      [0.25, 0.5, 0.75].map((done) => ({ progress: { lanes: [{ lane: 'lane-0', done }] } })),
    );
    for (const push of pushes) expect(JSON.stringify(push).length).toBeLessThanOrEqual(300);
    expect(told).toEqual([]);
    open();
    stop();
    stopReport();
  });
});

describe('a block', () => {
  it(`with ${OLD_TASKS} tasks in the journal takes a bounded number of statements, each through an index`, async () => {
    const { publisher, stop } = await begin();
    scene.miner.power.start();
    await scene.until('a result in the pool', () => scene.inState('in_pool').length === 1);
    const database = openDatabase(join(scene.folder, 'miner.sqlite'), Date.now()).database;
    try {
      addOldTasks(database, OLD_TASKS);
      const statements = countStatements();
      await scene.block();
      await scene.until('proved, and the next on its way', () => {
        const { records } = scene.miner.journal.list({ states: null, search: '', offset: 0, limit: 1 });
        return records[0]?.state === 'in_pool';
      });
      publisher.full();
      // Of the test's own looks, and of pruning, nothing.
      const own = statements.filter(({ sql }) => !/COUNT\(\*\)|LIMIT \? OFFSET/.test(sql));
      expect(own.length).toBeGreaterThan(10);
      expect(own.length).toBeLessThanOrEqual(MOST_STATEMENTS);
      expect(walks(database, own)).toEqual([]);
    } finally {
      database.close();
    }
    stop();
  }, 60_000);
});

/** Tasks long since proved, each with its history. */
function addOldTasks(database: Database, count: number): void {
  database.exec(`
    INSERT INTO tasks (chapter, account, task_id, block_height, block_hash, task_nonce, matrix_size, state,
        tx_hash, account_nonce, confirmed_height, confirmed_index, created_at, updated_at)
      WITH RECURSIVE old (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM old WHERE n < ${count})
      SELECT 1, '${ALICE.address}', 'old ' || n, n, printf('%064x', n), 0, 8, 'proved', printf('%064x', n), CAST(n AS TEXT), 0, 0, n, n FROM old;
    INSERT INTO task_history (task, state, at)
      SELECT id, column1, created_at FROM tasks, (VALUES ('planned'), ('computed'), ('confirmed'), ('proved'))
      WHERE task_id LIKE 'old %';`);
}

/** Steps of the statements' plans that go through a whole table. */
function walks(database: Database, statements: readonly Statement[]): string[] {
  const readings = new Map(
    statements.filter(({ sql }) => /^\s*(?:SELECT|UPDATE|DELETE)/.test(sql)).map((each) => [each.sql, each]),
  );
  return [...readings.values()].flatMap(({ sql, values }) => {
    const plan = database.all(`EXPLAIN QUERY PLAN ${sql}`, ...(values as string[])) as { detail: string }[];
    return (
      plan
        .filter(({ detail }) => /^SCAN (?:tasks|task_history|t|h)\b/.test(detail))
        // The index of transfers alone, which are few.
        .filter(({ detail }) => !detail.endsWith('USING INDEX tasks_transfers'))
        .map(({ detail }) => `${sql}: ${detail}`)
    );
  });
}
