import { expect, test } from '@playwright/test';
import type { TaskRow } from '../../src-shared/ipc/task-row';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { pruneEvidence } from '../driver/miner/pruned-journal';

const profile = newProfile();
let app: App;

test.afterAll(async () => {
  await app?.quit();
  profile.dispose();
});

test('the trail of an older result says that its evidence is not kept, and leads to the block that has it', async () => {
  app = await App.launch(profile.path, QUICK);
  const task = await provedAtRest();
  pruneEvidence(profile.path);

  const { page } = app;
  await page.getByTestId('nav-tasks').click();
  await page.locator(`[data-testid="task-row"][data-task-id="${task.taskId}"]`).click();
  const evidence = page.getByTestId('trail').getByTestId('evidence');
  await expect(evidence).toHaveAttribute('data-state', 'not_kept');
  await expect(evidence).toContainText('The evidence of older results is not kept here');
  await expect(page.getByTestId('trail').getByTestId('merkle-path')).toHaveCount(0);

  await page.getByTestId('check-again').press('Enter');
  const report = page.getByTestId('block-report');
  await expect(report).toHaveAttribute('data-height', String(task.confirmedHeight));
  const own = report.locator(`[data-testid="block-result"][data-tx-hash="${task.txHash}"]`);
  await expect(own).toHaveAttribute('data-mine', 'true');
  await own.getByTestId('audit-sampled').click();
  await expect(own.getByTestId('audit-verdict')).toHaveAttribute('data-ok', 'true');
});

/** A proved task, once mining has stopped and nothing is under way. */
async function provedAtRest(): Promise<TaskRow> {
  await app.until('the network', ({ node }) => node.height !== null);
  await app.ask('createKey');
  await app.ask('startMining');
  await app.topUp();
  await app.until('a proved result', ({ tasks: { today } }) => today.proved > 0);
  await app.ask('stopMining');
  const ended = ['proved', 'abandoned'];
  const {
    tasks: { recent: recentTasks },
  } = await app.until('nothing under way', ({ tasks: { recent: recentTasks } }) =>
    recentTasks.every(({ state }) => ended.includes(state)),
  );
  const task = recentTasks.find(({ state }) => state === 'proved');
  if (task === undefined) throw new Error('no proved task');
  return task;
}
