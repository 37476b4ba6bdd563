import { join } from 'node:path';
import electronLog from 'electron-log/node';
import { redact } from './redact';

export type Log = {
  /** Where it is written. */
  readonly file: string;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
};

// Two files of this size at most: the current one and the one before.
const FILE_BYTES = 10 << 20;

/** The app's log in the profile's folder, rotated; every line passes the redaction. */
export function openLog(profile: string, toConsole: boolean): Log {
  const file = join(profile, 'logs', 'main.log');
  const log = electronLog.create({ logId: 'main' });
  log.transports.file.resolvePathFn = () => file;
  log.transports.file.maxSize = FILE_BYTES;
  log.transports.console.level = toConsole ? 'info' : false;
  log.transports.console.writeFn = ({ message }) => process.stderr.write(`${message.data.join(' ')}\n`);
  log.hooks.push((message) => ({ ...message, data: message.data.map((part) => redact(String(part))) }));
  return {
    file,
    info: (message) => log.info(message),
    warn: (message) => log.warn(message),
    error: (message) => log.error(message),
  };
}
