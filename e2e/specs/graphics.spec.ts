import { expect, type Locator, test } from '@playwright/test';
import { App, firstLane, newProfile, QUICK } from '../driver/electron/app';
import { quarantineAdapter } from '../driver/miner/quarantined-adapter';

// One profile through several starts: without an adapter, with one, and with one that is in quarantine.
test.describe.configure({ mode: 'serial' });

const WITH_ADAPTER = ['--software-gpu', '--engine', 'webgpu', ...QUICK];
const profile = newProfile();
let app: App;

test.afterAll(async () => {
  await app?.quit();
  profile.dispose();
});

const at = (testId: string): Locator => app.page.getByTestId(testId);

/** Starts the app, after the one before has ended, and opens the Graphics screen. */
async function open(args: string[]): Promise<void> {
  app = await App.launch(profile.path, args);
  await app.until('the compute process', (now) => firstLane(now).state === 'ready');
  if ((await app.state()).key.address === null) await app.ask('createKey');
  await at('nav-graphics').click();
}

test('without an adapter a measurement is refused where it was asked for, with the reason', async () => {
  await open(QUICK);
  await expect(at('graphics-reason')).toHaveAttribute('data-reason', 'no_adapter');
  await at('measure-button').click();
  const refusal = app.page.getByRole('main').getByTestId('error-text');
  await expect(refusal).toHaveAttribute('data-code', 'gpu_unavailable');
  await expect(at('measure-button')).toBeEnabled();
});

test('mining that waits for an adapter leads here, and goes on once the processor may compute', async () => {
  await at('graphics-engine-setting').selectOption('webgpu');
  await app.topUp();
  await app.ask('startMining');
  await app.until('blocked at graphics', ({ miner }) => miner.kind === 'blocked' && miner.stage === 'gpu');
  await at('nav-dashboard').click();
  await at('remedy-button').click();
  await at('graphics-engine-setting').selectOption('auto');
  await app.until(
    'a proved result',
    ({ miner, tasks: { today } }) => miner.kind === 'mining' && today.proved > 0,
  );
  await app.ask('stopMining');
});

test('the slider moves by keyboard between 5 and 100 %, and each step is applied', async () => {
  const slider = app.page.getByRole('slider');
  await expect(slider).toHaveAttribute('aria-valuetext', '100%');
  await slider.press('ArrowLeft');
  await app.until('95 %', ({ settings }) => settings.dutyPercent === 95);
  await slider.press('Home');
  await app.until('5 %', ({ settings }) => settings.dutyPercent === 5);
  await slider.press('ArrowRight');
  await app.until('10 %', ({ settings }) => settings.dutyPercent === 10);
  await expect(slider).toHaveAttribute('aria-valuetext', '10%');
});

test('a dragged slider applies its value where it is let go, and none on the way', async () => {
  const slider = app.page.getByRole('slider');
  const box = await slider.boundingBox();
  if (box === null) throw new Error('the slider is not shown');
  const y = box.y + box.height / 2;
  const thumb = box.height / 2;
  await app.page.mouse.move(box.x + thumb + (box.width - 2 * thumb) * (5 / 95), y);
  await app.page.mouse.down();
  await app.page.mouse.move(box.x + box.width / 3, y, { steps: 5 });
  await expect(slider).not.toHaveAttribute('aria-valuetext', '10%');
  expect((await app.state()).settings.dutyPercent).toBe(10);
  await app.page.mouse.move(box.x + box.width + 5, y, { steps: 5 });
  await app.page.mouse.up();
  await app.until('100 %', ({ settings }) => settings.dutyPercent === 100);
});

test('power, pieces of work and threads are kept over a restart', async () => {
  await app.page.getByRole('slider').press('PageDown');
  await app.until('less', ({ settings }) => settings.dutyPercent < 100);
  await at('slices-full').click();
  await at('graphics-threads').selectOption('2');
  const { settings: before } = await app.until(
    'slices and threads',
    ({ settings }) => settings.slices === 'full' && settings.cpuThreads === 2,
  );
  await app.quit();
  await open(WITH_ADAPTER);
  const { settings } = await app.state();
  expect(settings).toMatchObject({ dutyPercent: before.dutyPercent, slices: 'full', cpuThreads: 2 });
  await expect(app.page.getByRole('slider')).toHaveValue(String(before.dutyPercent));
  await expect(at('slices-full')).toBeChecked();
  await expect(at('graphics-threads')).toHaveValue('2');
});

test('"Measure" shows the kernel that computes and its speed', async () => {
  await expect(at('kernel')).toHaveCount(0);
  await at('measure-button').click();
  const small = at('kernel')
    .and(app.page.locator('[data-name=registers]'))
    .locator('[data-size-class=small]');
  await expect(small).toHaveAttribute('data-chosen', 'true');
  const lane = firstLane(await app.state());
  expect(lane.kernels[0]?.measured[0]).toMatchObject({ name: 'registers', ran: true, exact: true });
  expect(Number.parseFloat((await small.textContent()) ?? '')).toBeGreaterThan(0);
  await expect(at('measure-button')).toBeEnabled();
});

test('the engine is switched at once, and the reason follows', async () => {
  await expect(at('graphics-engine')).toHaveAttribute('data-engine', 'webgpu');
  await at('graphics-engine-setting').selectOption('cpu');
  await expect(at('graphics-engine')).toHaveAttribute('data-engine', 'cpu');
  await expect(at('graphics-reason')).toHaveAttribute('data-reason', 'setting_cpu');
  await at('graphics-engine-setting').selectOption('auto');
  await expect(at('graphics-reason')).toHaveAttribute('data-reason', 'software_adapter');
  await at('graphics-engine-setting').selectOption('webgpu');
  await expect(at('graphics-engine')).toHaveAttribute('data-engine', 'webgpu');
});

test('an adapter in quarantine is told of on the dashboard and here, and is used again when asked', async () => {
  const before = await app.state();
  await app.quit();
  quarantineAdapter(profile.path, before);
  await open(WITH_ADAPTER);
  await expect(at('quarantine')).toBeVisible();
  await expect(at('wrong-result')).toHaveCount(3);
  await expect(at('graphics-engine')).toHaveAttribute('data-engine', 'cpu');

  await at('nav-dashboard').click();
  await expect(at('quarantined')).toBeVisible();
  await at('open-graphics').click();
  await at('release-adapter').press('Enter');
  await expect(at('quarantine')).toHaveCount(0);
  await expect(at('wrong-result')).toHaveCount(0);
  await expect(at('graphics-engine')).toHaveAttribute('data-engine', 'webgpu');
});
