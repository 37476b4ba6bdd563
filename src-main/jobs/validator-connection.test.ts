import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { VirtualClock } from '../clock/virtual-clock';
import { systemWays } from '../network/ways';
import { ValidatorConnection } from './validator-connection';

const closers: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A WebSocket server, with each connection as it comes. */
async function server(options: object = {}, onConnection: (socket: WebSocket) => void = () => undefined) {
  const wss = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/worker', ...options });
  await once(wss, 'listening');
  wss.on('connection', onConnection);
  closers.push(() => {
    for (const client of wss.clients) client.terminate();
    return new Promise((resolve) => wss.close(resolve));
  });
  return `ws://127.0.0.1:${(wss.address() as { port: number }).port}/worker`;
}

/** The answer that accepts a handshake (RFC 6455, section 4.2.2). */
function accepting(request: string): Buffer {
  const key = /^sec-websocket-key: (.*)\r$/im.exec(request)?.[1] ?? '';
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  return Buffer.from(
    `HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
}

/** Something that listens and is no WebSocket server. */
async function plain(onConnection: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const listener: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => listener.close(resolve));
  });
  return `ws://127.0.0.1:${(listener.address() as { port: number }).port}/worker`;
}

/** A connection before a clock that a test moves on; `reached` waits for a state. */
function connect(url: string, random = () => 0) {
  const clock = new VirtualClock();
  const frames: string[] = [];
  const pongs: number[] = [];
  let look = () => {};
  const connection = new ValidatorConnection({
    url,
    headers: async () => ({ 'user-agent': 'test' }),
    mostFrameBytes: 1 << 20,
    clock,
    random,
    ways: systemWays,
    onOpen: () => undefined,
    onFrame: (bytes) => {
      frames.push(new TextDecoder().decode(bytes));
      look();
      return undefined;
    },
    onPong: (ping) => {
      pongs.push(ping);
      look();
    },
    onClosed: () => undefined,
    onChange: () => look(),
  });
  closers.push(() => connection.close());
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      look = () => {
        if (holds()) resolve();
      };
      look();
    });
  const reached = (state: string) => until(() => connection.state.state === state);
  return { clock, connection, frames, pongs, until, reached };
}

