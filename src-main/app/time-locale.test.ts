import { describe, expect, it } from 'vitest';
import { timeLocale } from './time-locale';

const onLinux = (env: Record<string, string>, systemLocale = 'en-US') =>
  timeLocale({ platform: 'linux', env, systemLocale });

describe('the locale of dates and times', () => {
  it('is that of LC_TIME, whatever language the system speaks', () => {
    expect(onLinux({ LANG: 'en_US.UTF-8', LC_TIME: 'de_DE.UTF-8' })).toBe('de-DE');
    expect(onLinux({ LANG: 'ru_RU.UTF-8', LC_TIME: 'en_GB' })).toBe('en-GB');
  });

  it('is that of LC_ALL before LC_TIME, and of LANG after it; an empty one is not set', () => {
    expect(onLinux({ LANG: 'en_US', LC_TIME: 'de_DE', LC_ALL: 'fr_FR' })).toBe('fr-FR');
    expect(onLinux({ LANG: 'ru_RU.UTF-8' })).toBe('ru-RU');
    expect(onLinux({ LANG: 'ru_RU', LC_TIME: '', LC_ALL: '' })).toBe('ru-RU');
  });

  it('leaves out code set and modifier, and takes a language alone for its own country', () => {
    expect(onLinux({ LC_TIME: 'de_AT.ISO-8859-15@euro' })).toBe('de-AT');
    expect(onLinux({ LC_TIME: 'sr_RS@latin' })).toBe('sr-RS');
    expect(onLinux({ LC_TIME: 'de' })).toBe('de-DE');
  });

  it.each(['C', 'POSIX', 'C.UTF-8', 'xx_YY.UTF-8', 'en_QQ', '../../etc', '%s', 'x'.repeat(10_000)])(
    'is the system’s own where LC_TIME names none: %.12s',
    (junk) => {
      expect(onLinux({ LC_TIME: junk }, 'de-DE')).toBe('de-DE');
      expect(onLinux({ LC_TIME: junk }, '')).toBeNull();
      expect(onLinux({ LC_TIME: junk }, 'en-US-u-va-posix')).toBe('en-US');
    },
  );

  it('is the region’s format on Windows and macOS, where such variables mean nothing to a desktop', () => {
    for (const platform of ['win32', 'darwin'] as const) {
      expect(timeLocale({ platform, env: { LC_TIME: 'en_US' }, systemLocale: 'fi-FI' })).toBe('fi-FI');
    }
  });
});
