import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import { parseBlockHash } from '../../src-shared/chain/block';
import type { KernelChoice } from '../../src-shared/ipc/kernel-choice';
import { TASK_STATES } from '../../src-shared/ipc/task-state';
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings';
import { JobStore } from '../jobs/job-store';
import { Journal } from '../submissions/journal';
import { Chapters } from './chapters';
import { openDatabase } from './database';
import { KernelChoices } from './kernel-choices';
import { MIGRATIONS } from './migrations';
import { Quarantine } from './quarantine';
import { SettingsStore } from './settings-store';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrations-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A copy of a file that the app of that schema wrote: a task in every state, settings, two chapters. */
function openFixture(version: number) {
  const path = join(folder, 'miner.sqlite');
  copyFileSync(join(import.meta.dirname, 'fixtures', `schema-${version}.sqlite`), path);
  return openDatabase(path, 0);
}

const older = MIGRATIONS.slice(1).map((_, index) => index + 1);

describe.each(older)('a database of schema %i', (version) => {
  it('is brought up to date where it is, with everything it holds', () => {
    const { database, setAside } = openFixture(version);
    expect(setAside).toBeNull();
    expect(database.pragma('user_version')).toBe(MIGRATIONS.length);
    expect(new SettingsStore(database).load()).toEqual({
      ...DEFAULT_SETTINGS,
      matrixSize: 512,
      language: 'ru',
      engine: 'webgpu',
    });
    const chapter = new Chapters(database).current('built-in');
    expect(chapter).toMatchObject({ id: 2, chainId: 'cpc-devnet-1', genesisHash: 'a'.repeat(64) });
    const journal = new Journal(database, () => 0);
    const { total, records } = journal.list({ states: null, search: '', offset: 0, limit: 50 });
    expect(total).toBe(TASK_STATES.length);
    const oldestFirst = records.reverse();
    expect(oldestFirst.map(({ state }) => state)).toEqual(TASK_STATES);
    const proved = oldestFirst[TASK_STATES.indexOf('proved')];
    expect(proved).toMatchObject({
      feeUnits: 2_100_000_000_000_000_000_000n,
      raw: '{"nonce": 7}',
      confirmedHeight: 117,
      evidence: { checks: [{ name: 'hash', ok: true }] },
    });
    expect(proved && journal.history(proved).map(({ state }) => state)).toEqual([
      'planned',
      'computed',
      'reserved',
      'signed',
      'sent',
      'confirmed',
      'proved',
    ]);
  });

  it('can be worked with as a new one can', () => {
    const { database } = openFixture(version);
    const journal = new Journal(database, () => 1);
    const planned = journal.plan({
      chapter: 2,
      account: parseAddress('cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp'),
      taskId: 'a new one',
      blockHeight: 1000,
      blockHash: parseBlockHash('b'.repeat(64)),
      taskNonce: 0,
      matrixSize: 64,
    });
    expect(planned?.state).toBe('planned');
    const choice: KernelChoice = {
      sizeClass: 'small',
      kernel: 'registers',
      measured: [],
      wholeTask: null,
      measuredAtMs: 1,
    };
    new KernelChoices(database).save('a card', choice);
    expect(new KernelChoices(database).of('a card')).toEqual([choice]);
    new Quarantine(database).add('a card', { atMs: 1, matrixSize: 64, why: 'product' });
    expect(new Quarantine(database).failures('a card', 2)).toHaveLength(1);
  });

  it.runIf(version >= 4)('has the jobs of validators, with what is still to be done for them', () => {
    const store = new JobStore(openFixture(version).database);
    const [waits] = store.idsIn('ws://127.0.0.1:8000/worker', 'queued');
    expect(store.queued(waits ?? 0)).toMatchObject({ jobId: 'waits', payload: { challenge: 'synthetic' } });
    expect(store.toSubmit(9)).toMatchObject([{ resultHash: 'cd'.repeat(32), proof: '0100' }]);
  });

  it('gives freed pages back from then on', () => {
    expect(openFixture(version).database.pragma('auto_vacuum')).toBe(2);
  });
});