describe('a connection to a validator', () => {
  it('takes a frame that comes with the handshake', async () => {
    const url = await server({}, (socket) => socket.send('first'));
    const { frames, until } = connect(url);
    await until(() => frames.length === 1);
    expect(frames).toEqual(['first']);
  });

  it('is found to be half open within 25 s where nothing answers, and is made anew', async () => {
    let connections = 0;
    const url = await server({ autoPong: false }, () => {
      connections += 1;
    });
    const { clock, connection, reached } = connect(url);
    await reached('connected');
    await clock.advance(24_999);
    expect(connection.state.state).toBe('connected');
    await clock.advance(1);
    await reached('waiting');
    expect(connection.state.error).toMatchObject({ code: 'validator_silent', params: { seconds: 25 } });
    await clock.advance(1000);
    await reached('connected');
    expect(connections).toBe(2);
  });

  it('lasts with a validator that answers pings and never sends any itself', async () => {
    const url = await server();
    const { clock, connection, pongs, until, reached } = connect(url);
    await reached('connected');
    for (let minute = 1; minute <= 4; minute += 1) {
      await clock.advance(15_000);
      await until(() => pongs.length === minute);
      await clock.advance(10_000);
      expect(connection.state.state).toBe('connected');
    }
  });

  it('is tried again after waits that double to a minute, and begin anew only after half a minute of connection', async () => {
    let stays = false;
    const clients: WebSocket[] = [];
    const url = await server({}, (socket) => {
      if (stays) clients.push(socket);
      else socket.close(1011, 'no');
    });
    const { clock, connection, pongs, until, reached } = connect(url);
    const waits: number[] = [];
    const wait = async () => {
      await reached('waiting');
      const waitMs = (connection.state.retryAtMs ?? 0) - clock.now();
      waits.push(waitMs);
      await clock.advance(waitMs);
    };
    for (let tries = 0; tries < 8; tries += 1) await wait();
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    await reached('waiting');
    stays = true;
    await clock.advance(60_000);
    await reached('connected');
    // Nothing was heard for so long but the pongs.
    await clock.advance(15_000);
    await until(() => pongs.length === 1);
    await clock.advance(15_000);
    for (const client of clients) client.close(1001, 'restart');
    await wait();
    expect(waits.at(-1)).toBe(1000);
  });

  it('spreads its waits over all of each', async () => {
    const url = await plain((socket) => socket.destroy());
    const { clock, connection, reached } = connect(url, () => 0.9);
    await reached('waiting');
    expect((connection.state.retryAtMs ?? 0) - clock.now()).toBe(250);
    await clock.advance(250);
    await reached('connecting');
    await reached('waiting');
    await clock.advance(250);
    await reached('connecting');
    await reached('waiting');
    expect((connection.state.retryAtMs ?? 0) - clock.now()).toBeCloseTo(400);
  });

  it.each([
    [401, 'validator_unauthorized', 60_000],
    [403, 'validator_unauthorized', 60_000],
    [404, 'validator_refused', 60_000],
    [302, 'validator_refused', 60_000],
    [503, 'validator_unreachable', 1000],
  ])('says what HTTP %i for an answer means, as %s, and waits %i ms', async (status, code, waitMs) => {
    const url = await plain((socket) => {
      socket.end(`HTTP/1.1 ${status} x\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n`);
    });
    const { clock, connection, reached } = connect(url);
    await reached('waiting');
    expect(connection.state.error?.code).toBe(code);
    expect((connection.state.retryAtMs ?? 0) - clock.now()).toBe(waitMs);
  });

  it('gives up a handshake that does not end', async () => {
    let begun = () => {};
    const isThere = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const url = await plain(() => begun());
    const { clock, connection, reached } = connect(url);
    await isThere;
    await clock.advance(15_000);
    await reached('waiting');
    expect(connection.state.error?.code).toBe('validator_silent');
  });

  it('says that nobody answers at an address, and that a certificate is not trusted', async () => {
    const nobody = connect('ws://127.0.0.1:9/worker');
    await nobody.reached('waiting');
    expect(nobody.connection.state.error?.code).toBe('validator_unreachable');
    const url = await plain((socket) => socket.end('no TLS'));
    const noTls = connect(url.replace('ws:', 'wss:'));
    await noTls.reached('waiting');
    expect(noTls.connection.state.error?.code).toBe('validator_certificate');
  });

  it('outlasts whatever bytes come, halves of frames among them', async () => {
    const bytes = fc.uint8Array({ minLength: 0, maxLength: 200 });
    const half = fc
      .tuple(fc.constantFrom(0x01, 0x81, 0x89, 0x8a, 0x88, 0x00, 0x80), fc.nat(0xffff), bytes)
      .map(([first, length, rest]) => Buffer.from([first, 126, length >> 8, length & 0xff, ...rest]));
    for (const said of fc.sample(fc.oneof(bytes, half), 150)) {
      const url = await plain((socket) => {
        socket.once('data', (request) => socket.end(Buffer.concat([accepting(String(request)), said])));
      });
      const { connection, reached } = connect(url);
      await reached('waiting');
      expect(connection.state.error?.code).toMatch(/^validator_/);
      await connection.close();
    }
  });

  it('takes a frame in so many pieces and no more: each costs memory, however small it is', async () => {
    const send = (socket: WebSocket, pieces: number) => {
      for (let piece = 1; piece <= pieces; piece += 1) socket.send('x', { fin: piece === pieces });
    };
    const allowed = connect(await server({}, (socket) => send(socket, 16_384)));
    await allowed.until(() => allowed.frames.length === 1);
    expect(allowed.frames).toEqual(['x'.repeat(16_384)]);
    const refused = connect(await server({}, (socket) => send(socket, 16_385)));
    await refused.reached('waiting');
    expect(refused.connection.state.error?.code).toBe('validator_frame');
    expect(refused.frames).toEqual([]);
  });

  it('ends at once where it is closed, whatever it was doing', async () => {
    const url = await plain(() => undefined);
    const { connection, reached } = connect(url);
    await reached('connecting');
    await connection.close();
    const other = connect(await server());
    await other.reached('connected');
    await other.connection.close();
    expect(other.connection.socket).toBeNull();
  });
});
