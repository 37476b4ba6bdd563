import { AppError, type ErrorCode, type Remedy } from '../../src-shared/errors';
import { proxyName } from './proxy';

type Meaning = { readonly code: ErrorCode; readonly remedy: Remedy; readonly says: string };

const UNREACHABLE: Meaning = { code: 'node_unreachable', remedy: 'restart_node', says: `can't be reached` };
const NAME: Meaning = {
  code: 'node_name_unknown',
  remedy: 'check_network',
  says: `can't be found: nothing knows its name`,
};
const NO_ROUTE: Meaning = {
  code: 'node_no_route',
  remedy: 'check_network',
  says: `can't be reached from here`,
};
const BROKEN: Meaning = { code: 'node_connection_lost', remedy: 'wait', says: 'broke the connection off' };
const SLOW: Meaning = { code: 'node_timeout', remedy: 'wait', says: 'did not answer in time' };
const NO_TLS: Meaning = { code: 'node_tls_failed', remedy: 'open_settings', says: 'does not speak https:' };
const OUT_OF_DATE: Meaning = {
  code: 'node_certificate_expired',
  remedy: 'check_clock',
  says: `shows a certificate that is not valid today`,
};
const OTHER_HOST: Meaning = {
  code: 'node_certificate_wrong_host',
  remedy: 'open_settings',
  says: `shows another host's certificate`,
};
const UNTRUSTED: Meaning = {
  code: 'node_certificate_untrusted',
  remedy: 'check_certificate',
  says: 'shows a certificate that this system does not trust',
};
const NOT_HTTP: Meaning = { code: 'node_bad_answer', remedy: 'open_settings', says: 'does not speak HTTP' };

/** What the system's, OpenSSL's and undici's own codes mean (errno(3), getaddrinfo(3), openssl-verify(1)). */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  ENOTFOUND: NAME,
  EAI_AGAIN: NAME,
  EAI_FAIL: NAME,
  EAI_NODATA: NAME,
  ECONNREFUSED: UNREACHABLE,
  ENETUNREACH: NO_ROUTE,
  ENETDOWN: NO_ROUTE,
  EHOSTUNREACH: NO_ROUTE,
  EHOSTDOWN: NO_ROUTE,
  EADDRNOTAVAIL: NO_ROUTE,
  ECONNRESET: BROKEN,
  ECONNABORTED: BROKEN,
  EPIPE: BROKEN,
  UND_ERR_SOCKET: BROKEN,
  ETIMEDOUT: SLOW,
  UND_ERR_CONNECT_TIMEOUT: SLOW,
  UND_ERR_HEADERS_TIMEOUT: SLOW,
  UND_ERR_BODY_TIMEOUT: SLOW,
  EPROTO: NO_TLS,
  CERT_HAS_EXPIRED: OUT_OF_DATE,
  CERT_NOT_YET_VALID: OUT_OF_DATE,
  ERR_TLS_CERT_ALTNAME_INVALID: OTHER_HOST,
  HOSTNAME_MISMATCH: OTHER_HOST,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
};

/** Whole families of codes, by how they begin. */
const BEGINNINGS: readonly (readonly [string, Meaning])[] = [
  ['ERR_SSL_', NO_TLS],
  ['CERT_', UNTRUSTED],
  ['HPE_', NOT_HTTP],
  ['HTTPParserError', NOT_HTTP],
];

/** Failures of the way to the next machine, which is the proxy where there is one. */
const OF_THE_WAY: ReadonlySet<Meaning> = new Set([UNREACHABLE, NAME, NO_ROUTE, SLOW]);
/** What undici throws where a proxy's answer is not the one that opens the way. */
const REFUSED_BY_PROXY: ReadonlySet<string> = new Set(['UND_ERR_ABORTED', 'UND_ERR_INVALID_ARG']);

/**
 * Why a request did not get its answer, with what to do about it.
 * @param origin of the node @param proxy the one it went through @param cause what the transport threw
 */
export function connectionError(origin: string, proxy: URL | null, cause: unknown): AppError {
  const { code, detail, words } = reasonOf(cause);
  if (proxy !== null && REFUSED_BY_PROXY.has(code)) {
    // Which status it was stands in the words alone (407 is RFC 9110, 15.5.8).
    return proxyRefused(proxy, origin, /\b407\b/.test(words) ? 'it wants a password' : detail);
  }
  const meaning = meaningOf(code);
  if (proxy !== null && OF_THE_WAY.has(meaning)) return proxyUnreachable(proxy, detail);
  const { remedy, says } = meaning;
  return new AppError(meaning.code, `The node ${origin} ${says}: ${detail}.`, {
    remedy,
    params: { url: origin, detail },
    cause,
  });
}

/** A proxy that is there, and does not let a request through. */
function proxyRefused(proxy: URL, url: string, detail: string): AppError {
  const name = proxyName(proxy);
  return new AppError('proxy_refused', `The proxy ${name} does not pass requests on to ${url}: ${detail}.`, {
    remedy: 'check_proxy',
    params: { proxy: name, url, detail },
  });
}

function proxyUnreachable(proxy: URL, detail: string): AppError {
  const name = proxyName(proxy);
  return new AppError('proxy_unreachable', `The proxy ${name} can't be reached: ${detail}.`, {
    remedy: 'check_proxy',
    params: { proxy: name, detail },
  });
}

function meaningOf(code: string): Meaning {
  const known = Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined;
  return known ?? BEGINNINGS.find(([start]) => code.startsWith(start))?.[1] ?? UNREACHABLE;
}

/** The innermost error with a code: `fetch` wraps what happened. */
function reasonOf(error: unknown): { code: string; detail: string; words: string } {
  let inner: unknown = error;
  for (let depth = 0; depth < 5 && inner instanceof Error; depth++) {
    const { code } = inner as { code?: unknown };
    if (typeof code === 'string' && code !== '') return { code, detail: code, words: inner.message };
    if (inner.cause === undefined) break;
    inner = inner.cause;
  }
  // undici's parser gives a name where it has no code.
  const words = inner instanceof Error ? inner.message : String(inner);
  return { code: inner instanceof Error ? inner.name : '', detail: words, words };
}
