import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { environment, runtime } from '../driver/electron/runtime';

const profile = newProfile();
const UNKNOWN = '0f8fad5b-d9cb-469f-a165-70867728950e';

test.afterAll(() => profile.dispose());

test('a link opens its task, in a window that starts with it and in one that is there', async () => {
  const app = await App.launch(profile.path, [...QUICK, `cpcminer://task/${UNKNOWN}`]);
  try {
    const { page } = app;
    await app.ask('createKey');
    const trail = page.getByTestId('trail');
    await expect(trail.getByTestId('error-text')).toHaveAttribute('data-code', 'not_found');
    await page.keyboard.press('Escape');
    await expect(trail).toHaveCount(0);
    expect((await app.state()).app.linkedTask).toBeNull();

    await app.topUp();
    await app.ask('startMining');
    const { tasks } = await app.until('a proved result', (state) => state.tasks.today.proved > 0);
    const taskId = tasks.recent.find(({ state }) => state === 'proved')?.taskId ?? '';
    const { executable, switches } = runtime();
    const second = spawn(
      executable,
      [...switches, '--profile', profile.path, ...QUICK, `cpcminer://task/${taskId}`],
      { env: environment(), stdio: 'ignore' },
    );
    expect(await once(second, 'exit')).toEqual([0, null]);
    await expect(trail).toContainText(taskId.slice(0, 6));
    await expect(trail.getByTestId('receipt-save')).toBeVisible();
  } finally {
    await app.quit();
  }
});
