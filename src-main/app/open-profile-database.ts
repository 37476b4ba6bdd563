import { app, dialog } from 'electron';
import { AppError, toErrorReport } from '../../src-shared/errors';
import { type OpenedDatabase, openDatabase } from '../storage/database';
import { exitCodeOf } from './exit-codes';
import { MESSAGE_TEXTS, storageDetail } from './message-texts';
import { systemLocale } from './system-locale';

/**
 * Opens the profile's database. Where that can't be, a start with a window says why, and tries again as often as the
 * person wants it to; else the app ends.
 * @throws AppError as `openDatabase`, without a window
 */
export async function openProfileDatabase(
  path: string,
  now: () => number,
  hasWindow: boolean,
): Promise<OpenedDatabase> {
  for (;;) {
    try {
      return openDatabase(path, now());
    } catch (error) {
      if (!hasWindow || !(error instanceof AppError)) throw error;
      const report = toErrorReport(error);
      process.stderr.write(`${report.message}\n`);
      const locale = systemLocale();
      const { failed, again, quit } = MESSAGE_TEXTS[locale].cannotStart;
      const { response } = await dialog.showMessageBox({
        type: 'error',
        title: 'ComputeChain Miner',
        message: failed,
        detail: storageDetail(report, locale),
        buttons: [again, quit],
        cancelId: 1,
      });
      if (response === 0) continue;
      app.exit(exitCodeOf(report));
      // Nothing more is begun while the process ends.
      return new Promise(() => undefined);
    }
  }
}
