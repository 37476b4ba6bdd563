import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { createTask } from './market-client';

const TASK = { matrixSize: 64, iterations: 3, reward: '10.5' };
const ID = '5f0c1d8e-0000-4000-8000-0123456789ab';

const clock = new VirtualClock();
let server: Server | null = null;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)));
  server = null;
});

async function serve(listener: RequestListener): Promise<string> {
  const opened = createServer(listener);
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(opened.address() as AddressInfo).port}`;
}

/** What creating a task ends with where the market answers so. */
async function outcome(status: number, text: string, headers = {}): Promise<unknown> {
  const market = await serve((_request, response) => void response.writeHead(status, headers).end(text));
  return createTask(market, TASK, clock).catch(({ code, message }) => ({ code, message }));
}

describe('a task for the market', () => {
  it('is posted with a seed of its own, the reward as it was written, and a deadline', async () => {
    const bodies: { payload: { seed: string } }[] = [];
    const asked: (string | undefined)[] = [];
    const market = await serve((request, response) => {
      asked.push(request.method, request.url, request.headers['content-type']);
      let text = '';
      request.on('data', (chunk) => {
        text += chunk;
      });
      request.on('end', () => {
        bodies.push(JSON.parse(text));
        response.writeHead(201).end(JSON.stringify({ task_id: ID, status: 'pending', created_at: 1 }));
      });
    });
    expect(await createTask(`${market}/`, TASK, clock)).toBe(ID);
    expect(await createTask(market, TASK, clock)).toBe(ID);
    expect(asked.slice(0, 3)).toEqual(['POST', '/tasks', 'application/json']);
    expect(bodies[0]).toEqual({
      challenge_type: 'synthetic',
      payload: {
        challenge_type: 'synthetic',
        seed: expect.stringMatching(/^[0-9a-f]{64}$/),
        matrix_size: 64,
        iterations: 3,
      },
      reward: '10.5',
      deadline: Math.floor(clock.now() / 1000) + 600,
    });
    expect(bodies[0]?.payload.seed).not.toBe(bodies[1]?.payload.seed);
  });

  it.each<[string, number, string, string]>([
    ['is refused', 422, '{"error":"no"}', 'market_refused'],
    ['is sent elsewhere', 302, '', 'market_refused'],
    ['gets no JSON', 200, '<html>', 'market_bad_answer'],
    ['gets no id', 200, '{"task_id":7}', 'market_bad_answer'],
    ['gets an id that is none', 200, '{"task_id":"../x"}', 'market_bad_answer'],
    ['gets more than any answer is', 200, `{"task_id":"${ID}"}${' '.repeat(65_536)}`, 'market_bad_answer'],
  ])('that %s is said so', async (_what, status, text, code) => {
    expect(await outcome(status, text, { location: '/' })).toMatchObject({ code });
  });

  it('that nobody answers is said so, at once or after ten seconds', async () => {
    const refused = createTask('http://127.0.0.1:9', TASK, clock).catch(({ code }) => code);
    expect(await refused).toBe('market_unreachable');
    let asked: () => void = () => undefined;
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const market = await serve(() => asked());
    const silent = createTask(market, TASK, clock).catch(({ code }) => code);
    await isAsked;
    await clock.advance(10_000);
    expect(await silent).toBe('market_unreachable');
  });
});
