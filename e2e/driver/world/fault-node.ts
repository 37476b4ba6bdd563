import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Fault, type NodeAnswer, pass } from './faults';

/**
 * A loopback server between the miner and a node. Each request meets the fault that `fault` picks for it; the node
 * behind can be another one from one request to the next.
 */
export class FaultNode {
  readonly url: string;
  /** Paths asked for, in order; a POST carries its method. */
  readonly requests: string[] = [];
  /** The URL of the node behind. */
  target: string;
  fault: (path: string) => Fault = () => pass;
  /** Called as each request arrives, before its fault. */
  onRequest: () => void = () => undefined;
  readonly #server: Server;

  private constructor(url: string, target: string, server: Server) {
    this.url = url;
    this.target = target;
    this.#server = server;
  }

  static async start(target: string): Promise<FaultNode> {
    const server = createServer((incoming, outgoing) => void node.#take(incoming, outgoing));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const node = new FaultNode(`http://127.0.0.1:${port}`, target, server);
    return node;
  }

  /** A server with no node behind it, that answers everything with one fault. */
  static async alone(fault: Fault): Promise<FaultNode> {
    const node = await FaultNode.start('http://127.0.0.1:9');
    node.fault = () => fault;
    return node;
  }

  /** Breaks every connection, and takes no more until `reconnect`; what the node was asked is done all the same. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  /** Takes connections again, at the same address. */
  reconnect(): Promise<void> {
    return new Promise((resolve) =>
      this.#server.listen(Number(new URL(this.url).port), '127.0.0.1', resolve),
    );
  }

  async #take(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const path = incoming.url ?? '/';
    this.requests.push(incoming.method === 'GET' ? path : `${incoming.method} ${path}`);
    this.onRequest();
    const fault = this.fault(path);
    if (fault === pass) return this.#pipe(incoming, outgoing);
    const drop = () => void incoming.socket.destroy();
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const body = Buffer.concat(chunks);
      await fault({ path, response: outgoing, ask: () => this.#ask(incoming, body), drop });
    } catch {
      drop();
    }
  }

  /** Streams both ways, as `/events/stream` needs it. */
  #pipe(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const onward = request(
      `${this.target}${incoming.url}`,
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => incoming.socket.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }

  async #ask({ url, method, headers }: IncomingMessage, body: Buffer): Promise<NodeAnswer> {
    const type = headers['content-type'] ?? 'application/json';
    const answer = await fetch(`${this.target}${url}`, {
      method: method ?? 'GET',
      ...(method === 'POST' ? { body: new Uint8Array(body), headers: { 'content-type': type } } : {}),
    });
    return { status: answer.status, text: await answer.text() };
  }
}
