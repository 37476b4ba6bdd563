import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of one request: passed on, passed on without its answer coming back, or refused at once. */
export type Fate = 'pass' | 'lose_answer' | 'refuse';

/** A loopback server before a node: counts, loses answers, and can be pointed at another node. */
export class NodeProxy {
  readonly url: string;
  /** Paths asked for, in order; a POST carries its method. */
  readonly requests: string[] = [];
  target: string;
  fate: (path: string) => Fate = () => 'pass';
  readonly #close: () => Promise<void>;

  private constructor(url: string, target: string, close: () => Promise<void>) {
    this.url = url;
    this.target = target;
    this.#close = close;
  }

  static async start(target: string): Promise<NodeProxy> {
    const server = createServer((incoming, outgoing) => proxy.#pass(incoming, outgoing));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const close = () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    const proxy = new NodeProxy(`http://127.0.0.1:${port}`, target, close);
    return proxy;
  }

  close(): Promise<void> {
    return this.#close();
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const path = incoming.url ?? '/';
    this.requests.push(incoming.method === 'GET' ? path : `${incoming.method} ${path}`);
    const fate = this.fate(path);
    if (fate === 'refuse') {
      incoming.socket.destroy();
      return;
    }
    const onward = request(
      `${this.target}${path}`,
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        if (fate === 'lose_answer') {
          answer.resume();
          answer.on('end', () => incoming.socket.destroy());
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => incoming.socket.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }
}
