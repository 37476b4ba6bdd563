import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { systemWays, type Ways } from '../network/ways';
import { followEvents } from './event-stream';

const MIB = 1 << 20;

let server: Server;
let url = '';
let serve: (response: ServerResponse) => void;
let connections = 0;
/** Where it sends its visitors on to. */
let redirect: { readonly status: number; readonly to: string } | null;
let status = 200;
let clock: VirtualClock;
let ended: AbortController;
let heights: number[];
let following: Promise<void>;

beforeEach(async () => {
  connections = 0;
  redirect = null;
  status = 200;
  heights = [];
  clock = new VirtualClock();
  ended = new AbortController();
  server = createServer((_request, response) => {
    connections += 1;
    if (redirect !== null) {
      response.writeHead(redirect.status, { location: redirect.to }).end();
      return;
    }
    response.writeHead(status, { 'content-type': 'text/event-stream' });
    serve(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  ended.abort();
  await following;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function follow(random = Math.random): void {
  const onHeight = (height: number) => heights.push(height);
  following = followEvents({ url, onHeight, clock, random, ways: systemWays }, ended.signal);
}

/** Writes a piece again and again until the other side has had enough; resolves with the bytes written by then. */
function endless(piece: string): Promise<number> {
  return new Promise((resolve) => {
    serve = (response) => {
      let written = 0;
      const more = () => {
        while (!response.destroyed && written < 64 * MIB) {
          written += piece.length;
          if (!response.write(piece)) break;
        }
      };
      response.on('drain', more);
      response.on('close', () => resolve(written));
      more();
    };
  });
}

/** Until a wait for the next try has begun. */
async function waiting(): Promise<void> {
  while (clock.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
}

/** How long each of so many waits was, to the ms. */
async function waits(count: number): Promise<number[]> {
  const found: number[] = [];
  for (let wait = 0; wait < count; wait += 1) {
    await waiting();
    const [before, from] = [connections, clock.monotonic()];
    const connected = new Promise<void>((resolve) => {
      server.once('request', () => resolve());
    });
    while (clock.waiting > 0) await clock.advance(2500);
    await connected;
    expect(connections).toBe(before + 1);
    found.push(clock.monotonic() - from);
  }
  return found;
}

describe('a stream that ends', () => {
  it('is asked for again after five seconds, each time anew where it had begun well', async () => {
    serve = (response) => response.end('data: {"block_height": 7}\n\n');
    follow(() => 0);
    expect(await waits(3)).toEqual([5000, 5000, 5000]);
    expect(heights).toEqual([7, 7, 7]);
  });

  it('is asked for less and less often where there is none, once a minute at the least', async () => {
    status = 404;
    serve = (response) => response.end('data: {"block_height": 7}\n\n');
    follow(() => 0);
    expect(await waits(6)).toEqual([5000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    expect(heights).toEqual([]);
  });

  it('was asked for as what it is', async () => {
    const asked = new Promise<[string | undefined, string | undefined]>((resolve) => {
      server.once('request', ({ url: path, headers }) => resolve([path, headers.accept]));
    });
    serve = (response) => response.end();
    follow();
    expect(await asked).toEqual(['/events/stream', 'text/event-stream']);
  });
});

/** Follows a server that is none, which answers so each time. */
function followAnswer(answer: { status: number; chunks: readonly string[] }) {
  const scene = { asked: 0, dropped: 0 };
  const send: Ways['send'] = async () => {
    scene.asked += 1;
    return {
      status: answer.status,
      header: () => null,
      body: (async function* () {
        for (const chunk of answer.chunks) yield Buffer.from(chunk, 'latin1');
      })(),
      drop: () => {
        scene.dropped += 1;
      },
    };
  };
  const onHeight = (height: number) => heights.push(height);
  following = followEvents({ url, onHeight, clock, random: () => 0, ways: { send } }, ended.signal);
  return scene;
}

describe('an answer that', () => {
  it.each([404, 204, 201])(
    'has status %i is no stream, and dropped: its connection would not be free again',
    async (status) => {
      const scene = followAnswer({ status, chunks: ['data: {"block_height": 7}\n\n'] });
      await clock.advance(4999);
      expect({ ...scene, heights }).toEqual({ asked: 1, dropped: 1, heights: [] });
    },
  );

  it('comes in pieces is read as one, a character that is cut in two included', async () => {
    const chunks = ['data: {"at": "\xe2', '\x82\xac", "block_', 'height": 7}\n', '\n'];
    const scene = followAnswer({ status: 200, chunks });
    await clock.advance(4999);
    expect({ ...scene, heights }).toEqual({ asked: 1, dropped: 0, heights: [7] });
  });

  it('tells of no height tells of nothing', async () => {
    const told = [
      '{"block_height": 1.5}',
      '{"block_height": null}',
      '{}',
      '[7]',
      '7',
      'null',
      '{"block_height": 7',
    ];
    followAnswer({
      status: 200,
      chunks: [...told, '{"block_height": 8}'].map((data) => `data: ${data}\n\n`),
    });
    await clock.advance(1);
    expect(heights).toEqual([8]);
  });

  it('has an event of 64 KiB is read on', async () => {
    const most = 64 * 1024;
    const long = (length: number) => `data: ${'x'.repeat(length)}\n\n`;
    const next = 'data: {"block_height": 7}\n\n';
    followAnswer({ status: 200, chunks: [long(most - 100), next] });
    await clock.advance(1);
    expect(heights).toEqual([7]);
  });

  it('was called off is not asked for again', async () => {
    const scene = followAnswer({ status: 200, chunks: [] });
    await clock.advance(1);
    ended.abort();
    await following;
    await clock.advance(60_000);
    expect([scene.asked, clock.waiting]).toEqual([1, 0]);
  });
});

describe('the events of a node', () => {
  it('tell of heights, and of nothing where they are not what they should be', async () => {
    const told = new Promise<void>((resolve) => {
      serve = (response) => {
        response.write(
          'event: ping\ndata: x\n\ndata: {"block_height": 7}\n\ndata: {"block_height": "8"}\n\n',
        );
        response.write('data: {"block_height": 9}\n\n', () => resolve());
      };
    });
    follow();
    await told;
    while (heights.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(heights).toEqual([7, 9]);
  });

  it.each([301, 302, 303, 307, 308])(
    'that are redirected with %i are not asked for elsewhere, and again only after a while',
    async (status) => {
      let asked = 0;
      const elsewhere = createServer((_request, response) => {
        asked += 1;
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end('data: {"block_height": 7}\n\n');
      });
      await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
      const to = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
      redirect = { status, to };
      follow();
      // It waits for its next try once it has done with this one.
      while (clock.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
      expect({ connections, asked, heights }).toEqual({ connections: 1, asked: 0, heights: [] });
      expect(await (await fetch(to)).text()).toContain('7');
      elsewhere.closeAllConnections();
      await new Promise((resolve) => elsewhere.close(resolve));
    },
  );

  it.each([
    ['a line that does not end', 'x'.repeat(MIB)],
    ['an event that does not end', `data: ${'x'.repeat(1000)}\n`.repeat(1000)],
  ])('are left at %s, and asked for again only after a while', async (_what, piece) => {
    const written = endless(piece);
    follow();
    expect(await written).toBeLessThan(32 * MIB);
    expect(connections).toBe(1);
    const again = new Promise<void>((resolve) => {
      serve = () => resolve();
    });
    await clock.advance(60_000);
    await again;
    expect(connections).toBe(2);
  });
});
