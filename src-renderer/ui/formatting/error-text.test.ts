import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import type { ErrorParams, ErrorReport } from '../../../src-shared/errors';
import { en } from '../locales/en';
import { ru } from '../locales/ru';
import { errorText } from './error-text';

const i18n = i18next.createInstance();
await i18n.init({
  resources: { en: { translation: en }, ru: { translation: ru } },
  interpolation: { escapeValue: false },
});

/** The sentence, with every space a plain one. */
function say(locale: 'en' | 'ru', code: string, params: ErrorParams = {}): string {
  const report = { code, message: 'As main wrote it.', remedy: 'none', retryable: false, params };
  // A newer main may send a code this ui does not know, which the type can't say.
  return errorText(i18n.getFixedT(locale), report as ErrorReport, locale).replace(/\s/g, ' ');
}

describe('the sentence of an error', () => {
  it('is the plain one where nothing more is known', () => {
    expect(say('en', 'node_timeout')).toBe('The node did not answer in time.');
    expect(say('ru', 'node_timeout')).toBe('Узел не ответил вовремя.');
  });

  it('names what the report names', () => {
    expect(say('en', 'node_timeout', { url: 'http://a/b', seconds: 5 })).toBe(
      'The node at http://a/b did not answer within 5 sec.',
    );
  });

  it('is the plain one where a value is missing, or means the development network in the app', () => {
    expect(say('en', 'node_timeout', { seconds: 5 })).toBe(en.error.node_timeout);
    expect(say('ru', 'node_unreachable', { url: 'built-in' })).toBe(ru.error.node_unreachable);
  });

  it('shows amounts as everywhere, not in minimal units', () => {
    expect(say('ru', 'insufficient_balance', { balance: '0', fee: '80000000' })).toBe(
      'Баланса 0 CPC не хватает на комиссию за один результат, 0,08 nCPC.',
    );
  });

  it('shows spans of time as people say them, not as so many seconds', () => {
    expect(say('en', 'node_stalled', { seconds: 7260 })).toContain('for 2 hr 1 min.');
    expect(say('ru', 'node_stalled', { seconds: 7260 })).toContain('уже 2 ч 1 мин.');
    expect(say('en', 'node_ahead', { url: 'http://a', minutes: 44_640 })).toContain('is 31 days ahead');
  });

  it('is the message of main for a code this ui does not know', () => {
    expect(say('ru', 'of_tomorrow')).toBe('As main wrote it.');
  });
});
