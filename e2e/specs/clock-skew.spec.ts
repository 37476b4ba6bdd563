import { expect, test } from '@playwright/test';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { feedState } from '../driver/electron/feed-state';
import { DevnetProcess } from '../driver/world/devnet';

const profile = newProfile();
let devnet: DevnetProcess;
let app: App;

// A node of its own, as one on another machine is: it might go by another clock.
test.beforeAll(async () => {
  devnet = await DevnetProcess.start();
  app = await App.launch(profile.path, ['--node', devnet.url, ...QUICK]);
  await app.ask('createKey');
});

test.afterAll(async () => {
  await app?.quit();
  await devnet?.stop();
  profile.dispose();
});

test('the difference between the clocks is told once a block was seen arriving, and is nothing to warn of here', async () => {
  const { node } = await app.until('the skew', ({ node }) => node.clockSkewMs !== null);
  expect(Math.abs(node.clockSkewMs ?? Number.NaN)).toBeLessThan(5000);
  await expect(app.page.getByTestId('clock-skew')).toHaveText(/\d\sm?s/);
  await expect(app.page.getByTestId('clock-warning')).toHaveCount(0);
});

for (const { skewMs, off, told, fact } of [
  { skewMs: 95_000, off: 'ahead', told: 'over 1 min ahead of the chain’s', fact: '+1 min 35 sec' },
  { skewMs: -7200_000, off: 'behind', told: 'over 2 hr behind the chain’s', fact: '−2 hr' },
]) {
  test(`a clock that is ${off} by more than 5 s is told of in words, with what it does and what helps`, async () => {
    await feedState(app, { node: { clockSkewMs: skewMs } });
    const warning = app.page.getByTestId('clock-warning');
    await expect(warning).toHaveAttribute('data-off', off);
    await expect(warning).toContainText(told);
    await expect(warning).toContainText('Mining does not depend on it');
    await expect(warning).toContainText('Set the clock');
    await expect(app.page.getByTestId('clock-skew')).toHaveText(fact);
  });
}

test('the warning goes once the clocks agree', async () => {
  await feedState(app, { node: { clockSkewMs: 5000 } });
  await expect(app.page.getByTestId('clock-warning')).toHaveCount(0);
  await expect(app.page.getByTestId('clock-skew')).toHaveText('+5 sec');
});

test('on the built-in network, which goes by the same clock, no difference is shown', async () => {
  await app.quit();
  app = await App.launch(profile.path, QUICK);
  await app.until('the skew', ({ node }) => node.builtIn && node.clockSkewMs !== null);
  await expect(app.page.getByTestId('block-height')).toHaveText(/\d/);
  await expect(app.page.getByTestId('clock-skew')).toHaveCount(0);
});
