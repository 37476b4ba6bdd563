import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { blockJson } from '../../src-shared/chain/block-json';
import { stringifyJson } from '../../src-shared/chain/json';
import { VirtualClock } from '../clock/virtual-clock';
import { signedBlock } from '../devnet/test-network';
import { NodeClient } from './node-client';

const HASH = 'a'.repeat(64);

let server: Server;
let url = '';
let clock: VirtualClock;
let client: NodeClient;
let status: number;
let headers: Readonly<Record<string, string>>;
let answer = '';
/** What was asked: method, path and body. */
let asked: string[];
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    asked.push(`${request.method} ${request.url} ${body}`.trim());
    response.sendDate = false;
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  clock = new VirtualClock();
  client = new NodeClient(url, clock);
  status = 200;
  headers = {};
  asked = [];
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

type Field = { readonly good: string; readonly bad: readonly string[] };
type Case = {
  readonly ask: () => Promise<unknown>;
  readonly fields: Readonly<Record<string, Field>>;
};

const COUNT = { good: '7', bad: ['-1', '1.5', '"7"', 'null', 'true', '[7]', '1e400', '9007199254740993'] };
const HEIGHT = { good: '7', bad: ['-2', '1.5', '"7"', 'true', '1e400', '9007199254740993'] };
const UNITS = {
  good: '"12"',
  bad: ['"-1"', '"1.5"', '"1e3"', '" 1"', '""', 'null', '["12"]', `"${'9'.repeat(79)}"`],
};

/** Everything that is asked of a node and is no block: what each field must be, and what it must not. */
const CASES: Readonly<Record<string, Case>> = {
  status: {
    ask: () => client.status(),
    fields: {
      height: HEIGHT,
      last_hash: {
        good: `"${HASH}"`,
        bad: [`"${HASH}0"`, `"${'A'.repeat(64)}"`, `"${'g'.repeat(64)}"`, '""', 'null', '7'],
      },
      network: { good: '"devnet"', bad: [`"${'n'.repeat(65)}"`, 'null', '7', '{}'] },
      mempool_size: COUNT,
      epoch: COUNT,
    },
  },
  balance: { ask: () => client.balance('cpc1'), fields: { balance: UNITS, nonce: COUNT } },
  nonce: { ask: () => client.pendingNonce('cpc1'), fields: { nonce: COUNT } },
  receipt: {
    ask: () => client.receipt(HASH),
    fields: {
      status: { good: '"pending"', bad: ['"done"', '""', 'null', '7'] },
      block_height: { good: 'null', bad: HEIGHT.bad },
      error: { good: 'null', bad: ['7', '{}', `"${'e'.repeat(2001)}"`] },
    },
  },
  send: {
    ask: () => client.send('{}'),
    fields: {
      tx_hash: { good: `"${HASH}"`, bad: [`"${HASH}0"`, 'null', '7'] },
      status: { good: '"received"', bad: ['"ok"', '""', 'null', 'true'] },
      error: { good: 'null', bad: ['7', '{}', `"${'e'.repeat(2001)}"`] },
    },
  },
};

const json = (fields: readonly (readonly [string, string])[]) =>
  `{${fields.map(([name, value]) => `"${name}": ${value}`).join(', ')}}`;

describe.each(Object.entries(CASES))('what a node answers to %s', (_name, { ask, fields }) => {
  const good = Object.entries(fields).map(([field, value]) => [field, value.good] as const);

  it('is taken as its protocol says, with fields that are not known', async () => {
    answer = json([...good, ['more', '[1]']]);
    await expect(ask()).resolves.toBeDefined();
  });

  it.each(Object.entries(fields).flatMap(([field, { bad }]) => bad.map((value) => ({ field, value }))))(
    'is refused with $field: $value',
    async ({ field, value }) => {
      answer = json(good.map(([name, before]) => [name, name === field ? value : before]));
      await expect(ask()).rejects.toMatchObject({ code: 'node_bad_answer' });
    },
  );

  it.each(good.map(([field]) => field).filter((field) => field !== 'error'))(
    'is refused without %s',
    async (field) => {
      answer = json(good.filter(([name]) => name !== field));
      await expect(ask()).rejects.toMatchObject({ code: 'node_bad_answer' });
    },
  );
});

