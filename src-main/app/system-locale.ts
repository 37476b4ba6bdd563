import { app } from 'electron';

/** The language that the system asks for, of those spoken here. The app must be ready. */
export function systemLocale(): 'ru' | 'en' {
  return app.getPreferredSystemLanguages()[0]?.toLowerCase().startsWith('ru') === true ? 'ru' : 'en';
}
