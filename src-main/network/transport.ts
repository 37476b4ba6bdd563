import type { Dispatcher } from 'undici';
import { proxyFor } from './proxy';
import { trustedContext } from './trusted-certificates';

/** What is asked; without an end by its signal an answer is waited for as long as the other side likes. */
export type Question = {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
};

/** An answer whose body is still to come. It is read to its end, or dropped: else its connection is never free again. */
export type Answer = {
  readonly status: number;
  /** A header's value, by its name in lower case; null where there is none. */
  header(name: string): string | null;
  readonly body: AsyncIterable<Uint8Array>;
  /** Reads no more of it. */
  drop(): void;
};

type Library = typeof import('undici');

// A large part of what there is to load, and of no use before the first request: the window comes first.
let library: Library | null = null;

/**
 * One request over the only way this app reaches another machine: through the proxy that the environment names, trusting
 * what the system trusts. Redirects come back as they are. What it throws, `connectionError` names.
 */
export async function send(url: string, question: Question): Promise<Answer> {
  library ??= await import('undici');
  // Not `fetch`: that takes twice the time for what a page in a browser needs.
  const { statusCode, headers, body } = await library.request(url, {
    ...question,
    dispatcher: dispatcherFor(url, library),
    // Who asks ends it by the signal. The library's own limits tick twice a second for as long as any answer is open.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    status: statusCode,
    header: (name) => [headers[name]].flat()[0] ?? null,
    body,
    drop() {
      body.on('error', () => undefined);
      body.destroy();
    },
  };
}

/** Agents by what they do; each keeps its connections. */
const agents = new Map<string, Dispatcher>();

/** What carries the requests to a URL. @throws AppError `proxy_invalid` */
function dispatcherFor(url: string, { Agent, ProxyAgent }: Library): Dispatcher {
  const proxy = proxyFor(url);
  const isSecure = /^(?:https|wss):/.test(url) || proxy?.protocol === 'https:';
  const key = `${isSecure} ${proxy?.href ?? ''}`;
  const known = agents.get(key);
  if (known !== undefined) return known;
  // To read what is trusted takes some ten milliseconds, and a node on this machine never needs it.
  const trusting = isSecure ? { secureContext: trustedContext.get() } : {};
  // A tunnel to https:, whole requests to http: where the proxy itself is one of http:, as any proxy takes them.
  const made =
    proxy === null
      ? new Agent({ connect: trusting })
      : new ProxyAgent({ uri: proxy.href, proxyTunnel: false, requestTls: trusting, proxyTls: trusting });
  agents.set(key, made);
  return made;
}

/** Has what the system trusts read anew for the next connection: a person may have just added a certificate. */
export function trustAnew(): void {
  trustedContext.forget();
  agents.clear();
}
