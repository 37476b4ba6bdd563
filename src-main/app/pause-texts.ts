import type { Pause } from '../../src-shared/mining/pause';
import type { PauseRule } from '../../src-shared/pause-rules/pause-rule';
import type { UnknownReason } from '../../src-shared/pause-rules/rule-status';
import type { Settings } from '../../src-shared/settings/settings';

type Locale = 'en' | 'ru';
type Values = Pick<Settings, 'pauseIdleMinutes' | 'pauseCoolC'>;
type Texts = {
  readonly why: (pause: Pause) => string;
  readonly until: (time: string) => string;
  /** What ends it, where no time does. */
  readonly ends: (pause: Pause, values: Values) => string;
};

/** Why a pause is, and what ends it where no time does, outside the window: `on battery`, `until plugged in`. */
export function pauseWords(
  pause: Pause,
  values: Values,
  locale: Locale,
): { readonly why: string; readonly ends: string | null } {
  const { why, ends } = TEXTS[locale];
  const end = pause.untilMs === null ? ends(pause, values) : '';
  return { why: why(pause), ends: end === '' ? null : end };
}

/** The same in one line, with the time that ends it: `outside the schedule, until 22:00`. @param timeOf how a moment is written */
export function pauseText(
  pause: Pause,
  values: Values,
  locale: Locale,
  timeOf: (atMs: number) => string,
): string {
  const { why, ends } = pauseWords(pause, values, locale);
  const end = pause.untilMs === null ? ends : TEXTS[locale].until(timeOf(pause.untilMs));
  return end === null ? why : `${why}, ${end}`;
}

const TEXTS: Readonly<Record<Locale, Texts>> = {
  en: {
    until: (time) => `until ${time}`,
    why: ({ reason, by }) => {
      if (reason === 'app') return `${by ?? 'an app'} runs`;
      if (by === 'film') return 'a film or a call is on';
      return {
        manual: 'you paused it',
        suspended: 'the computer is asleep',
        active: 'the computer is in use',
        battery: 'on battery',
        fullScreen: 'an app fills the screen',
        schedule: 'outside the schedule',
        hot: 'too hot',
      }[reason];
    },
    ends: ({ reason, by }, { pauseIdleMinutes, pauseCoolC }) => {
      if (by === 'film') return 'until it ends';
      return {
        manual: 'until you resume',
        suspended: '',
        active: `until idle for ${pauseIdleMinutes} min`,
        battery: 'until plugged in',
        fullScreen: 'until it does no more',
        app: 'until it ends',
        schedule: '',
        hot: `until below ${pauseCoolC} °C`,
      }[reason];
    },
  },
  ru: {
    until: (time) => `до ${time}`,
    why: ({ reason, by }) => {
      if (reason === 'app') return by === undefined ? 'запущено приложение' : `запущено: ${by}`;
      if (by === 'film') return 'идёт фильм или звонок';
      return {
        manual: 'вы поставили на паузу',
        suspended: 'компьютер спит',
        active: 'за компьютером работают',
        battery: 'питание от батареи',
        fullScreen: 'приложение на весь экран',
        schedule: 'не по расписанию',
        hot: 'перегрев',
      }[reason];
    },
    ends: ({ reason, by }, { pauseIdleMinutes, pauseCoolC }) => {
      if (by === 'film') return 'пока не закончится';
      return {
        manual: 'пока вы не продолжите',
        suspended: '',
        active: `до простоя в ${pauseIdleMinutes} мин`,
        battery: 'до подключения к сети',
        fullScreen: 'пока не выйдет из него',
        app: 'пока не закроется',
        schedule: '',
        hot: `пока не станет ниже ${pauseCoolC} °C`,
      }[reason];
    },
  },
};

/** What the rules are called where there is no window. */
export const RULE_TEXTS: Readonly<Record<PauseRule, string>> = {
  active: 'Pause while the computer is in use',
  battery: 'Pause on battery',
  fullScreen: 'Pause for full-screen apps',
  app: 'Pause for apps of the list',
  schedule: 'Pause outside the schedule',
  hot: 'Pause when too hot',
};

/** Why a rule can't be judged, likewise. */
export const UNKNOWN_TEXTS: Readonly<Record<UnknownReason, string>> = {
  asking: 'it was not answered yet',
  no_answer: 'the system does not answer',
  failed: 'the system gave no usable answer',
  no_display: 'there is no desktop session',
  wayland: 'this Wayland desktop does not tell',
  no_program: 'the program xprop is missing',
  no_battery: 'there is no battery',
  no_sensor: 'there is no sensor',
  system: 'this system does not tell',
  no_film_service: 'this desktop does not tell',
  nothing_listed: 'nothing is listed',
};
