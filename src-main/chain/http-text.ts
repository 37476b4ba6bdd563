import { BLOCK } from '../../src-shared/chain/limits';
import { AppError } from '../../src-shared/errors';
import { httpTime } from '../clock/calendar';
import { type Clock, systemClock } from '../clock/clock';
import { connectionError } from '../network/connection-error';
import { proxyFor } from '../network/proxy';
import { type Answer, trustAnew } from '../network/transport';
import { systemWays, type Ways } from '../network/ways';

const TIMEOUT_MS = 10_000;
// A full block, each of its transactions with a proof of some kilobytes.
const MAX_BYTES = BLOCK.maxTransactions * (32 << 10);

export type HttpAnswer = {
  readonly status: number;
  readonly text: string;
  /** When it was given by the other side's clock, ms since the epoch; null where it does not say. */
  readonly dateMs: number | null;
  /** How long it asks to be left alone (RFC 9110, 10.2.3), ms; null where it does not. */
  readonly retryAfterMs: number | null;
};

/** What a request goes by: the clock that ends it, and the way to the other machine. */
export type Outside = Pick<Clock, 'after'> & Pick<Ways, 'send'>;

/**
 * One HTTP request, bounded in time and size; redirects are refused.
 * @throws AppError `node_*`, `proxy_*`
 */
export async function httpText(
  url: string,
  options: { method?: 'GET' | 'POST'; body?: string; signal?: AbortSignal | undefined } = {},
  { after, send }: Outside = { ...systemClock, ...systemWays },
): Promise<HttpAnswer> {
  const { method = 'GET', body, signal } = options;
  const timeout = new AbortController();
  const callOff = after(TIMEOUT_MS, () => timeout.abort());
  const { origin } = new URL(url);
  let answer: Answer | null = null;
  try {
    answer = await send(url, {
      method,
      signal: signal === undefined ? timeout.signal : AbortSignal.any([timeout.signal, signal]),
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body }),
    });
    refuseRedirect(answer, origin);
    const date = answer.header('date');
    const dateMs = date === null ? null : httpTime(date);
    const retryAfterMs = waitAsked(answer.header('retry-after'), dateMs);
    return { status: answer.status, text: await readText(answer, origin), dateMs, retryAfterMs };
  } catch (error) {
    answer?.drop();
    if (error instanceof AppError) throw error;
    signal?.throwIfAborted();
    if (timeout.signal.aborted) throw timedOut(origin, error);
    const named = connectionError(origin, proxyFor(url), error);
    if (named.code === 'node_certificate_untrusted') trustAnew();
    throw named;
  } finally {
    callOff();
  }
}

/** A node's own RPC never redirects: what does is an address that has moved, or a network that wants a sign-in. */
function refuseRedirect({ status, header }: Answer, origin: string): void {
  const location = header('location');
  if (status < 300 || status > 399 || location === null) return;
  const to = URL.canParse(location, origin) ? placeOf(new URL(location, origin)) : '?';
  throw new AppError('node_redirects', `The node ${origin} sends its visitors on to ${to}: it is no node.`, {
    remedy: 'open_settings',
    params: { url: origin, to },
  });
}

/** Without what may be a secret in it. */
function placeOf({ origin, pathname }: URL): string {
  return `${origin}${pathname}`.slice(0, 200);
}

/** `Retry-After`: seconds, or a moment by the clock of whoever says so. */
function waitAsked(text: string | null, dateMs: number | null): number | null {
  if (text === null) return null;
  if (/^\s*\d{1,9}\s*$/.test(text)) return Number(text) * 1000;
  const atMs = httpTime(text);
  return atMs === null || dateMs === null ? null : Math.max(0, atMs - dateMs);
}

async function readText({ body }: Answer, origin: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) {
      throw new AppError('node_bad_answer', `The node ${origin} sent an answer of over ${MAX_BYTES} bytes.`, {
        remedy: 'open_settings',
        params: { url: origin },
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function timedOut(url: string, cause: unknown): AppError {
  return new AppError('node_timeout', `The node ${url} did not answer within ${TIMEOUT_MS / 1000} s.`, {
    remedy: 'wait',
    params: { url, seconds: TIMEOUT_MS / 1000 },
    cause,
  });
}
