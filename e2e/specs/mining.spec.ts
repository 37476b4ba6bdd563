import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { App, firstLane, newProfile, QUICK } from '../driver/electron/app';

const WEBGPU = ['--auto', '--software-gpu', '--engine', 'webgpu', ...QUICK];

/** The priority ("nice") of each thread of the app's compute page that computes: the 19th field of proc_pid_stat(5). */
async function prioritiesOf(app: App): Promise<number[]> {
  const pid = await app.electron.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .find((contents) => contents.getURL().startsWith('app://compute/'))
      ?.getOSProcessId(),
  );
  return readdirSync(`/proc/${pid}/task`)
    .map((id) => readFileSync(`/proc/${pid}/task/${id}/stat`, 'utf8'))
    .filter((stat) => stat.includes('(DedicatedWorker'))
    .map((stat) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]));
}

test('mines three results with WebGPU on the development network, is killed in the middle, and loses none', async () => {
  const profile = newProfile();
  const first = await App.launch(profile.path, WEBGPU);
  const before = await first.until('three proved results', ({ tasks: { today } }) => today.proved >= 3);
  expect(firstLane(before).engine).toBe('webgpu');
  expect(firstLane(before).adapter?.software).toBe(true);
  expect(before.key.storedIn).toBe('keychain');
  await expect(first.page.getByTestId('miner-state')).toHaveAttribute('data-kind', 'mining');
  // What computes gives way to whatever a person does beside it.
  const priorities = await prioritiesOf(first);
  expect(priorities.length).toBeGreaterThan(0);
  expect(new Set(priorities)).toEqual(new Set([10]));
  await first.until('a result on its way', ({ tasks: { recent: recentTasks } }) =>
    recentTasks.some(({ state }) => state === 'sent' || state === 'in_pool'),
  );
  await first.kill();

  const second = await App.launch(profile.path, WEBGPU);
  const known = new Set(before.tasks.recent.map(({ taskId }) => taskId));
  const after = await second.until(
    'every earlier task has ended, and a new one is proved',
    ({ tasks: { recent: recentTasks } }) =>
      recentTasks.some(({ taskId, state }) => state === 'proved' && !known.has(taskId)) &&
      recentTasks.every(({ taskId, state }) => !known.has(taskId) || ['proved', 'abandoned'].includes(state)),
  );
  expect(after.key.address).toBe(before.key.address);
  for (const { taskId, state, txHash } of before.tasks.recent) {
    const now = after.tasks.recent.find((task) => task.taskId === taskId);
    // What was signed is never signed anew, and what was proved stays proved.
    if (txHash !== null) expect(now?.txHash).toBe(txHash);
    if (txHash !== null || state === 'proved') expect(now?.state).toBe('proved');
  }
  const nonces = after.tasks.recent.map(({ accountNonce }) => accountNonce).filter((nonce) => nonce !== null);
  expect(new Set(nonces).size).toBe(nonces.length);
  await second.quit();
  profile.dispose();
});
