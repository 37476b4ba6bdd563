import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../clock/clock';
import { NodeClient } from './node-client';

const HASH = 'a'.repeat(64);

let server: Server;
let client: NodeClient;
let answer = '';
beforeAll(async () => {
  server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new NodeClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, systemClock);
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
