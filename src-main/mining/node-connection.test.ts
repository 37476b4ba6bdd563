import { describe, expect, it } from 'vitest';
import { AppError } from '../../src-shared/errors';
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings';
import { VirtualClock } from '../clock/virtual-clock';
import { NodeConnection } from './node-connection';
import type { NodeSession } from './node-session';

type Pending = { readonly resolve: (url: string) => void; readonly reject: (error: unknown) => void };

/** A connection whose built-in network starts when the test says so, and what became of its sessions. */
function open() {
  const starts: Pending[] = [];
  const sessions: { url: string; closed: boolean }[] = [];
  const clock = new VirtualClock(1000);
  let settings = DEFAULT_SETTINGS;
  const connection = new NodeConnection({
    settings: () => settings,
    builtIn: {
      start: () => new Promise((resolve, reject) => starts.push({ resolve, reject })),
      stop: async () => undefined,
    },
    openSession: (_name, url) => {
      const session = { url, closed: false };
      sessions.push(session);
      const close = () => {
        session.closed = true;
      };
      return { start: () => undefined, close } as unknown as NodeSession;
    },
    clock,
    random: Math.random,
    onChange: () => undefined,
  });
  const fail = async (error: unknown) => {
    starts.at(-1)?.reject(error);
    await clock.advance(0);
  };
  const use = (nodeUrl: string | null) => {
    settings = { ...settings, nodeUrl };
  };
  return { clock, connection, starts, sessions, use, fail };
}

describe('the connection to a node', () => {
  it('is one alone, however often it is asked for while the built-in network starts', async () => {
    const { connection, starts, sessions } = open();
    const both = [connection.connect(), connection.connect()];
    for (const { resolve } of starts) resolve('http://127.0.0.1:1');
    await Promise.all(both);
    expect(sessions).toEqual([{ url: 'http://127.0.0.1:1', closed: false }]);
  });

  it('is not disturbed by a built-in network that fails after another node was chosen', async () => {
    const { connection, starts, use } = open();
    const first = connection.connect();
    use('http://127.0.0.1:2');
    await connection.connect();
    starts[0]?.reject(new Error('port in use'));
    await first;
    expect(connection.failure).toBeNull();
    expect(connection.session).not.toBeNull();
  });

  it('says why there is none and when it tries again, and closes the old one first', async () => {
    const { connection, sessions, use } = open();
    use('http://127.0.0.1:2');
    await connection.connect();
    use(null);
    connection.builtInEnded(new AppError('internal', 'it ended'));
    expect(sessions).toEqual([{ url: 'http://127.0.0.1:2', closed: true }]);
    expect(connection.failure).toMatchObject({ error: { message: 'it ended' } });
    expect(connection.failure?.retryAtMs).toBeGreaterThan(2000);
    expect(connection.failure?.retryAtMs).toBeLessThanOrEqual(3000);
    expect(() => connection.required).toThrowError(expect.objectContaining({ code: 'node_unreachable' }));
  });

  it('starts a built-in network that ends again and again less and less often', async () => {
    const { clock, connection, starts, fail } = open();
    void connection.connect();
    for (let minute = 0; minute < 60; minute++) {
      for (let second = 0; second < 60; second++) {
        await fail(new AppError('node_unreachable', 'it ended with code 1'));
        await clock.advance(1000);
      }
    }
    expect(starts.length).toBeGreaterThan(10);
    expect(starts.length).toBeLessThan(30);
  });

  it('starts it again soon where it had run for long', async () => {
    const { clock, connection, starts } = open();
    void connection.connect();
    for (let round = 1; round <= 10; round++) {
      starts.at(-1)?.resolve('http://127.0.0.1:1');
      await clock.advance(60_000);
      connection.builtInEnded(new AppError('node_unreachable', 'it ended'));
      await clock.advance(2000);
      expect(starts).toHaveLength(round + 1);
    }
  });

  it('does not start one again that can get no better by itself, until a person asks for it', async () => {
    const { clock, connection, starts, fail } = open();
    void connection.connect();
    await fail(new AppError('database_corrupt', 'blocks are missing'));
    expect(connection.failure).toMatchObject({ error: { code: 'database_corrupt' }, retryAtMs: null });
    await clock.advance(3_600_000);
    expect(starts).toHaveLength(1);
    void connection.retry();
    expect(starts).toHaveLength(2);
  });
});