describe('a node', () => {
  type Ask = (signal?: AbortSignal) => Promise<unknown>;
  const ASKED: Readonly<Record<string, [ask: Ask, path: string]>> = {
    status: [(signal) => client.status(signal), 'GET /status'],
    balance: [(signal) => client.balance('cpc1', signal), 'GET /balance/cpc1'],
    nonce: [(signal) => client.pendingNonce('cpc1', signal), 'GET /nonce/cpc1?pending=true'],
    receipt: [(signal) => client.receipt(HASH, signal), `GET /tx/${HASH}/receipt`],
    send: [(signal) => client.send('{"nonce":1}', signal), 'POST /tx/send {"nonce":1}'],
    block: [(signal) => client.block(7, signal), 'GET /block/7'],
    validators: [(signal) => client.validators(signal), 'GET /validators'],
  };
  const telling = (fields: object) => {
    answer = JSON.stringify(fields);
  };

  it.each(Object.entries(ASKED))(
    'is asked for %s by the path of the protocol',
    async (_name, [ask, request]) => {
      answer = '{}';
      await expect(ask()).rejects.toMatchObject({ code: 'node_bad_answer', params: { url } });
      expect(asked).toEqual([request]);
    },
  );

  it.each(Object.entries(ASKED))('is not asked for %s once that is called off', async (_name, [ask]) => {
    await expect(ask(AbortSignal.abort(new Error('called off')))).rejects.toThrow('called off');
    expect(asked).toEqual([]);
  });

  it('tells how its chain stands, and its time where it says it', async () => {
    telling({ height: 7, last_hash: HASH, network: 'devnet', mempool_size: 0, epoch: 0 });
    const told = { height: 7, lastHash: HASH, network: 'devnet' };
    expect(await client.status()).toEqual({ ...told, dateMs: null });
    headers = { date: 'Thu, 26 Nov 2026 10:00:00 GMT' };
    expect(await client.status()).toEqual({ ...told, dateMs: Date.UTC(2026, 10, 26, 10) });
  });

  it('tells units and nonces to their last digit', async () => {
    answer = `{"balance": "${'9'.repeat(78)}", "nonce": 9007199254740991}`;
    expect(await client.balance('cpc1')).toEqual({
      units: BigInt('9'.repeat(78)),
      nonce: 9_007_199_254_740_991n,
    });
    expect(await client.pendingNonce('cpc1')).toBe(9_007_199_254_740_991n);
  });

  it('may be at the very edges of what it may say', async () => {
    for (const height of [-1, 0, Number.MAX_SAFE_INTEGER]) {
      telling({ height, last_hash: HASH, network: 'n'.repeat(64), mempool_size: 0, epoch: 0 });
      expect((await client.status()).height).toBe(height);
    }
    const error = 'e'.repeat(2000);
    telling({ status: 'failed', block_height: -1, error });
    expect(await client.receipt(HASH)).toEqual({ status: 'failed', blockHeight: -1, error });
    telling({ tx_hash: HASH, status: 'rejected', error });
    expect(await client.send('{}')).toEqual({ status: 'rejected', word: error });
  });

  it('tells of a transaction whether it is in a block, and in which', async () => {
    telling({ status: 'confirmed', block_height: 7 });
    expect(await client.receipt(HASH)).toEqual({ status: 'confirmed', blockHeight: 7, error: null });
    telling({ status: 'pending', block_height: null, error: null });
    expect(await client.receipt(HASH)).toEqual({ status: 'pending', blockHeight: null, error: null });
  });

  it('takes a transaction, or says why not', async () => {
    telling({ tx_hash: HASH, status: 'received' });
    expect(await client.send('{}')).toEqual({ status: 'received' });
    telling({ tx_hash: HASH, status: 'rejected', error: 'mempool_full' });
    expect(await client.send('{}')).toEqual({ status: 'rejected', word: 'mempool_full' });
    telling({ tx_hash: HASH, status: 'rejected' });
    expect(await client.send('{}')).toEqual({ status: 'rejected', word: '' });
  });

  it('serves blocks as they are, and validators', async () => {
    const block = signedBlock([]);
    answer = stringifyJson(blockJson(block));
    expect(await client.block(7)).toEqual(block);
    telling({ validators: [{ address: 'cpcvalcons1', pq_pub_key: '02ab', power: 3 }] });
    expect(await client.validators()).toMatchObject([
      { address: 'cpcvalcons1', publicKey: '02ab', power: 3n },
    ]);
  });

  it('has no block, and knows no transaction, where it answers 404; anything else it does not have it refuses', async () => {
    status = 404;
    answer = '{"detail":"Not Found"}';
    expect([await client.block(7), await client.receipt(HASH)]).toEqual([null, null]);
    for (const ask of [client.status(), client.send('{}'), client.balance('cpc1'), client.validators()])
      await expect(ask).rejects.toMatchObject({ code: 'node_refused', params: { url, status: 404 } });
  });

  it.each([
    [400, false],
    [428, false],
    [429, true],
    [499, false],
    [500, true],
    [503, true],
  ])('that refuses with %i, asking for no pause, is worth another try: %s', async (given, retryable) => {
    status = given;
    answer = '{}';
    await expect(client.status()).rejects.toMatchObject({
      code: 'node_refused',
      remedy: 'wait',
      retryable,
      params: { url, status: given },
    });
    expect(client.heldForMs).toBe(0);
  });

  it.each([429, 503])('that asks for a pause with %i is not asked in it', async (given) => {
    status = given;
    headers = { 'retry-after': '30' };
    const busy = { code: 'node_busy', params: { url, seconds: 30 } };
    await expect(client.status()).rejects.toMatchObject(busy);
    expect(client.heldForMs).toBe(30_000);
    await expect(client.send('{}')).rejects.toMatchObject(busy);
    expect(() => client.requireFree()).toThrow(expect.objectContaining(busy));
    expect(asked).toEqual(['GET /status']);
    await clock.advance(30_000);
    client.requireFree();
    await client.block(7).catch(() => undefined);
    expect(asked).toHaveLength(2);
  });

  it('that names a time with any other answer is not left alone for it', async () => {
    headers = { 'retry-after': '30' };
    for (status of [200, 404, 500]) await client.status().catch(() => undefined);
    expect([client.heldForMs, asked.length]).toEqual([0, 3]);
  });

  it('that is slow is said to be, by the clock that it is asked with', async () => {
    expect(client.slowMs).toBeNull();
    const slow = new NodeClient(url, clock, {
      send: async () => {
        await clock.advance(2000);
        throw new Error('gone');
      },
    });
    for (let count = 0; count < 5; count += 1) await slow.status().catch(() => undefined);
    expect(slow.slowMs).toBe(2000);
  });

  it('whose answer is a page for people is none', async () => {
    const page = { code: 'node_web_page', remedy: 'check_network', params: { url } };
    answer = ' \n<!doctype html><p>Sign in</p>';
    await expect(client.status()).rejects.toMatchObject(page);
    status = 511;
    answer = 'sign in';
    await expect(client.status()).rejects.toMatchObject(page);
    // An error's page may be any server's, a node's own among them.
    status = 502;
    answer = '<h1>Bad gateway</h1>';
    await expect(client.status()).rejects.toMatchObject({ code: 'node_refused', params: { status: 502 } });
  });

  it('whose answer is no JSON, or is nested beyond use, does not follow the protocol', async () => {
    const nested = (depth: number) =>
      `{"nonce": 1, "more": ${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
    answer = nested(64);
    expect(await client.pendingNonce('cpc1')).toBe(1n);
    for (answer of [nested(65), '{', 'null', '7', '[]'])
      await expect(client.pendingNonce('cpc1')).rejects.toMatchObject({
        code: 'node_bad_answer',
        remedy: 'open_settings',
        params: { url },
        cause: expect.any(Error),
      });
  });
});
