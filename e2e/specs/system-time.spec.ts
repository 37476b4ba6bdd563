import { expect, test } from '@playwright/test';
import { App, newProfile, QUICK } from '../driver/electron/app';

// The words are English ones each time.
const SYSTEMS = [
  { of: 'LC_TIME=de_DE', env: { LC_TIME: 'de_DE.UTF-8' }, until: /^until \d\d:\d\d$/, dayFirst: true },
  { of: 'LC_TIME=en_GB', env: { LC_TIME: 'en_GB.UTF-8' }, until: /^until \d\d:\d\d$/, dayFirst: true },
  { of: 'LANG=en_US', env: {}, until: /^until \d{1,2}:\d\d [AP]M$/, dayFirst: false },
  { of: 'LC_TIME=C', env: { LC_TIME: 'C' }, until: /^until \d{1,2}:\d\d( [AP]M)?$/, dayFirst: false },
  { of: 'LC_ALL=C', env: { LC_ALL: 'C' }, until: /^until \d{1,2}:\d\d( [AP]M)?$/, dayFirst: false },
  {
    of: 'LC_ALL=ru_RU before LC_TIME=en_US',
    env: { LC_ALL: 'ru_RU.UTF-8', LC_TIME: 'en_US.UTF-8' },
    until: /^until \d\d:\d\d$/,
    dayFirst: true,
  },
];

for (const { of, env, until, dayFirst } of SYSTEMS) {
  test(`dates and times are those of ${of}, in the words of the window's language`, async () => {
    const profile = newProfile();
    const app = await App.launch(profile.path, QUICK, { LC_ALL: undefined, LC_TIME: undefined, ...env });
    await app.ask('updateSettings', { language: 'en' });
    await app.ask('createKey');
    await app.until('a block', ({ node }) => node.height !== null);
    await app.ask('startMining');
    await app.ask('pauseMining', '15m');
    // Past midnight the day is said too.
    const told = app.page.getByText(/until .*\d/);
    await expect(told).toBeVisible();
    const [said = ''] = /until .*/.exec((await told.textContent()) ?? '') ?? [];
    expect(said.replace(/\s/g, ' ').replace(/until .*, /, 'until ')).toMatch(until);

    const since = await app.page.getByTestId('state-line').locator('time').first().getAttribute('title');
    expect(since).toMatch(dayFirst ? /^\d{1,2} \p{L}+ \d{4}, /u : /^\p{L}+ \d{1,2}, \d{4}, /u);
    await app.quit();
    profile.dispose();
  });
}
