import type { ErrorCode } from '../../src-shared/error-codes';
import type { ErrorReport } from '../../src-shared/errors';

type Texts = {
  readonly unknownError: {
    readonly message: string;
    readonly detail: (error: string, logFile: string) => string;
  };
  readonly cannotStart: {
    readonly failed: string;
    readonly wrongArgument: string;
    readonly sandboxOff: { readonly message: string; readonly detail: string };
    /** What is wrong with the profile's folder, and what to do. */
    readonly storage: Partial<Record<ErrorCode, string>>;
    readonly again: string;
    readonly quit: string;
  };
  readonly databaseSetAside: { readonly message: string; readonly detail: (path: string) => string };
  readonly runsWithoutWindow: {
    readonly message: string;
    readonly detail: (folder: string, pid: number) => string;
  };
  readonly windowCrashes: {
    readonly message: string;
    readonly detail: string;
    readonly again: string;
    readonly leave: string;
  };
};

/** The words of messages that the window cannot show, as they are no part of the miner's state. */
export const MESSAGE_TEXTS: Record<'en' | 'ru', Texts> = {
  en: {
    unknownError: {
      message: 'The app met an error that it does not know.',
      detail: (error, logFile) =>
        `${error}\n\nMining goes on where it can, and nothing that was sent is lost. If something no longer works, quit the app and start it again. The details are in ${logFile}`,
    },
    cannotStart: {
      failed: 'The app could not start.',
      wrongArgument: 'The app was started with an option that it does not understand.',
      sandboxOff: {
        message: 'The app does not start without its sandbox.',
        detail:
          "It was started with --no-sandbox: somebody gave the switch, or an AppImage added it as this system lets programs make no user namespaces.\n\nStart it without the switch, or install the deb or rpm package, which brings the sandbox's helper.",
      },
      storage: {
        database_busy:
          'Another program holds the app’s database, such as a backup or a virus scanner. Wait until it is done, then try again.',
        database_corrupt:
          'The app’s database is damaged. Move the file elsewhere, then try again: a new one is begun.',
        database_failed: 'The app’s database can’t be opened. Look at the file, then try again.',
        database_newer:
          'The database was written by a newer version of the app; it was left as it is. Install that version or a later one.',
        disk_failed:
          'The disk with the app’s folder answers with errors, or is no longer there. Connect or check it, then try again.',
        disk_full: 'The disk is full. Free some space, then try again: nothing is lost.',
        profile_unreadable:
          'A file in the app’s folder is there and can’t be read. Give this account the right to read it, then try again.',
        profile_unwritable:
          'The app’s folder can’t be written to. Give this account the right to write there, then try again.',
      },
      again: 'Try again',
      quit: 'Quit',
    },
    databaseSetAside: {
      message: 'The database was corrupt, and a new one was begun.',
      detail: (path) =>
        `The old one is kept as ${path}\n\nThe list of tasks and the settings start anew. The key is kept apart from it and is not touched, nor is what the chain has accepted.`,
    },
    runsWithoutWindow: {
      message: 'The miner runs already, without a window.',
      detail: (folder, pid) =>
        `Process ${pid} was started with --headless and uses the profile ${folder}\n\nEnd it first, or start this one on another profile with --profile.`,
    },
    windowCrashes: {
      message: 'The window crashes again and again.',
      detail:
        'Mining goes on without it. The window can be opened at any time from the tray icon, or by starting the app once more. If it keeps crashing, restart the computer or update its graphics driver.',
      again: 'Open it again',
      leave: 'Not now',
    },
  },
  ru: {
    unknownError: {
      message: 'Произошла неизвестная приложению ошибка.',
      detail: (error, logFile) =>
        `${error}\n\nМайнинг продолжается, насколько это возможно, и ничего из отправленного не потеряно. Если что-то перестало работать, выйдите из приложения и запустите его снова. Подробности — в файле ${logFile}`,
    },
    cannotStart: {
      failed: 'Приложение не удалось запустить.',
      wrongArgument: 'Приложение запущено с параметром, который ему непонятен.',
      sandboxOff: {
        message: 'Приложение не запускается без своей песочницы.',
        detail:
          'Оно запущено с --no-sandbox: ключ указан при запуске, или его добавил AppImage, потому что система не даёт программам создавать пространства имён.\n\nЗапустите без этого ключа или установите пакет deb либо rpm: с ним приходит помощник песочницы.',
      },
      storage: {
        database_busy:
          'Базу данных приложения держит другая программа, например резервное копирование или антивирус. Дождитесь её окончания и повторите попытку.',
        database_corrupt:
          'База данных приложения повреждена. Переместите файл в другое место и повторите попытку: будет начата новая.',
        database_failed: 'Базу данных приложения не удаётся открыть. Проверьте файл и повторите попытку.',
        database_newer:
          'База данных записана более новой версией приложения и оставлена как есть. Установите эту версию или более позднюю.',
        disk_failed:
          'Диск с папкой приложения отвечает ошибками или отключён. Подключите или проверьте его и повторите попытку.',
        disk_full: 'На диске нет места. Освободите его и повторите попытку: ничего не потеряно.',
        profile_unreadable:
          'Файл в папке приложения на месте, но прочитать его нельзя. Дайте этой учётной записи право на чтение и повторите попытку.',
        profile_unwritable:
          'В папку приложения нельзя записывать. Дайте этой учётной записи право на запись и повторите попытку.',
      },
      again: 'Повторить',
      quit: 'Выйти',
    },
    databaseSetAside: {
      message: 'База данных была повреждена, начата новая.',
      detail: (path) =>
        `Прежняя сохранена как ${path}\n\nСписок задач и настройки начинаются заново. Ключ хранится отдельно и не тронут, как и всё, что приняла сеть.`,
    },
    runsWithoutWindow: {
      message: 'Майнер уже работает, без окна.',
      detail: (folder, pid) =>
        `Процесс ${pid} запущен с --headless и использует профиль ${folder}\n\nСначала завершите его или запустите этот на другом профиле: --profile.`,
    },
    windowCrashes: {
      message: 'Окно снова и снова завершается с ошибкой.',
      detail:
        'Майнинг идёт и без него. Окно можно открыть в любой момент значком в трее или повторным запуском приложения. Если оно так и не работает, перезагрузите компьютер или обновите драйвер видеокарты.',
      again: 'Открыть снова',
      leave: 'Не сейчас',
    },
  },
};

/** What is wrong with the profile's folder, what to do, and which file it is. */
export function storageDetail({ code, message, params }: ErrorReport, locale: 'en' | 'ru'): string {
  const text = MESSAGE_TEXTS[locale].cannotStart.storage[code];
  if (text === undefined) return message;
  return typeof params.path === 'string' ? `${text}\n\n${params.path}` : text;
}
