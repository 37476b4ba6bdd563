import { Notification } from 'electron';
import type { NotificationKind } from './notifier';

type Words = { readonly title: string; readonly body: string };

const TEXTS: Record<'en' | 'ru', Record<NotificationKind, Words>> = {
  en: {
    firstResult: {
      title: 'The first result is accepted',
      body: 'A block has taken it. From now on it goes on by itself; later results are not told of.',
    },
    blocked: {
      title: 'Nothing has been computed for five minutes',
      body: 'The miner is blocked. Open it to see why, and what helps.',
    },
    lowBalance: {
      title: 'The balance is running out',
      body: 'It pays for fewer than a hundred more results.',
    },
    quarantine: {
      title: 'The graphics card is not used any more',
      body: 'It gave wrong results, which cost nothing. The processor computes instead.',
    },
    update: {
      title: 'There is a new version',
      body: 'Open the miner to see what is new in it.',
    },
  },
  ru: {
    firstResult: {
      title: 'Первый результат принят',
      body: 'Он вошёл в блок. Дальше всё идёт само; о следующих результатах сообщений не будет.',
    },
    blocked: {
      title: 'Пять минут ничего не вычисляется',
      body: 'Майнер остановлен препятствием. Откройте его: там видно, что случилось и что поможет.',
    },
    lowBalance: {
      title: 'Баланс заканчивается',
      body: 'Его хватит меньше чем на сто результатов.',
    },
    quarantine: {
      title: 'Видеокарта больше не используется',
      body: 'Она давала неверные результаты; они ничего не стоили. Вместо неё считает процессор.',
    },
    update: {
      title: 'Вышла новая версия',
      body: 'Откройте майнер: там видно, что в ней нового.',
    },
  },
};

// As long as one is not held, it may be collected, and a click on it does nothing.
const shown = new Set<Notification>();

/** Shows a notification where the desktop has such. @param onClick a person wants to see more */
export function notify(kind: NotificationKind, locale: 'en' | 'ru', icon: string, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ ...TEXTS[locale][kind], icon });
  shown.add(notification);
  notification.on('click', onClick);
  notification.on('close', () => shown.delete(notification));
  notification.on('failed', () => shown.delete(notification));
  notification.show();
}
