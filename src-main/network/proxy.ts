import { getProxyForUrl } from 'proxy-from-env';
import { AppError } from '../../src-shared/errors';
import { isLoopback } from './loopback';

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * The proxy that the environment names for a URL (`HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`, in capitals or
 * not); null for none, as always to this machine itself.
 * @throws AppError `proxy_invalid` for a value that names no proxy of http: or https:
 */
export function proxyFor(url: string): URL | null {
  if (isLoopback(new URL(url).hostname)) return null;
  const named = getProxyForUrl(url);
  if (named === '') return null;
  const parsed = URL.canParse(named) ? new URL(named) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.hostname === '') throw invalid(url);
  // Where the environment names no scheme, one of http: is meant, whatever it carries.
  if (!isWrittenWithScheme(url, named)) parsed.protocol = 'http:';
  return parsed;
}

/** A proxy as it may be printed: without the name and password in it. */
export function proxyName({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}

function isWrittenWithScheme(url: string, named: string): boolean {
  const scheme = new URL(url).protocol.slice(0, -1);
  const variables = [`${scheme}_proxy`, 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);
  const written = variables.map((name) => process.env[name] ?? '');
  return written.some((value) => value === named && SCHEME.test(value));
}

function invalid(url: string): AppError {
  const variable = `${new URL(url).protocol.slice(0, -1).toUpperCase()}_PROXY`;
  return new AppError(
    'proxy_invalid',
    `The environment names a proxy (${variable} or ALL_PROXY) that is none: it takes http://host:port or https://host:port.`,
    { remedy: 'check_proxy', params: { variable } },
  );
}
