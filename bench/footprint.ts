import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { newProfile } from '../e2e/driver/electron/app';
import { Headless } from '../e2e/driver/electron/headless';
import { Panel } from '../e2e/driver/electron/panel';
import { MeasuredApp } from './footprint/measured-app';
import { figure } from './lib/figures';
import { interleave, type Probe } from './lib/interleave';
import { anonymousMiB } from './lib/process-figures';
import { report } from './lib/report';

const ROOT = join(import.meta.dirname, '..');
const EMPTY = join(import.meta.dirname, 'footprint', 'empty');
// After which nothing of what was is still being put away.
const SETTLE_MS = 15_000;
// In a pause the page that computes is put away too, after half a minute.
const REST_MS = 45_000;
// With them the lists are full, and what draws them is compiled.
const FIRST_BLOCKS = 100;
const BLOCKS = 5000;

/**
 * `npm run bench -- footprint [--json] [--rounds 5] [--seconds 60]`: what the app takes of the machine, beside an empty
 * Electron window in the same run; medians. The app comes as it is but for its engine, the processor. Of the window's
 * growth once: its blocks are told to it as fast as it draws them. @returns the exit code
 */
export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '60' },
    },
  });
  const seconds = Number(values.seconds);
  const profile = newProfile();
  const panel = await Panel.start();
  try {
    await makeKey(profile.path);
    const start = () => MeasuredApp.start(ROOT, ['--profile', profile.path, '--engine', 'cpu']);
    const probes: Probe[] = [
      { name: 'empty', run: measureEmpty },
      { name: 'app', run: () => measureApp(start, seconds) },
    ];
    const rounds = { rounds: Number(values.rounds), budgetMs: Number.POSITIVE_INFINITY };
    const samples = await interleave(probes, rounds);
    const growthMiB = await windowGrowth(start);
    const figures = [
      figure('time to a painted window ÷ empty', samples.ratio('app.drawnMs', 'empty.drawnMs'), '', {
        atMost: 1.5,
      }),
      figure('memory in the tray, paused ÷ empty', samples.ratio('app.pausedMiB', 'empty.MiB'), '', {
        atMost: 1.2,
      }),
      figure('memory in the tray, mining ÷ empty', samples.ratio('app.miningMiB', 'empty.MiB'), '', {
        atMost: 1.35,
      }),
      figure('processor in the tray, paused', samples.median('app.pausedShare'), '% of a core', {
        atMost: 0.4,
      }),
      figure("processor of the window's page, mining", samples.median('app.pageShare'), '% of a core', {
        atMost: 2,
      }),
      figure(`growth of the window's page over ${BLOCKS} blocks`, growthMiB, 'MiB', { atMost: 10 }),
      figure('time to a painted window', samples.median('app.drawnMs'), 'ms'),
      figure('memory in the tray, mining', samples.median('app.miningMiB'), 'MiB'),
      figure('empty: time to a painted window', samples.median('empty.drawnMs'), 'ms'),
      figure('empty: memory', samples.median('empty.MiB'), 'MiB'),
    ];
    return report(figures, { json: values.json });
  } finally {
    await panel.end();
    profile.dispose();
  }
}

/** A profile as after its first start: a key, a balance, a network that has begun. */
async function makeKey(profile: string): Promise<void> {
  const app = new Headless(['--auto', '--engine', 'cpu', '--tasks', '2', '--profile', profile]);
  const code = await app.exit;
  if (code !== 0) throw new Error(`the first run ended with ${code}: ${app.stderr.slice(-5).join('\n')}`);
}

async function measureEmpty(): Promise<Record<string, number>> {
  const app = await MeasuredApp.start(EMPTY, []);
  try {
    await sleep(SETTLE_MS);
    return { drawnMs: app.drawnMs, MiB: app.memoryMiB };
  } finally {
    await app.close();
  }
}

/** The window while mining, then the tray while mining, then the tray while paused. */
async function measureApp(
  start: () => Promise<MeasuredApp>,
  seconds: number,
): Promise<Record<string, number>> {
  const app = await start();
  try {
    await app.ask({ act: 'run', script: 'window.miner.startMining()' });
    await mined(app);
    const pageShare = await app.processorShare(seconds, await app.page());
    await app.ask({ act: 'close' });
    await sleep(SETTLE_MS);
    const miningMiB = app.memoryMiB;
    await app.ask({ act: 'open' });
    await app.ask({ act: 'run', script: `window.miner.pauseMining('manual')` });
    await app.ask({ act: 'close' });
    await sleep(REST_MS);
    const pausedMiB = app.memoryMiB;
    const pausedShare = await app.processorShare(seconds);
    await app.ask({ act: 'open' });
    await app.ask({
      act: 'run',
      script: 'window.miner.resumeMining().then(() => window.miner.stopMining())',
    });
    return { drawnMs: app.drawnMs, pageShare, miningMiB, pausedMiB, pausedShare };
  } finally {
    await app.close();
  }
}

/** A result of this run is proved. */
async function mined(app: MeasuredApp): Promise<void> {
  const script = `new Promise((resolve) => {
    const before = window.miner.getState().then(({ value }) => value.state.tasks.today.proved);
    window.miner.onStateChanged(async ({ changed }) => {
      if (changed.tasks !== undefined && changed.tasks.today.proved > (await before)) resolve();
    });
  })`;
  await app.ask({ act: 'run', script });
}

/** How much more the window's page holds after many blocks than before them, garbage and files' pages left out, MiB. */
async function windowGrowth(start: () => Promise<MeasuredApp>): Promise<number> {
  const app = await start();
  try {
    const page = await app.page();
    const held = async () => {
      await app.ask({ act: 'collect' });
      return anonymousMiB(page);
    };
    await sleep(SETTLE_MS);
    await app.ask({ act: 'blocks', count: FIRST_BLOCKS });
    const before = await held();
    await app.ask({ act: 'blocks', count: BLOCKS });
    return (await held()) - before;
  } finally {
    await app.close();
  }
}
