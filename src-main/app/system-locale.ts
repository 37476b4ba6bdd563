import { app } from 'electron';
import { type RegionalTime, regionalTime } from '../../src-shared/regional-time';
import { timeLocale } from './time-locale';

/** The language that the system asks for, of those spoken here. The app must be ready. */
export function systemLocale(): 'ru' | 'en' {
  return app.getPreferredSystemLanguages()[0]?.toLowerCase().startsWith('ru') === true ? 'ru' : 'en';
}

/** How the system wants dates and times written; as the language does, where it does not say. The app must be ready. */
export function systemTime(language: 'ru' | 'en'): RegionalTime {
  const { platform, env } = process;
  return regionalTime(timeLocale({ platform, env, systemLocale: app.getSystemLocale() }) ?? language);
}
