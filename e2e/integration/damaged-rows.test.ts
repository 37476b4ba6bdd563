import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JournalScene } from '../driver/miner/journal-scene';
import { refuse } from '../driver/world/faults';

let scene: JournalScene;
beforeEach(async () => {
  scene = await JournalScene.open();
});
afterEach(() => scene.close());

const HOUR_MS = 3_600_000;

/** Does something to the newest task's row, as a bad disk does, and starts again. */
async function damage(set: string): Promise<void> {
  const { database } = scene.driver;
  const { id } = database.get('SELECT max(id) AS id FROM tasks') as { id: number };
  database.exec('PRAGMA foreign_keys = OFF');
  database.exec(`UPDATE tasks SET ${set} WHERE id = ${id}`);
  scene.crash();
  await scene.restart();
}

const nonces = () => scene.sent.map((body) => Number(/"nonce":(\d+),"signature"/.exec(body)?.[1]));
const setAside = () => scene.driver.database.all("SELECT content FROM set_aside WHERE table_name = 'tasks'");

const TELLING = ["engine = 'abacus'", "timings = '{'", "evidence = '[]'", "reason = 'why'"];
const IN_ITS_BYTES = [
  "state = 'nonsense'",
  "tx_hash = 'ab'",
  "result_hash = 'xyz'",
  "account = 'nobody'",
  "account_nonce = 'one'",
  "fee_units = '1e3'",
  'sends = -1',
  "state = CAST(x'ff' AS TEXT)",
  "tx_hash = CAST(x'6162ff' AS TEXT)",
];
const NOWHERE_ELSE = ["block_hash = 'ab'", 'block_height = -1', 'matrix_size = -1'];
const SPOILT_BYTES = ["raw = '{}'", 'raw = NULL', `raw = replace(raw, '"signature":"', '"signature":"0')`];

describe('a damaged task', () => {
  it.each([...TELLING, ...IN_ITS_BYTES, ...NOWHERE_ELSE])(
    'of a block long past holds nothing up: %s',
    async (set) => {
      await scene.mine(2);
      await damage(set);
      await scene.mine(2);
      expect(new Set(nonces())).toEqual(new Set([0, 1, 2, 3]));
      expect(new Set(scene.sent).size).toBe(4);
      expect(scene.driver.tasks().filter(({ state }) => state === 'proved').length).toBeGreaterThanOrEqual(3);
      expect(setAside()).not.toHaveLength(0);
      expect(await scene.tally()).toMatchObject({ duplicated: [], unfinished: [] });
    },
  );

  it.each([...TELLING, ...IN_ITS_BYTES])(
    'goes on to its proof where what is left, or what was signed, will do: %s',
    async (set) => {
      await scene.driver.work();
      await damage(set);
      await scene.blocks(3);
      expect(setAside()).not.toHaveLength(0);
      await scene.assertProved(1);
    },
  );

  it.each([...TELLING, ...IN_ITS_BYTES])(
    'that no node has is sent again as it was signed: %s',
    async (set) => {
      scene.spoil('/tx/send', refuse);
      await scene.driver.work();
      scene.heal();
      await damage(set);
      await scene.blocks(5);
      expect(new Set(scene.sent).size).toBe(1);
      await scene.assertProved(1);
    },
  );

  it.each(NOWHERE_ELSE)('that is in the pool is not paid for again, nor is its nonce: %s', async (set) => {
    await scene.driver.work();
    await damage(set);
    // The tip is still its block's.
    expect(await scene.driver.work()).toBeNull();
    await scene.blocks(1);
    await scene.mine(2);
    expect(nonces()).toEqual([0, 1, 2]);
    expect(new Set(scene.sent).size).toBe(3);
  });

  it.each([...NOWHERE_ELSE, ...SPOILT_BYTES])(
    'that may have reached some node keeps its nonce from being signed for again within the hour: %s',
    async (set) => {
      scene.spoil('/tx/send', refuse);
      await scene.driver.work();
      scene.heal();
      await damage(set);
      await scene.blocks(4);
      await expect(scene.driver.work()).rejects.toMatchObject({ code: 'tx_nonce_held' });
      await scene.blocks(1);
      expect(new Set(scene.sent).size).toBe(1);
      scene.world.wait(HOUR_MS + 1000);
      await scene.blocks(1);
      await scene.mine(1);
      expect(new Set(scene.sent).size).toBe(3);
      expect(nonces().slice(-2)).toEqual([0, 1]);
    },
  );
});
