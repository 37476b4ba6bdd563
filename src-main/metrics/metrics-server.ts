import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from '../network/listen';
import { isLoopback } from '../network/loopback';
import { EXPOSITION_TYPE } from './exposition';
import type { Health } from './health';

type Parts = {
  /** 0 for a free one. */
  readonly port: number;
  /** The text of `/metrics`. */
  readonly metrics: () => string;
  readonly health: () => Health;
  readonly onError: (error: unknown) => void;
};

/** Where it listens, `http://127.0.0.1:PORT`, and the function that ends it. */
export type MetricsServer = { readonly url: string; readonly close: () => Promise<void> };

type Answer = { readonly status: number; readonly type: string; readonly body: string };

const HOST = '127.0.0.1';
// A scraper or two, and a person: nobody else is to be here.
const MOST_CONNECTIONS = 16;
const HEADERS_WITHIN_MS = 5000;
const IDLE_MS = 5000;
const LOOK_EVERY_MS = 1000;
const LARGEST_HEADER_BYTES = 8192;
const TEXT = 'text/plain; charset=utf-8';

/**
 * Serves figures and health to programs of this machine: reading alone, on loopback alone, and to no page of a browser.
 * @throws AppError `port_in_use`
 */
export async function serveMetrics({ port, metrics, health, onError }: Parts): Promise<MetricsServer> {
  const answerTo = (request: IncomingMessage): Answer => {
    const refusal = refusalOf(request);
    if (refusal !== null) return refusal;
    const path = request.url?.split('?')[0];
    if (path === '/metrics') return { status: 200, type: EXPOSITION_TYPE, body: metrics() };
    if (path !== '/healthz') return text(404, 'There are /metrics and /healthz.');
    const known = health();
    return {
      status: known.healthy ? 200 : 503,
      type: 'application/json',
      body: `${JSON.stringify(known)}\n`,
    };
  };
  const server = createServer(
    {
      maxHeaderSize: LARGEST_HEADER_BYTES,
      headersTimeout: HEADERS_WITHIN_MS,
      requestTimeout: HEADERS_WITHIN_MS,
      keepAliveTimeout: IDLE_MS,
      connectionsCheckingInterval: LOOK_EVERY_MS,
    },
    (request, response) => {
      try {
        send(request, response, answerTo(request));
      } catch (error) {
        onError(error);
        send(request, response, text(500, 'The figures could not be read; the log has why.'));
      }
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  const bound = await listen(server, HOST, port, '--metrics-port');
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${HOST}:${bound}`, close };
}

/**
 * A page that a person has open may have this machine asked by another name (DNS rebinding), or say where it is from: what
 * runs here and is meant to read does neither.
 */
function refusalOf({ method, headers }: IncomingMessage): Answer | null {
  if (!isLoopback(hostOf(headers.host)))
    return text(403, 'Only by the name of this machine: 127.0.0.1 or localhost.');
  if (headers.origin !== undefined) return text(403, 'Not for pages of a browser.');
  return method === 'GET' || method === 'HEAD' ? null : text(405, 'Only GET and HEAD.');
}

function hostOf(host = ''): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

function send(request: IncomingMessage, response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(status === 405 ? { Allow: 'GET, HEAD' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function text(status: number, words: string): Answer {
  return { status, type: TEXT, body: `${words}\n` };
}
