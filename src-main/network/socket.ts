import net from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { proxyFor } from './proxy';
import { trustedContext } from './trusted-certificates';

const PORTS: Readonly<Record<string, number>> = { 'ws:': 80, 'wss:': 443 };

/**
 * A connection to where a WebSocket's URL points, ready to be written to: through the proxy that the environment names,
 * encrypted for wss:, trusting what the system trusts. What it throws, `connectionError` names.
 * @param signal gives it up @throws AppError `proxy_invalid`
 */
export async function openSocket(url: string, signal: AbortSignal): Promise<Duplex> {
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const at = { host, port: port === '' ? (PORTS[protocol] ?? 0) : Number(port) };
  // The environment names proxies for what a WebSocket begins as (RFC 6455, section 4.1).
  const proxy = proxyFor(url.replace(/^ws/, 'http'));
  const plain =
    proxy === null ? await connected(net.connect(at), 'connect', signal) : await tunnel(proxy, at, signal);
  if (protocol === 'ws:') return plain;
  // The name is checked against the certificate; an address is not sent as one (RFC 6066, section 3).
  const name = net.isIP(host) === 0 ? { servername: host } : {};
  const secure = tls.connect({ socket: plain, host, ...name, secureContext: trustedContext.get() });
  return connected(secure, 'secureConnect', signal);
}

/** A tunnel through a proxy (RFC 9110, section 9.3.6). */
async function tunnel(
  proxy: URL,
  { host, port }: { host: string; port: number },
  signal: AbortSignal,
): Promise<Duplex> {
  const secure = proxy.protocol === 'https:' ? { connect: { secureContext: trustedContext.get() } } : {};
  const { Client } = await import('undici');
  const client = new Client(proxy.origin, secure);
  const name = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const { socket, statusCode } = await client.connect({
    path: name,
    signal,
    headers: { host: name, ...credentials(proxy) },
  });
  if (statusCode === 200) return socket;
  socket.destroy();
  throw Object.assign(new Error(`the proxy answered ${statusCode}`), { code: 'UND_ERR_ABORTED' });
}

function credentials({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

function connected<S extends net.Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const giveUp = () => socket.destroy(signal.reason);
    const end = () => {
      signal.removeEventListener('abort', giveUp);
      socket.off('error', failed);
    };
    const failed = (error: Error) => {
      end();
      reject(error);
    };
    socket.once('error', failed);
    socket.once(event, () => {
      end();
      resolve(socket);
    });
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}
