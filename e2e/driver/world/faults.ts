import type { ServerResponse } from 'node:http';

/** What a node answered, to be passed on or spoilt. */
export type NodeAnswer = { readonly status: number; readonly text: string };

/** One request at the fault node, and what can be done with it. */
export type Exchange = {
  readonly path: string;
  readonly response: ServerResponse;
  /** Asks the node behind; a fault may do so never, once or twice. */
  readonly ask: () => Promise<NodeAnswer>;
  /** Breaks the connection. */
  readonly drop: () => void;
};

/** What becomes of one request. */
export type Fault = (exchange: Exchange) => void | Promise<void>;

/** No fault: what comes is what the node said. */
export const pass: Fault = async ({ ask, response }) => answer(response, await ask());

/** The request never reaches the node. */
export const refuse: Fault = ({ drop }) => drop();

/** The node does what it is asked; nobody hears of it. */
export const loseAnswer: Fault = async ({ ask, drop }) => {
  await ask();
  drop();
};

/** The node is asked twice, as where a middle box repeats a request; the second answer is passed on. */
export const askTwice: Fault = async ({ ask, response }) => {
  await ask();
  answer(response, await ask());
};

/** The connection breaks half-way through the body. */
export const truncate: Fault = async ({ ask, response }) => {
  const { status, text } = await ask();
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.write(text.slice(0, text.length >> 1));
  response.socket?.end();
};

/** Passes on what `change` makes of the node's answer. */
export const rewrite =
  (change: (text: string) => string): Fault =>
  async ({ ask, response }) => {
    const { status, text } = await ask();
    answer(response, { status, text: change(text) });
  };

/** Holds a request back until `until` resolves, then asks the node. */
export const delay =
  (until: Promise<unknown>): Fault =>
  async ({ ask, response }) => {
    await until;
    answer(response, await ask());
  };

const json =
  (body: string): Fault =>
  ({ response }) =>
    answer(response, { status: 200, text: body });
const STATUS = (height: string) =>
  `{"height":${height},"last_hash":"${'0'.repeat(64)}","network":"devnet","mempool_size":0,"epoch":0}`;

/** Ways a node can be no node, by name. */
export const BAD_ANSWERS: Readonly<Record<string, Fault>> = {
  'HTML with status 200': ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>502 Bad Gateway</body></html>');
  },
  'half a body': ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"height":');
    response.socket?.end();
  },
  'status 500': ({ response }) => {
    response.writeHead(500).end('Internal Server Error');
  },
  'a height that is a word': json(STATUS('"seven"')),
  'a negative height': json(STATUS('-7')),
  'a height of 10^400': json(STATUS(`1${'0'.repeat(400)}`)),
  'a height of 1e400': json(STATUS('1e400')),
  'JSON nested 100 000 deep': json('['.repeat(100_000)),
  'a body without end': ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const chunk = Buffer.alloc(1 << 20, ' ');
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more);
    more();
  },
  'a redirect elsewhere': ({ response }) => {
    response.writeHead(302, { location: 'http://127.0.0.1:9/status' }).end();
  },
};

function answer(response: ServerResponse, { status, text }: NodeAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}
