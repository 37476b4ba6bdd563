import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { AppError } from '../../src-shared/errors';
import type { Clock } from '../clock/clock';
import { connectionError } from '../network/connection-error';
import { proxyFor } from '../network/proxy';
import { type Answer, send } from '../network/transport';
import { mapDiskError } from '../storage/disk-error';
import { openEnvelope, unreadable } from './envelope';
import { type Release, type ReleaseFile, readRelease } from './release';
import { isSafe, type UpdateSource } from './update-source';

const MOST_REDIRECTS = 5;
const MOST_FEED_BYTES = 512 << 10;
const FEED_MS = 20_000;
// A connection that sends nothing for so long is dead, and one that takes longer in all is as good as that.
const SILENT_MS = 60_000;
const LONGEST_MS = 2 * 3_600_000;

/**
 * What the source says is its newest version, if one of its keys signed that.
 * @throws AppError `update_*`
 */
export async function fetchRelease(source: UpdateSource, signal: AbortSignal): Promise<Release> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(FEED_MS)]);
  const url = new URL(`${source.channel}.json`, source.feed);
  const text = await asked(url, within, async ({ body }) => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > MOST_FEED_BYTES) throw unreadable('it is too long');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  });
  return readRelease(openEnvelope(text, source.keys), source.channel);
}

type Download = {
  readonly signal: AbortSignal;
  readonly clock: Pick<Clock, 'after'>;
  readonly onProgress: (bytes: number) => void;
};

/**
 * Fetches a file of a release to a place, whole and as its digest says, or not at all.
 * @throws AppError `update_unreachable`, `update_insecure`, `update_file_wrong`, `disk_full`, `profile_unwritable`
 */
export async function downloadFile(
  url: URL,
  { bytes, sha512 }: Pick<ReleaseFile, 'bytes' | 'sha512'>,
  destination: string,
  { signal, clock, onProgress }: Download,
): Promise<void> {
  const dead = new AbortController();
  let callOff: () => void = () => undefined;
  const alive = () => {
    callOff();
    callOff = clock.after(SILENT_MS, () => dead.abort(new Error(`nothing came for ${SILENT_MS / 1000} s`)));
  };
  alive();
  const ends = AbortSignal.any([signal, dead.signal, AbortSignal.timeout(LONGEST_MS)]);
  try {
    await asked(url, ends, async ({ body }) => {
      const file = await open(destination, 'w', 0o600).catch((error) => {
        throw mapDiskError(error, destination);
      });
      const digest = createHash('sha512');
      let got = 0;
      try {
        for await (const chunk of body) {
          alive();
          got += chunk.byteLength;
          if (got > bytes) throw wrongFile('it is longer than its makers signed');
          digest.update(chunk);
          await file.writeFile(chunk).catch((error) => {
            throw mapDiskError(error, destination);
          });
          onProgress(got);
        }
        await file.sync();
      } finally {
        await file.close();
      }
      if (got < bytes) throw wrongFile('it broke off');
      if (digest.digest('base64') !== sha512) throw wrongFile('it is not the one that its makers signed');
    });
  } finally {
    callOff();
  }
}

/** @throws AppError `update_file_wrong` where a file that lay here is no longer what was downloaded */
export async function checkFile(path: string, { sha512 }: Pick<ReleaseFile, 'sha512'>): Promise<void> {
  const digest = createHash('sha512');
  try {
    for await (const chunk of createReadStream(path)) digest.update(chunk);
  } catch {
    throw wrongFile('it is gone');
  }
  if (digest.digest('base64') !== sha512) throw wrongFile('it was changed after it was downloaded');
}

/** Asks, follows what may be followed, and reads the answer; whatever goes wrong on the way is `update_unreachable`. */
async function asked<T>(first: URL, signal: AbortSignal, read: (answer: Answer) => Promise<T>): Promise<T> {
  let url = first;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    let answer: Answer | null = null;
    try {
      signal.throwIfAborted();
      answer = await send(url.href, { signal });
      const next = redirectOf(answer, url);
      if (next === null) {
        if (answer.status !== 200) throw unreachable(first, `it answered with status ${answer.status}`);
        return await read(answer);
      }
      answer.drop();
      url = next;
    } catch (error) {
      answer?.drop();
      if (error instanceof AppError) throw error;
      const why = signal.aborted ? signal.reason : error;
      const { message } = signal.aborted
        ? { message: why instanceof Error ? why.message : String(why) }
        : connectionError(url.origin, proxyFor(url.href), error);
      throw unreachable(first, message, error);
    }
  }
  throw unreachable(first, `it led on more than ${MOST_REDIRECTS} times`);
}

function redirectOf({ status, header }: Answer, from: URL): URL | null {
  const location = header('location');
  if (status < 300 || status > 399 || location === null) return null;
  const next = URL.canParse(location, from.href) ? new URL(location, from) : null;
  if (next !== null && isSafe(next, from)) return next;
  throw new AppError(
    'update_insecure',
    `The place for updates ${from.origin} leads to ${next?.origin ?? 'nowhere'}, which is not https:. Nothing was fetched from there.`,
    { remedy: 'none', params: { url: from.origin, to: next?.origin ?? '?' } },
  );
}

function unreachable({ origin }: URL, why: string, cause?: unknown): AppError {
  return new AppError(
    'update_unreachable',
    `The place for updates ${origin} can't be asked: ${why} It is asked again later.`,
    { remedy: 'check_network', params: { url: origin, why }, cause },
  );
}

function wrongFile(why: string): AppError {
  return new AppError(
    'update_file_wrong',
    `The new version was not installed: of its file it was found that ${why}. It is fetched anew next time.`,
    { remedy: 'retry', params: { why } },
  );
}
