import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src-shared/errors';
import { VirtualClock } from '../clock/virtual-clock';
import { trustAnew } from '../network/transport';
import { systemWays } from '../network/ways';
import { httpText, type Outside } from './http-text';

const FIXTURES = join(import.meta.dirname, '..', 'network', 'fixtures');
const VARIABLES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [
  name,
  name.toUpperCase(),
]);

const servers: (Server | TcpServer)[] = [];
const sockets: Socket[] = [];
const kept = { ...process.env };
beforeEach(() => {
  for (const name of [...VARIABLES, 'SSL_CERT_FILE']) delete process.env[name];
  trustAnew();
});
afterEach(async () => {
  process.env = { ...kept };
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) {
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(server: Server | TcpServer): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
const hello: Handler = (_request, response) => void response.end('hello');

const plain = (handle: Handler = hello) => listen(createServer(handle));
const secure = (certificate: string) => {
  const read = (name: string) => readFileSync(join(FIXTURES, `${name}.pem`));
  return listen(createSecureServer({ key: read('key'), cert: read(certificate) }, hello));
};

/** What a request ends with: its error's code, values and remedy. */
async function failure(
  url: string,
  outside?: Outside,
): Promise<Pick<AppError, 'code' | 'params' | 'remedy' | 'message'>> {
  try {
    await httpText(url, {}, outside);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was answered');
}

describe('each failure of the way to a node has its name and its remedy', () => {
  it('nothing answers there', async () => {
    const port = await plain();
    const server = servers.pop();
    await new Promise((resolve) => server?.close(resolve));
    expect(await failure(`http://127.0.0.1:${port}/`)).toMatchObject({ code: 'node_unreachable' });
  });

  it('the connection breaks off before the answer, or in it', async () => {
    const before = await listen(createTcpServer((socket) => socket.destroy()));
    expect(await failure(`http://127.0.0.1:${before}/`)).toMatchObject({ code: 'node_connection_lost' });
    const within = await plain((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      response.socket?.end();
    });
    expect(await failure(`http://127.0.0.1:${within}/`)).toMatchObject({ code: 'node_connection_lost' });
  });

  it('what answers is no HTTP', async () => {
    const port = await listen(createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')));
    expect(await failure(`http://127.0.0.1:${port}/`)).toMatchObject({ code: 'node_bad_answer' });
  });

  it('it speaks no https', async () => {
    expect(await failure(`https://localhost:${await plain()}/`)).toMatchObject({
      code: 'node_tls_failed',
      remedy: 'open_settings',
    });
  });

  it('its certificate is from an authority that only the system’s administrator trusts', async () => {
    const url = `https://localhost:${await secure('valid')}/`;
    expect(await failure(url)).toMatchObject({
      code: 'node_certificate_untrusted',
      remedy: 'check_certificate',
    });
    // Trusted meanwhile: the next request finds out by itself.
    process.env.SSL_CERT_FILE = join(FIXTURES, 'authority.pem');
    expect((await httpText(url)).text).toBe('hello');
  });

  it('its certificate has expired, or is another host’s', async () => {
    process.env.SSL_CERT_FILE = join(FIXTURES, 'authority.pem');
    expect(await failure(`https://localhost:${await secure('expired')}/`)).toMatchObject({
      code: 'node_certificate_expired',
      remedy: 'check_clock',
    });
    expect(await failure(`https://localhost:${await secure('other-host')}/`)).toMatchObject({
      code: 'node_certificate_wrong_host',
    });
  });

  it.each([301, 302, 303, 307, 308])(
    'it redirects with %i: where to is said, without what is secret in it',
    async (status) => {
      const port = await plain((_request, response) =>
        response.writeHead(status, { location: 'https://user:word@login.example/in?token=1' }).end(),
      );
      const error = await failure(`http://127.0.0.1:${port}/`);
      expect(error).toMatchObject({ code: 'node_redirects', params: { to: 'https://login.example/in' } });
      expect(error.message).not.toMatch(/word|token/);
    },
  );
});

describe('a request', () => {
  it.each([301, 302, 303, 307, 308])(
    'that is redirected with %i asks nobody else, who is there',
    async (status) => {
      let asked = 0;
      const elsewhere = await plain((_request, response) => {
        asked += 1;
        response.end('hello');
      });
      const port = await plain((_request, response) =>
        response.writeHead(status, { location: `http://127.0.0.1:${elsewhere}/` }).end(),
      );
      expect(await failure(`http://127.0.0.1:${port}/`)).toMatchObject({ code: 'node_redirects' });
      await expect(
        httpText(`http://127.0.0.1:${port}/tx/send`, { method: 'POST', body: '{}' }),
      ).rejects.toMatchObject({ code: 'node_redirects' });
      expect(asked).toBe(0);
      expect(await httpText(`http://127.0.0.1:${elsewhere}/`)).toMatchObject({ text: 'hello' });
    },
  );

  it('takes an answer of sixteen megabytes, as the largest block has, and none that is larger', async () => {
    const most = 500 * (32 << 10);
    const port = await plain(
      ({ url }, response) => void response.end(Buffer.alloc(most + Number(url?.slice(1)), 'x')),
    );
    expect((await httpText(`http://127.0.0.1:${port}/0`)).text).toHaveLength(most);
    expect(await failure(`http://127.0.0.1:${port}/1`)).toMatchObject({ code: 'node_bad_answer' });
  });

  it('goes over the connection of the one before it, also where another machine could not be reached since', async () => {
    const port = await plain();
    const gone = await plain();
    const server = servers.pop();
    await new Promise((resolve) => server?.close(resolve));
    let connections = 0;
    servers[0]?.on('connection', () => {
      connections += 1;
    });
    await httpText(`http://127.0.0.1:${port}/`);
    expect(await failure(`http://127.0.0.1:${gone}/`)).toMatchObject({ code: 'node_unreachable' });
    await httpText(`http://127.0.0.1:${port}/`);
    expect(connections).toBe(1);
  });

  it.each(['an answer', 'the rest of an answer'])('waits ten seconds for %s, and no longer', async (what) => {
    const clock = new VirtualClock();
    let answer: Promise<unknown> = Promise.resolve();
    await new Promise<void>((resolve, reject) => {
      plain((_request, response) => {
        if (what === 'an answer') resolve();
        else response.writeHead(200).write('hel', () => resolve());
      }).then((port) => {
        answer = failure(`http://127.0.0.1:${port}/`, { ...clock, ...systemWays });
      }, reject);
    });
    await clock.advance(9999);
    expect(clock.waiting).toBe(1);
    await clock.advance(1);
    expect(clock.waiting).toBe(0);
    expect(await answer).toMatchObject({
      code: 'node_timeout',
      remedy: 'wait',
      params: { url: expect.stringMatching(/^http:\/\/127/), seconds: 10 },
      cause: expect.any(Error),
    });
  });
});

describe('a server that asks for a pause', () => {
  it.each([
    ['7', 7000],
    [' 12 ', 12_000],
    ['Thu, 26 Nov 2026 10:00:30 GMT', 30_000],
    ['Thu, 26 Nov 2026 09:00:00 GMT', 0],
    ['999999999', 999_999_999_000],
    ['1000000000', null],
    ['soon', null],
    ['-3', null],
    ['7s', null],
    ['in 7', null],
    ['1.5', null],
  ])('by Retry-After: %s', async (text, expected) => {
    const port = await plain((_request, response) =>
      response.writeHead(429, { 'retry-after': text, date: 'Thu, 26 Nov 2026 10:00:00 GMT' }).end('later'),
    );
    expect(await httpText(`http://127.0.0.1:${port}/`)).toMatchObject({
      status: 429,
      retryAfterMs: expected,
      dateMs: Date.UTC(2026, 10, 26, 10),
    });
  });
});

describe('an answer', () => {
  /** A server that is none, and answers so; `dropped` counts the answers that were not read to their end. */
  const answering = (
    given: { status?: number; headers?: Readonly<Record<string, string>>; chunks?: readonly string[] } = {},
  ) => {
    const clock = new VirtualClock();
    const questions: Parameters<Outside['send']>[] = [];
    const scene = { clock, questions, dropped: 0 };
    const send: Outside['send'] = async (...question) => {
      questions.push(question);
      return {
        status: given.status ?? 200,
        header: (name) => given.headers?.[name] ?? null,
        body: (async function* () {
          for (const chunk of given.chunks ?? ['hello']) yield Buffer.from(chunk, 'latin1');
        })(),
        drop: () => {
          scene.dropped += 1;
        },
      };
    };
    return Object.assign(scene, { after: clock.after, send });
  };
  const NODE = 'http://node.test:8000/status';

  it('that was read leaves nothing behind: no timer, nothing to drop', async () => {
    const outside = answering();
    expect(await httpText(NODE, {}, outside)).toEqual({
      status: 200,
      text: 'hello',
      dateMs: null,
      retryAfterMs: null,
    });
    expect([outside.clock.waiting, outside.dropped]).toEqual([0, 0]);
  });

  it('may have a character in two pieces', async () => {
    expect((await httpText(NODE, {}, answering({ chunks: ['\xe2\x82', '\xac'] }))).text).toBe('€');
  });

  it('is to a question of its own kind: a body has its type, and what has none does not', async () => {
    const outside = answering();
    await httpText(NODE, {}, outside);
    await httpText(NODE, { method: 'POST', body: '{}' }, outside);
    const signal = expect.any(AbortSignal);
    expect(outside.questions).toEqual([
      [NODE, { method: 'GET', headers: {}, signal }],
      [NODE, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}', signal }],
    ]);
  });

  it.each([
    [{ status: 302, headers: { location: '/in' } }, 'node_redirects'],
    [{ chunks: ['x'.repeat(500 * (32 << 10)), 'x', 'x'] }, 'node_bad_answer'],
  ])('that is refused is dropped, as its connection would never be free again', async (given, code) => {
    const outside = answering(given);
    await expect(httpText(NODE, {}, outside)).rejects.toMatchObject({
      code,
      remedy: 'open_settings',
      params: { url: 'http://node.test:8000' },
    });
    expect([outside.clock.waiting, outside.dropped]).toEqual([0, 1]);
  });

  it.each<[number, string, string]>([
    [300, '/in?token=1', 'http://node.test:8000/in'],
    [302, 'http://', '?'],
    [399, `/${'x'.repeat(300)}`, `http://node.test:8000/${'x'.repeat(178)}`],
  ])('that sends on with %i to %s says where to', async (status, location, to) => {
    const outside = answering({ status, headers: { location } });
    await expect(httpText(NODE, {}, outside)).rejects.toMatchObject({
      code: 'node_redirects',
      params: { url: 'http://node.test:8000', to },
    });
  });

  it.each([
    [299, { location: '/in' }],
    [400, { location: '/in' }],
    [304, {}],
    // Of a proxy, and there is none.
    [407, {}],
  ])('with %i and %j sends nobody on', async (status, headers) => {
    expect((await httpText(NODE, {}, answering({ status, headers }))).status).toBe(status);
  });

  it('names no pause by a clock that it does not tell', async () => {
    const headers = { 'retry-after': 'Thu, 26 Nov 2026 10:00:30 GMT' };
    expect(await httpText(NODE, {}, answering({ status: 429, headers }))).toMatchObject({
      retryAfterMs: null,
    });
  });

  it('that was called off fails as it was called off, not as too late', async () => {
    const outside = answering();
    const ended = new AbortController();
    const asked = httpText(
      NODE,
      { signal: ended.signal },
      {
        ...outside,
        send: (_url, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new Error('broken off')));
          }),
      },
    );
    ended.abort(new Error('called off'));
    await expect(asked).rejects.toThrow('called off');
    expect(outside.clock.waiting).toBe(0);
  });
});

/** A proxy that takes whole requests and tunnels, has everything lead to one port, and keeps what it was asked. */
async function proxy(
  target: number,
  { refuses = 0 } = {},
): Promise<{ port: number; asked: string[]; auth: unknown[] }> {
  const asked: string[] = [];
  const auth: unknown[] = [];
  const note = ({ url, headers }: IncomingMessage) => {
    asked.push(url ?? '');
    auth.push(headers['proxy-authorization']);
  };
  const server = createServer((request, response) => {
    note(request);
    if (refuses > 0) response.writeHead(refuses).end();
    else if (request.url?.endsWith('/endless')) response.writeHead(200).write('…');
    else response.end(`passed on to ${target}`);
  });
  server.on('connect', (request: IncomingMessage, socket) => {
    note(request);
    if (refuses > 0) {
      socket.end(`HTTP/1.1 ${refuses} Refused\r\n\r\n`);
      return;
    }
    const onward = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    for (const end of [onward, socket]) end.on('error', () => end.destroy());
  });
  return { port: await listen(server), asked, auth };
}

describe('the proxy that the environment names', () => {
  it.each(['HTTP_PROXY', 'http_proxy', 'ALL_PROXY'])(
    'is used where %s says so, with its password',
    async (name) => {
      const through = await proxy(1);
      process.env[name] = `http://me:se%20cret@127.0.0.1:${through.port}`;
      expect((await httpText('http://node.example:8000/status')).text).toBe('passed on to 1');
      expect(through.asked).toEqual(['http://node.example:8000/status']);
      expect(through.auth).toEqual([`Basic ${Buffer.from('me:se cret').toString('base64')}`]);
    },
  );

  it('may be written without its scheme', async () => {
    const through = await proxy(1);
    process.env.HTTP_PROXY = `127.0.0.1:${through.port}`;
    expect((await httpText('http://node.example/')).text).toBe('passed on to 1');
  });

  it('carries https: in a tunnel, whose other end is checked as ever', async () => {
    const through = await proxy(await secure('other-host'));
    process.env.HTTPS_PROXY = `http://127.0.0.1:${through.port}`;
    process.env.SSL_CERT_FILE = join(FIXTURES, 'authority.pem');
    expect((await httpText('https://elsewhere.test/')).text).toBe('hello');
    expect(through.asked).toEqual(['elsewhere.test:443']);
    expect(await failure('https://node.example/')).toMatchObject({ code: 'node_certificate_wrong_host' });
  });

  it.each(['*', 'node.example', '.example', 'other,node.example:8000'])(
    'is passed by where NO_PROXY is %s',
    async (none) => {
      const through = await proxy(1);
      process.env.HTTP_PROXY = `http://127.0.0.1:${through.port}`;
      process.env.NO_PROXY = none;
      await failure('http://node.example:8000/').catch(() => undefined);
      expect(through.asked).toEqual([]);
    },
  );

  it('is never asked for this machine itself', async () => {
    const through = await proxy(1);
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'])
      process.env[name] = `http://127.0.0.1:${through.port}`;
    const port = await plain();
    for (const host of ['127.0.0.1', 'localhost'])
      expect((await httpText(`http://${host}:${port}/`)).text).toBe('hello');
    expect(through.asked).toEqual([]);
  });

  it('lets a stream that does not end hold up nothing else', async () => {
    const through = await proxy(1);
    process.env.HTTP_PROXY = `http://127.0.0.1:${through.port}`;
    const ended = new AbortController();
    const stream = httpText('http://node.example/endless', { signal: ended.signal });
    expect((await httpText('http://node.example/status')).text).toBe('passed on to 1');
    ended.abort();
    await expect(stream).rejects.toThrow();
  });

  it('is named where it is down or refuses, without its password', async () => {
    const gone = await plain();
    const server = servers.pop();
    await new Promise((resolve) => server?.close(resolve));
    process.env.ALL_PROXY = `http://me:secret@127.0.0.1:${gone}`;
    for (const url of ['http://node.example/', 'https://node.example/']) {
      const error = await failure(url);
      expect(error).toMatchObject({
        code: 'proxy_unreachable',
        remedy: 'check_proxy',
        params: { proxy: `http://127.0.0.1:${gone}` },
      });
      expect(JSON.stringify([error.message, error.params])).not.toContain('secret');
    }
    for (const refuses of [403, 407]) {
      const closed = await proxy(1, { refuses });
      process.env.ALL_PROXY = `http://me:secret@127.0.0.1:${closed.port}`;
      const error = await failure('https://node.example/');
      expect(error).toMatchObject({
        code: 'proxy_refused',
        params: { proxy: `http://127.0.0.1:${closed.port}` },
      });
      expect(JSON.stringify([error.message, error.params])).not.toContain('secret');
    }
  });

  it('is said to want a password where that is why it refuses', async () => {
    const refusing = async (refuses: number) => {
      process.env.ALL_PROXY = `http://127.0.0.1:${(await proxy(1, { refuses })).port}`;
    };
    await refusing(407);
    for (const url of ['http://node.example/', 'https://node.example/'])
      expect(await failure(url)).toMatchObject({
        code: 'proxy_refused',
        remedy: 'check_proxy',
        params: { detail: 'it wants a password' },
      });
    await refusing(403);
    const { params } = await failure('https://node.example/');
    expect(params.detail).not.toContain('password');
  });

  it.each(['socks5://127.0.0.1:1080', 'http://', 'ftp://proxy'])('is refused as %s', async (named) => {
    process.env.HTTP_PROXY = named;
    expect(await failure('http://node.example/')).toMatchObject({
      code: 'proxy_invalid',
      params: { variable: 'HTTP_PROXY' },
    });
  });
});
