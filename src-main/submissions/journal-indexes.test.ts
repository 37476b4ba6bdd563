import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import { type Database, openDatabase } from '../storage/database';
import { Journal } from './journal';

const ACCOUNT = parseAddress('cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp');

let folder = '';
let database: Database;
let asked: { sql: string; values: unknown[] }[];
let journal: Journal;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'indexes-'));
  database = openDatabase(join(folder, 'miner.sqlite'), 0).database;
  asked = [];
  journal = new Journal(
    new Proxy(database, {
      get: (target, property) => {
        if (property !== 'get' && property !== 'all') return target.revisionOf.bind(target);
        return (sql: string, ...values: (string | number)[]) => {
          asked.push({ sql, values });
          return target[property](sql, ...values);
        };
      },
    }),
    () => 1,
  );
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const READINGS: Record<string, () => unknown> = {
  'the tasks under way': () => journal.live(1),
  'those under way in ended chapters': () => journal.liveInEndedChapters(1),
  'those given up after sending': () => journal.abandonedAfterSending(1),
  'those superseded of late': () => journal.supersededFrom(1, 7, 0),
  'the task of a transaction': () => journal.byTxHash(1, 'hash'),
  'the task of a transaction in another chapter': () => journal.ofOtherChapter(1, 'hash'),
  'the task of a transaction that it has no longer': () => journal.takeUpAgain(1, 'hash'),
  'a task of a chapter by its id': () => journal.byTaskId('task', 1),
  'a task of any chapter by its id': () => journal.byTaskId('task'),
  'the highest nonce in a block': () => journal.highestConfirmedNonce(1, ACCOUNT),
  'the fees since a time': () => journal.feesSince(ACCOUNT, 7),
  'the tasks in blocks from a height on': () => journal.confirmedFrom(1, 7),
  'the tasks in a block of a height': () => journal.confirmedAt(1, 7),
  'the highest block that was mined on': () => journal.minedBlockUpTo(1, 7),
  'the lowest block that was mined on': () => journal.lowestMinedBlock(1),
  'the counts since a time': () => journal.countSince(7),
};

describe('what is read at every block', () => {
  it.each(Object.keys(READINGS))('does not walk the journal: %s', (name) => {
    READINGS[name]?.();
    const plans = asked.map(({ sql, values }) =>
      database.all(`EXPLAIN QUERY PLAN ${sql}`, ...(values as (string | number)[])),
    ) as { detail: string }[][];
    expect(plans).not.toHaveLength(0);
    const walks = plans
      .flat()
      .filter(({ detail }) => /SCAN (?:tasks|task_history|other_transactions|t|h|o)\b/.test(detail))
      // The index of transfers alone, which are few.
      .filter(({ detail }) => !detail.endsWith('USING INDEX tasks_transfers'));
    expect(walks).toEqual([]);
  });

  it('does not read the bytes of tasks for a search: an index has what is searched', () => {
    journal.list({ states: null, search: 'ab', offset: 0, limit: 300 });
    const [search] = asked;
    const plan = database.all(
      `EXPLAIN QUERY PLAN ${search?.sql}`,
      ...((search?.values ?? []) as (string | number)[]),
    ) as { detail: string }[];
    const scans = plan.map(({ detail }) => detail).filter((detail) => /SCAN tasks\b/.test(detail));
    expect(scans).toEqual(['SCAN tasks USING COVERING INDEX tasks_searched']);
  });
});
