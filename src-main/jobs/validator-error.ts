import type { IncomingMessage } from 'node:http';
import { AppError, type ErrorCode } from '../../src-shared/errors';
import { connectionError } from '../network/connection-error';
import { proxyFor } from '../network/proxy';

/** Where the way to a validator fails as the way to a node does. */
const OF_CERTIFICATES: ReadonlySet<ErrorCode> = new Set([
  'node_tls_failed',
  'node_certificate_expired',
  'node_certificate_wrong_host',
  'node_certificate_untrusted',
]);

/** What does not get better by asking again soon: a person, here or there, has to do something. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set([
  'validator_certificate',
  'validator_unauthorized',
  'validator_refused',
  'proxy_refused',
  'proxy_invalid',
]);

/** Whether a validator is to be left alone for long. */
export function isRefusal({ code }: AppError): boolean {
  return REFUSALS.has(code);
}

/** Why there is no connection, with what to do about it. @param cause what the transport threw */
export function wayError(url: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const place = placeOf(url);
  const { code, remedy, params } = connectionError(place, proxyFor(url.replace(/^ws/, 'http')), cause);
  const detail = String(params.detail ?? '');
  if (code.startsWith('proxy_'))
    return new AppError(code, `The proxy does not lead to ${place}: ${detail}.`, { remedy, params, cause });
  const certificate = OF_CERTIFICATES.has(code);
  return new AppError(
    certificate ? 'validator_certificate' : 'validator_unreachable',
    certificate
      ? `The validator ${place} does not prove who it is: ${detail}.`
      : `The validator ${place} can't be reached: ${detail}.`,
    { remedy: certificate ? 'check_certificate' : 'check_network', params: { url: place, detail }, cause },
  );
}

/** It answered, and not with a WebSocket. */
export function answerError(url: string, { statusCode = 0, headers }: IncomingMessage): AppError {
  const place = placeOf(url);
  if (statusCode === 401 || statusCode === 403) {
    return new AppError(
      'validator_unauthorized',
      `The validator ${place} does not let this worker in (HTTP ${statusCode}).`,
      {
        remedy: 'open_settings',
        params: { url: place, status: statusCode },
      },
    );
  }
  const busy = statusCode >= 500 || statusCode === 429;
  const to = headers.location === undefined ? '' : ', which points elsewhere';
  return new AppError(
    busy ? 'validator_unreachable' : 'validator_refused',
    `The validator ${place} answers with HTTP ${statusCode}${to} instead of a WebSocket.`,
    { remedy: busy ? 'wait' : 'open_settings', params: { url: place, detail: `HTTP ${statusCode}` } },
  );
}

/** A connection that was, and ended. @param code of RFC 6455, section 7.4 */
export function closeError(url: string, code: number, reason: string): AppError {
  const place = placeOf(url);
  const said = reason === '' ? '' : ` (${reason.slice(0, 100)})`;
  return new AppError('validator_closed', `The validator ${place} ended the connection: ${code}${said}.`, {
    remedy: 'wait',
    params: { url: place, detail: `${code}${said}` },
  });
}

/** It sent a frame past the limit. */
export function frameError(url: string, mostBytes: number): AppError {
  const place = placeOf(url);
  return new AppError(
    'validator_frame',
    `The validator ${place} sends what is no frame, or one of over ${mostBytes} bytes.`,
    {
      remedy: 'open_settings',
      params: { url: place, bytes: mostBytes },
    },
  );
}

/** A ping came back to nobody. */
export function silentError(url: string, waitedMs: number): AppError {
  const place = placeOf(url);
  return new AppError(
    'validator_silent',
    `The validator ${place} has not answered for ${waitedMs / 1000} s.`,
    {
      remedy: 'wait',
      params: { url: place, seconds: waitedMs / 1000 },
    },
  );
}

/** Without what may be a secret in it. */
function placeOf(url: string): string {
  return new URL(url).origin === 'null' ? url.slice(0, 200) : new URL(url).origin;
}
