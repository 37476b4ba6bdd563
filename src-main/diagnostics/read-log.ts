import { open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LOG_LEVELS, type LogEntry, type LogLevel, MOST_LOG_ENTRIES } from '../../src-shared/ipc/log-entry';

// The newest part of the log, which is what somebody looks for; all of it can be had as a file.
const MOST_BYTES = 2 << 20;
const LINE = /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3})\] \[(\w+)\]\s+(.*)$/;

/** What is looked for in the log. */
export type LogQuery = { readonly levels: readonly LogLevel[]; readonly search: string };

/** The newest entries that fit, newest first. @param file of the log @returns none where there is no log yet */
export async function readLog(file: string, { levels, search }: LogQuery): Promise<LogEntry[]> {
  const wanted = search.trim().toLowerCase();
  return entriesIn(await end(file))
    .filter(({ level, text }) => levels.includes(level) && text.toLowerCase().includes(wanted))
    .slice(-MOST_LOG_ENTRIES)
    .reverse();
}

/** All of the log that is kept, the older file first. */
export async function wholeLog(file: string): Promise<string> {
  const folder = dirname(file);
  const names = (await readdir(folder).catch((): string[] => [])).filter((name) => name.endsWith('.log'));
  const older = names.map((name) => join(folder, name)).filter((path) => path !== file);
  const texts = await Promise.all(
    [...older.toSorted(), file].map((path) => end(path, Number.POSITIVE_INFINITY)),
  );
  return texts.join('');
}

function entriesIn(text: string): LogEntry[] {
  const entries: { at: string; level: LogLevel; text: string }[] = [];
  for (const line of text.split('\n')) {
    const [, at, word, rest = ''] = LINE.exec(line) ?? [];
    const level = LOG_LEVELS.find((known) => known === word);
    const last = entries.at(-1);
    if (at !== undefined && level !== undefined) entries.push({ at, level, text: rest });
    else if (last !== undefined && line !== '') last.text += `\n${line}`;
  }
  return entries;
}

async function end(path: string, mostBytes = MOST_BYTES): Promise<string> {
  const file = await open(path).catch(() => null);
  if (file === null) return '';
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - mostBytes);
    const bytes = Buffer.alloc(size - from);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
    return bytes.subarray(0, bytesRead).toString('utf8');
  } finally {
    await file.close();
  }
}
