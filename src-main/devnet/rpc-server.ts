import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '../clock/clock';
import { listen } from '../network/listen';
import { type Answer, detail, sendAnswer } from './answer';
import { corsHeaders, preflightHeaders } from './cors';
import type { DevnetNode } from './node';
import { readBody } from './request-body';
import { match, methodNotAllowed, NOT_FOUND } from './router';
import { sendTransaction } from './transaction-routes';

// Longer than a slot: who asks once a slot need not connect anew each time.
const KEEP_ALIVE_MS = 120_000;

/** The reference node's HTTP API on a loopback address. */
export class RpcServer {
  readonly #server: Server;
  readonly #node: DevnetNode;
  readonly #clock: Clock;

  constructor(node: DevnetNode, clock: Clock) {
    this.#node = node;
    this.#clock = clock;
    this.#server = createServer(
      { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: KEEP_ALIVE_MS },
      (request, response) => {
        this.#handle(request, response).catch(() => response.destroy());
      },
    );
    this.#server.on('clientError', (_, socket) => socket.destroy());
  }

  /**
   * Listens, and returns the port.
   * @throws AppError `port_in_use`.
   */
  listen(host: string, port: number): Promise<number> {
    return listen(this.#server, host, port, '--port');
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#node.events.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const preflight = preflightHeaders(request.method, request.headers);
    if (preflight !== null) {
      sendAnswer(response, { status: 200, contentType: 'text/plain; charset=utf-8', body: 'OK' }, preflight);
      return;
    }
    const cors = corsHeaders(request.headers);
    const url = parseTarget(request.url ?? '/');
    if (url === null) {
      sendAnswer(response, NOT_FOUND, cors);
      return;
    }
    const found = match(url.path);
    if (found.kind === 'events' && request.method === 'GET') {
      this.#node.events.attach(response, cors);
      return;
    }
    sendAnswer(response, await this.#answer(request, url, found), cors);
  }

  async #answer(request: IncomingMessage, url: Target, found: ReturnType<typeof match>): Promise<Answer> {
    const { method } = request;
    if (found.kind === 'none') return redirectedOrNot(request, url);
    if (found.kind === 'send') {
      if (method !== 'POST') return methodNotAllowed('POST');
      const body = await readBody(request);
      if (body === null) return detail(413, 'Request body too large', { Connection: 'close' });
      return sendTransaction(this.#node, body, request.headers['content-type']);
    }
    if (method !== 'GET') return methodNotAllowed('GET');
    if (found.kind === 'events') return NOT_FOUND;
    try {
      return found.answer({ node: this.#node, parameters: url.parameters, clock: this.#clock });
    } catch {
      return { status: 500, contentType: 'text/plain; charset=utf-8', body: 'Internal Server Error' };
    }
  }
}

type Target = { readonly path: string; readonly parameters: URLSearchParams };

/** Path, decoded as the node does, and query; null for what is no path. */
function parseTarget(target: string): Target | null {
  if (!target.startsWith('/')) return null;
  const [path = '/', query = ''] = target.split(/\?(.*)/s);
  try {
    return { path: decodeURIComponent(path), parameters: new URLSearchParams(query) };
  } catch {
    return { path, parameters: new URLSearchParams(query) };
  }
}

/** Starlette sends `/status/` to `/status`. */
function redirectedOrNot(request: IncomingMessage, { path }: Target): Answer {
  const trimmed = path.replace(/\/+$/, '');
  if (path === trimmed || match(trimmed).kind === 'none') return NOT_FOUND;
  const [rawPath = '', query] = (request.url ?? '').split(/\?(.*)/s);
  const location = `http://${request.headers.host ?? ''}${rawPath.replace(/\/+$/, '')}${query ? `?${query}` : ''}`;
  return { status: 307, contentType: 'text/plain; charset=utf-8', body: '', headers: { Location: location } };
}
