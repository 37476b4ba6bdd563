import type { ServerResponse } from 'node:http';
import { repeat } from '../async/repeat';
import type { Clock } from '../clock/clock';

export type ChainEvent =
  | { readonly type: 'tx_confirmed'; readonly tx_hash: string; readonly block_height: number }
  | { readonly type: 'tx_failed'; readonly tx_hash: string; readonly error: string };

const PING_INTERVAL_MS = 15_000;

/** A client that reads nothing is dropped once this much waits for it. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

/** `GET /events/stream`: server-sent events in the node's own layout, to whoever listens. */
export class EventStream {
  readonly #clock: Clock;
  readonly #clients = new Set<ServerResponse>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Turns an answer into a stream, until the client leaves. */
  attach(response: ServerResponse, headers: Record<string, string>): void {
    response.writeHead(200, {
      ...headers,
      'Cache-Control': 'no-cache',
      Connection: 'keep-alive',
      'X-Accel-Buffering': 'no',
      'Content-Type': 'text/event-stream; charset=utf-8',
    });
    const ping = () => {
      response.write(': ping\n\n');
      return PING_INTERVAL_MS;
    };
    const stop = repeat(this.#clock, ping(), ping, {
      otherwiseMs: PING_INTERVAL_MS,
      onError: () => response.destroy(),
    });
    this.#clients.add(response);
    response.on('close', () => {
      stop();
      this.#clients.delete(response);
    });
    response.on('error', () => response.destroy());
  }

  emit(event: ChainEvent): void {
    // Python's json.dumps puts a space after commas and colons.
    const members = Object.entries(event).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
    for (const client of this.#clients) {
      client.write(`data: {${members.join(', ')}}\n\n`);
      if (client.writableLength > MAX_WAITING_BYTES) client.destroy();
    }
  }

  close(): void {
    for (const client of this.#clients) client.end();
  }
}
