import type { enHistory } from './en-history';
import type { RussianOf } from './locale-shape';

/** Как шла работа — на обзоре. */
export const ruHistory: RussianOf<typeof enHistory> = {
  speedAndLoad: 'Скорость и загрузка',
  span: 'За какое время',
  spans: { hour: 'Час', day: 'Сутки', month: 'Месяц' },
  asTable: 'Показать таблицей',
  asChart: 'Показать графиком',
  speed: 'Скорость, GOPS',
  load: 'Загрузка',
  loadHelp: 'Какую долю времени на самом деле шли вычисления',
  temperature: 'Температура, °C',
  power: 'Мощность, Вт',
  watts: '{{value}} Вт',
  from: 'С',
  day: 'День',
  now: 'сейчас',
  today: 'Сегодня',
  nowIs: 'сейчас {{value}}',
  notMining: 'не майнил',
  notMiningNow: 'сейчас не майнит',
  empty: {
    hour: 'За последний час майнинга не было.',
    day: 'За последние сутки майнинга не было.',
    month: 'За последние 30 дней майнинга не было.',
  },
  emptyHint: 'Скорость и загрузка появятся здесь, когда майнер заработает.',
  emptyRunning: 'Скорость и загрузка появятся здесь через несколько секунд.',
  speedSays: {
    hour: 'Скорость за последний час: от {{low}} до {{high}}, {{now}}.',
    day: 'Скорость за последние сутки: от {{low}} до {{high}}, {{now}}.',
    month: 'Скорость за последние 30 дней: от {{low}} до {{high}}, {{now}}.',
  },
  loadSays: {
    hour: 'Загрузка за последний час: от {{low}} до {{high}}, {{now}}.',
    day: 'Загрузка за последние сутки: от {{low}} до {{high}}, {{now}}.',
    month: 'Загрузка за последние 30 дней: от {{low}} до {{high}}, {{now}}.',
  },
  caption: {
    hour: 'Последний час, строка — 5 минут',
    day: 'Последние сутки, строка — час',
    month: 'Последние 30 дней, строка — день',
  },
  results: 'Итоги по дням',
  noResults: 'Результатов пока нет.',
  noResultsHint: 'Здесь считаются результаты каждого дня.',
  resultsCaption: 'Последние дни: {{days}}',
  resultsSay: 'Результаты, последние дни: {{days}}. Доказано {{total}}, из них сегодня {{today}}.',
  dayIs: '{{when}}: доказано {{proved}}, вычислено {{computed}}',
  // С мягкими переносами: в узком столбце слово может переноситься.
  count: { computed: 'Вычис\u00ADлено', accepted: 'При\u00ADнято', proved: 'Дока\u00ADзано' },
};
