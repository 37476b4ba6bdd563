import { DOCTOR_CHECKS } from '../../../src-shared/doctor/report';
import type { LogLevel } from '../../../src-shared/ipc/log-entry';
import { readLog, wholeLog } from '../../diagnostics/read-log';
import { redact } from '../../diagnostics/redact';
import type { Doctor } from '../../doctor/doctor';
import { type ReportFacts, reportText } from '../../doctor/report-text';
import type { Miner } from '../../open-miner';
import { writeChosenFile } from '../../storage/chosen-file';
import type { Handlers } from '../handle';

type DoctorChannel = 'doctor:examine' | 'doctor:save' | 'log:read' | 'log:save';

// As much as tells what led to it.
const LINES_IN_REPORT = 300;
const ALL: readonly LogLevel[] = ['error', 'warn', 'info'];

/**
 * What the doctor finds, and the log.
 * @param choosePath asks the person where a file of this name is to be kept; null where they think better of it
 */
export function doctorHandlers(
  doctor: Doctor,
  { settings }: Pick<Miner, 'settings'>,
  logFile: string,
  facts: Omit<ReportFacts, 'settings' | 'log'>,
  choosePath: (name: string) => Promise<string | null>,
): Pick<Handlers, DoctorChannel> {
  return {
    'doctor:examine': ({ checks }, { signal }) => doctor.examine(signal, checks ?? DOCTOR_CHECKS),
    'doctor:save': async (report) => {
      const entries = await readLog(logFile, { levels: ALL, search: '' });
      const log = entries
        .slice(0, LINES_IN_REPORT)
        .map(({ at, level, text }) => `[${at}] [${level}] ${text}`);
      const path = await choosePath('computechain-miner-report.json');
      if (path !== null)
        await writeChosenFile(path, reportText(report, { ...facts, settings: settings.current, log }), 0o600);
      return { path };
    },
    'log:read': async (query) => ({ file: logFile, entries: await readLog(logFile, query) }),
    'log:save': async () => {
      const path = await choosePath('computechain-miner.log');
      if (path !== null) await writeChosenFile(path, redact(await wholeLog(logFile)), 0o600);
      return { path };
    },
  };
}
