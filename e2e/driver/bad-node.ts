import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = (response: ServerResponse, path: string) => void;

const json =
  (body: string): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  };
const STATUS = (height: string, network = 'devnet') =>
  `{"height":${height},"last_hash":"${'0'.repeat(64)}","network":"${network}","mempool_size":0,"epoch":0}`;

/** Ways a node can be no node, by name. */
export const BAD_ANSWERS: Record<string, Answer> = {
  'HTML with status 200': (response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>502 Bad Gateway</body></html>');
  },
  'half a body': (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"height":');
    response.socket?.end();
  },
  'status 500': (response) => {
    response.writeHead(500).end('Internal Server Error');
  },
  'a height that is a word': json(STATUS('"seven"')),
  'a negative height': json(STATUS('-7')),
  'a height of 10^400': json(STATUS(`1${'0'.repeat(400)}`)),
  'a height of 1e400': json(STATUS('1e400')),
  'JSON nested 100 000 deep': json('['.repeat(100_000)),
  'a body without end': (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const chunk = Buffer.alloc(1 << 20, ' ');
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more);
    more();
  },
  'a redirect elsewhere': (response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:9/status' }).end();
  },
};

/** A loopback server that answers every request in one way, and counts them. */
export class BadNode {
  readonly url: string;
  requests = 0;
  readonly #close: () => Promise<void>;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  static async start(answer: Answer): Promise<BadNode> {
    const server = createServer((request, response) => {
      node.requests += 1;
      answer(response, request.url ?? '/');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const node = new BadNode(
      `http://127.0.0.1:${port}`,
      () =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    );
    return node;
  }

  close(): Promise<void> {
    return this.#close();
  }
}
