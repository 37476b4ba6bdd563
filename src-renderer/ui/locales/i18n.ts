import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en';
import { ru } from './ru';

/** The languages the app speaks; main decides which one and says so in `snapshot.locale`. */
export type Locale = 'ru' | 'en';

/** The translations, ready before the first render: both languages are part of the bundle. */
export const i18n = i18next.createInstance();

/** Prepares the translations in the language the system prefers, until the first snapshot says otherwise. */
export function startI18n(preferred: readonly string[]): void {
  const startsInRussian = preferred[0]?.toLowerCase().startsWith('ru') ?? false;
  i18n
    .use(initReactI18next)
    .init({
      lng: startsInRussian ? 'ru' : 'en',
      fallbackLng: 'en',
      resources: { en: { translation: en }, ru: { translation: ru } },
      // React escapes what it renders; doing it twice would show &amp; to people.
      interpolation: { escapeValue: false },
      initAsync: false,
    })
    .catch((error: unknown) => console.error('The translations could not be prepared', error));
}

/** Switches the language of the page: its texts, its title and what screen readers are told. */
export async function applyLanguage(locale: Locale): Promise<void> {
  if (i18n.language !== locale) await i18n.changeLanguage(locale);
  document.documentElement.lang = locale;
  document.title = i18n.t('app.title');
}
