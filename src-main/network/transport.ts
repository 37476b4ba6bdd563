import { Agent, type Dispatcher, fetch, ProxyAgent, type RequestInit, type Response } from 'undici';
import { proxyFor } from './proxy';
import { trustedContext } from './trusted-certificates';

/**
 * One request over the only way this app reaches another machine: through the proxy that the environment names, trusting
 * what the system trusts. Redirects come back as they are. What it throws, `connectionError` names.
 */
export function send(url: string, init: Omit<RequestInit, 'dispatcher' | 'redirect'>): Promise<Response> {
  return fetch(url, { ...init, redirect: 'manual', dispatcher: dispatcherFor(url) });
}

/** Agents by what they do; each keeps its connections. */
const agents = new Map<string, Dispatcher>();

/** What carries the requests to a URL, a WebSocket's too. @throws AppError `proxy_invalid` */
export function dispatcherFor(url: string): Dispatcher {
  const proxy = proxyFor(url);
  const isSecure = /^(?:https|wss):/.test(url) || proxy?.protocol === 'https:';
  const key = `${isSecure} ${proxy?.href ?? ''}`;
  const known = agents.get(key);
  if (known !== undefined) return known;
  // To read what is trusted takes some ten milliseconds, and a node on this machine never needs it.
  const trusting = isSecure ? { secureContext: trustedContext.get() } : {};
  const made = proxy === null ? new Agent({ connect: trusting }) : through(proxy.href, trusting);
  agents.set(key, made);
  return made;
}

/** Has what the system trusts read anew for the next connection: a person may have just added a certificate. */
export function trustAnew(): void {
  trustedContext.forget();
  agents.clear();
}

/** A tunnel to https:, whole requests to http: where the proxy itself is one of http:, as any proxy takes them. */
function through(uri: string, trusting: object): Dispatcher {
  return new ProxyAgent({ uri, proxyTunnel: false, requestTls: trusting, proxyTls: trusting });
}
