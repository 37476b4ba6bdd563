import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, SETTING_NAMES, SETTINGS } from './settings';
import { settingsSchema } from './settings-schema';

describe('the table of settings', () => {
  it('has defaults that its own limits take', () => {
    expect(settingsSchema.parse(DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS);
  });

  it.each(SETTING_NAMES.filter((name) => 'limits' in SETTINGS[name]))(
    'takes both ends of the range of %s and nothing beyond',
    (name) => {
      const setting = SETTINGS[name];
      if (!('limits' in setting)) throw new Error(`${name} has no limits`);
      const { least, most } = setting.limits;
      const takes = (value: unknown) => settingsSchema.shape[name].safeParse(value).success;
      expect([least - 1, least, most, most + 1, least + 0.5].map(takes)).toEqual([
        false,
        true,
        true,
        false,
        false,
      ]);
    },
  );

  it('takes hours of the week whose days are named once, and no more of them than there is room for', () => {
    const takes = (value: unknown) => settingsSchema.shape.pauseSchedule.safeParse(value).success;
    const span = { days: [1, 7], fromMinute: 0, toMinute: 1439 };
    expect(takes([span, span])).toBe(true);
    for (const broken of [
      { ...span, days: [] },
      { ...span, days: [1, 1] },
      { ...span, days: [0] },
      { ...span, toMinute: 1440 },
      { ...span, fromMinute: -1 },
    ])
      expect(takes([broken]), JSON.stringify(broken)).toBe(false);
    expect(takes(Array.from({ length: 15 }, () => span))).toBe(false);
  });

  it('gives each flag to one setting', () => {
    const flags = SETTING_NAMES.flatMap((name) => SETTINGS[name].flag?.name ?? []);
    expect(new Set(flags).size).toBe(flags.length);
  });
});
