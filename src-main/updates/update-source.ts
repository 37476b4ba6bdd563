import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isLoopback } from '../network/loopback';
import { publicKey } from './envelope';
import { CHANNELS, type Channel } from './release';

/** Where a build looks for newer versions of itself, and whose signature counts. */
export type UpdateSource = {
  /** The folder that has `CHANNEL.json` and the files. */
  readonly feed: URL;
  readonly channel: Channel;
  readonly keys: readonly KeyObject[];
};

const sourceSchema = z.object({
  feed: z.url(),
  channel: z.enum(CHANNELS),
  keys: z.array(z.string()).min(1).max(4),
});

/**
 * Reads what the build was given. A build without the file looks nowhere.
 * @throws Error for a file that can't be right: the build is broken, and must not pass for one that has no updates
 */
export function readUpdateSource(path: string): UpdateSource | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  const { feed, channel, keys } = sourceSchema.parse(JSON.parse(text));
  const url = new URL(feed.endsWith('/') ? feed : `${feed}/`);
  if (!isSafe(url, null)) throw new Error(`Updates are looked for over https: only, not at ${feed}.`);
  return { feed: url, channel, keys: keys.map(publicKey) };
}

/**
 * Whether an address may be asked: `https:`, or this very machine where the one before it was there too.
 * @param from what led to it; null for the first
 */
export function isSafe(url: URL, from: URL | null): boolean {
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && isLoopback(url.hostname) && from?.protocol !== 'https:';
}
