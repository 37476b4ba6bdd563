import type { AppState } from '../../src-shared/state/state';

type Texts = {
  readonly states: Record<AppState['miner']['kind'], string>;
  readonly balance: string;
  readonly today: (n: AppState['tasks']['today']) => string;
  readonly pause: string;
  readonly presets: Record<'15m' | '1h' | 'tomorrow' | 'manual', string>;
  readonly resume: string;
  readonly finish: string;
  readonly keepMining: string;
  readonly open: string;
  readonly topUp: string;
  readonly quit: string;
};

/** The tray menu's words. */
export const TRAY_TEXTS: Record<'en' | 'ru', Texts> = {
  en: {
    states: {
      idle: 'Not mining',
      starting: 'Starting',
      mining: 'Mining',
      finishing: 'Finishing',
      paused: 'Paused',
      blocked: 'Blocked',
    },
    balance: 'Balance',
    today: ({ computed, accepted, proved }) =>
      `Today: ${computed} computed · ${accepted} accepted · ${proved} proved`,
    pause: 'Pause',
    presets: { '15m': '15 minutes', '1h': '1 hour', tomorrow: 'Until tomorrow', manual: 'Until I resume' },
    resume: 'Resume',
    finish: 'Finish the task, then stop',
    keepMining: 'Keep mining',
    open: 'Open',
    topUp: 'Top up',
    quit: 'Quit',
  },
  ru: {
    states: {
      idle: 'Майнинг выключен',
      starting: 'Запускается',
      mining: 'Майнит',
      finishing: 'Завершает начатое',
      paused: 'Пауза',
      blocked: 'Не работает',
    },
    balance: 'Баланс',
    today: ({ computed, accepted, proved }) =>
      `Сегодня: посчитано ${computed} · принято ${accepted} · доказано ${proved}`,
    pause: 'Пауза',
    presets: { '15m': '15 минут', '1h': '1 час', tomorrow: 'До завтра', manual: 'Пока не продолжу' },
    resume: 'Продолжить',
    finish: 'Доделать и остановиться',
    keepMining: 'Не останавливаться',
    open: 'Открыть',
    topUp: 'Пополнить',
    quit: 'Выйти',
  },
};
