import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import Sqlite from 'libsql';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { Headless } from '../driver/electron/headless';

const profile = newProfile();
test.afterAll(() => profile.dispose());

/** Spoils rows of the profile's database, as a bad disk does. */
function spoil(sql: string): void {
  const database = new Sqlite(join(profile.path, 'miner.sqlite'));
  database.exec(sql);
  database.close();
}

test('damaged rows end neither the start nor a screen: it is said once, and mining goes on', async () => {
  let app = await App.launch(profile.path, ['--auto', ...QUICK]);
  await app.until('some proved results', ({ tasks }) => tasks.today.proved >= 3);
  await app.quit();
  spoil(`
    UPDATE tasks SET evidence = '{' WHERE id = 1;
    UPDATE tasks SET tx_hash = CAST(x'ff' AS TEXT) WHERE id = 2;
    UPDATE tasks SET state = 'nonsense' WHERE id = (SELECT max(id) FROM tasks);
    UPDATE task_history SET state = '?' WHERE task = 1 AND state = 'planned';
    INSERT OR REPLACE INTO settings VALUES ('theme', '"da');`);

  app = await App.launch(profile.path, QUICK);
  await app.until('mining', ({ miner }) => miner.kind === 'mining');
  const notice = app.page.getByLabel('Messages').getByTestId('error-text');
  await expect(notice).toHaveAttribute('data-code', 'database_rows_damaged');
  await expect(notice).toHaveCount(1);
  await app.page.getByTestId('nav-tasks').click();
  await expect(app.page.getByTestId('task-row').first()).toBeVisible();
  await app.quit();

  spoil("INSERT OR REPLACE INTO settings VALUES ('language', '\"ele')");
  const headless = new Headless(['--profile', profile.path, '--tasks', '1', ...QUICK]);
  const { code, remedy } = await headless.waitFor(
    'damage',
    (event) => event.code === 'database_rows_damaged',
  );
  expect({ code, remedy }).toEqual({ code: 'database_rows_damaged', remedy: 'check_disk' });
  expect(await headless.exit).toBe(0);
});
