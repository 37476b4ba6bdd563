import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen } from '../../network/listen';
import { type Answer, detail, sendAnswer } from '../answer';
import { isJson, readBody } from '../request-body';
import { MARKET_LIMITS } from './market-limits';
import * as routes from './market-routes';
import { WorkerLink } from './worker-link';

export const WORKER_PATH = '/worker';

const UNREADABLE = 'There was an error parsing the body';

/** The market's HTTP API and the door for workers, on one loopback address. */
export class MarketServer {
  readonly #server: Server;
  readonly #parts: routes.MarketParts & { readonly onError: (error: unknown) => void };
  readonly #workers = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MARKET_LIMITS.frameBytes,
    maxFragments: MARKET_LIMITS.fragments,
  });

  constructor(parts: routes.MarketParts & { readonly onError: (error: unknown) => void }) {
    this.#parts = parts;
    this.#server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
      this.#handle(request, response).catch(() => response.destroy());
    });
    this.#server.maxConnections = MARKET_LIMITS.connections;
    this.#server.on('clientError', (_, socket) => socket.destroy());
    this.#server.on('upgrade', (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      const refusal = this.#refusal(request);
      if (refusal !== null) return void socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\n\r\n`);
      this.#workers.handleUpgrade(request, socket, head, (webSocket) => {
        const { clock, faults, onError } = this.#parts;
        this.#parts.dispatcher.welcome(new WorkerLink({ socket: webSocket, clock, faults, onError }));
      });
    });
  }

  /** Listens, and returns the port. @throws AppError `port_in_use`. */
  listen(host: string, port: number): Promise<number> {
    return listen(this.#server, host, port, '--market-port');
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#workers.clients) socket.terminate();
    this.#server.closeAllConnections();
    await closed;
  }

  #refusal({ url = '' }: IncomingMessage): string | null {
    if (pathOf(url) !== WORKER_PATH) return '404 Not Found';
    const isFull = this.#parts.dispatcher.workerCount >= MARKET_LIMITS.workers;
    return isFull ? '503 Service Unavailable' : null;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let answer: Answer;
    try {
      answer = await this.#answer(request);
    } catch (error) {
      this.#parts.onError(error);
      answer = detail(500, 'Internal Server Error');
    }
    sendAnswer(response, answer);
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const { method, url = '' } = request;
    const path = pathOf(url);
    const [, collection, taskId, more, ...rest] = path.split('/');
    const isPosted = path === '/faults' || (path === '/tasks' && method === 'POST');
    if (isPosted && method === 'POST') return this.#posted(request, path);
    if (isPosted) return notAllowed('POST');
    if (collection !== 'tasks' || rest.length > 0 || taskId === '' || (more ?? 'audit') !== 'audit')
      return detail(404, 'Not Found');
    if (method !== 'GET') return notAllowed(taskId === undefined ? 'GET, POST' : 'GET');
    if (taskId === undefined) return routes.listTasks(this.#parts, new URLSearchParams(url.split('?')[1]));
    return more === undefined ? routes.showTask(this.#parts, taskId) : routes.showAudit(this.#parts, taskId);
  }

  async #posted(request: IncomingMessage, path: string): Promise<Answer> {
    const bytes = await readBody(request, MARKET_LIMITS.frameBytes);
    if (bytes === null) return detail(413, 'Request body too large', { Connection: 'close' });
    const body = readJson(bytes, request.headers['content-type']);
    if ('refusal' in body) return body.refusal;
    return path === '/faults'
      ? routes.switchFaults(this.#parts, body.value)
      : routes.createTask(this.#parts, body.value);
  }
}

/** What a body says, or FastAPI's answer to one that says nothing. */
function readJson(
  bytes: Uint8Array,
  contentType: string | undefined,
): { readonly value: unknown } | { readonly refusal: Answer } {
  if (!isJson(contentType))
    return unreadable('model_attributes_type', 'the body is to be JSON, and named so');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { refusal: detail(400, UNREADABLE) };
  }
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return unreadable('json_invalid', error instanceof Error ? error.message : UNREADABLE);
  }
}

function unreadable(type: string, msg: string): { readonly refusal: Answer } {
  return { refusal: routes.unprocessable([{ type, loc: ['body'], msg }]) };
}

function notAllowed(allowed: string): Answer {
  return detail(405, 'Method Not Allowed', { Allow: allowed });
}

function pathOf(url: string): string {
  return url.split('?')[0] ?? '';
}
