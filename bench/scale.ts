import { parseArgs } from 'node:util';
import { App, newProfile, QUICK } from '../e2e/driver/electron/app';
import { fillJournal } from '../e2e/driver/miner/many-tasks';
import { figure } from './lib/figures';
import { interleave } from './lib/interleave';
import { report } from './lib/report';
import { openMs, scrollLongestMs, searchMs } from './scale/window-probes';

/** `npm run bench -- scale [--json] [--tasks 100000] [--rounds 5]`: the list of tasks in the app's own window, over a journal of as many tasks as are kept. @returns the exit code */
export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      tasks: { type: 'string', default: '100000' },
      rounds: { type: 'string', default: '5' },
    },
  });
  const profile = newProfile();
  const count = Number(values.tasks);
  await mineALittle(profile.path);
  fillJournal(profile.path, count);
  const app = await App.launch(profile.path, QUICK);
  try {
    const { page } = app;
    await app.until('the window', ({ key }) => key.state === 'ready');
    await page.getByTestId('nav-tasks').click();
    await page.getByTestId('task-row').first().waitFor();
    const some = await tasksAt(app, count);
    let next = 0;
    const samples = await interleave(
      [
        { name: 'open', run: async () => ({ ms: await openMs(page) }) },
        {
          name: 'search',
          run: async () => ({ ms: await searchMs(page, some[next++ % some.length] ?? '') }),
        },
        { name: 'answer', run: async () => ({ ms: await answerMs(app, some[next % some.length] ?? '') }) },
        { name: 'scroll', run: async () => ({ ms: await scrollLongestMs(page) }) },
      ],
      { rounds: Number(values.rounds), budgetMs: 120_000 },
    );
    const of = `of ${count} tasks`;
    return report(
      [
        figure(`list ${of} opened`, samples.median('open.ms'), 'ms', { atMost: 300 }),
        figure(`search ${of}, from the last key to its rows`, samples.median('search.ms'), 'ms', {
          atMost: 200,
        }),
        figure('… its answer alone', samples.median('answer.ms'), 'ms'),
        figure(
          `longest task while ${count} tasks scroll (0: none over 50)`,
          samples.median('scroll.ms'),
          'ms',
          {
            atMost: 50,
          },
        ),
      ],
      { json: values.json },
    );
  } finally {
    await app.quit();
    profile.dispose();
  }
}

/** Leaves a profile with a few proved tasks and mining switched off. */
async function mineALittle(profile: string): Promise<void> {
  const app = await App.launch(profile, QUICK);
  await app.ask('createKey');
  await app.topUp();
  await app.ask('startMining');
  await app.until('proved tasks', ({ tasks }) => tasks.today.proved >= 3);
  await app.ask('stopMining');
  await app.quit();
}

/** Ids of tasks all over the list. */
async function tasksAt(app: App, count: number): Promise<string[]> {
  const places = [0.1, 0.5, 0.9, 0.3, 0.7, 0.99].map((share) => Math.floor(count * share));
  const pages = await Promise.all(
    places.map((offset) => app.ask('listTasks', { states: null, search: '', offset, limit: 1 })),
  );
  return pages.flatMap(({ tasks }) => tasks.map(({ taskId }) => taskId));
}

async function answerMs(app: App, search: string): Promise<number> {
  return app.page.evaluate(async (search) => {
    const began = performance.now();
    await window.miner.listTasks({ states: null, search, offset: 0, limit: 300 });
    return performance.now() - began;
  }, search);
}
