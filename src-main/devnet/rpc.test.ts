import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseBlock } from '../../src-shared/chain/block';
import { parseJson } from '../../src-shared/chain/json';
import { serializeTransaction } from '../../src-shared/chain/transaction';
import { parseValidators } from '../../src-shared/chain/validator';
import { verifyBlock } from '../../src-shared/chain/verify-block';
import { type Devnet, startDevnet } from './devnet';
import { ALICE, BOB, FAUCET, get, getJson, post, resultPayload, send, transaction } from './test-network';

let devnet: Devnet;
let url: string;

beforeAll(async () => {
  devnet = await startDevnet({ port: 0, dataFolder: null, manual: true, blockTimeSeconds: 5 });
  url = devnet.url;
});
afterAll(() => devnet.close());

describe('before the first block', () => {
  it('/status tells height −1, no hash and the network', async () => {
    expect(await getJson(url, '/status')).toEqual({
      height: -1,
      last_hash: '0'.repeat(64),
      network: 'devnet',
      mempool_size: 0,
      epoch: 0,
    });
  });

  it('there is no block 0', async () => {
    expect(await get(url, '/block/0')).toMatchObject({ status: 404, text: '{"detail":"Block not found"}' });
    expect(await devnet.produceBlock()).toBe(0);
  });
});

describe('blocks', () => {
  it('verify in every check, whatever is in them', async () => {
    await send(url, transaction(FAUCET, 0, { to: ALICE.address, amount: 10n ** 21n }));
    await devnet.produceBlock();
    await send(
      url,
      transaction(ALICE, 0, { type: 'SUBMIT_RESULT', to: null, amount: 0n, payload: resultPayload(ALICE) }),
    );
    await send(url, transaction(ALICE, 1));
    await devnet.produceBlock();
    const [validator] = parseValidators(parseJson((await get(url, '/validators')).text));
    let prevHash = '0'.repeat(64);
    for (const [expectedHeight, count] of [0, 1, 2].entries()) {
      const block = parseBlock(parseJson((await get(url, `/block/${expectedHeight}`)).text));
      expect(block.txs).toHaveLength(count);
      const { ok, hash, checks } = verifyBlock(block, {
        expectedHeight,
        prevHash,
        chainId: 'cpc-devnet-1',
        proposerPublicKey: validator?.publicKey ?? '',
        slots: { genesisTime: devnet.genesisTime, blockTimeSeconds: 5 },
        checkTxSignatures: true,
      });
      expect(checks.filter((check) => check.ok === false)).toEqual([]);
      expect(ok).toBe(true);
      prevHash = hash;
    }
    expect(await getJson(url, '/status')).toMatchObject({ height: 2, last_hash: prevHash });
  });

  it('carry big integers as bare JSON numbers', async () => {
    expect((await get(url, '/block/1')).text).toContain('"amount":1000000000000000000000,');
  });

  it.each([
    ['abc', 422, 'int_parsing'],
    ['1.5', 422, 'int_parsing'],
    ['999', 404, 'Block not found'],
    ['-1', 404, 'Block not found'],
    ['99999999999999999999', 404, 'Block not found'],
  ])('/block/%s is answered %i', async (height, status, words) => {
    const answer = await get(url, `/block/${height}`);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(words);
  });

  it('/block/abc is refused in FastAPI’s words', async () => {
    expect(JSON.parse((await get(url, '/block/abc')).text)).toEqual({
      detail: [
        {
          type: 'int_parsing',
          loc: ['path', 'height'],
          msg: 'Input should be a valid integer, unable to parse string as an integer',
          input: 'abc',
        },
      ],
    });
  });
});

describe('accounts', () => {
  it('/balance answers any string, with a decimal string', async () => {
    const address = encodeURIComponent('кто угодно');
    expect(await getJson(url, `/balance/${address}`)).toEqual({
      address: 'кто угодно',
      balance: '0',
      nonce: 0,
    });
    expect(await getJson(url, `/balance/${FAUCET.address}`)).toEqual({
      address: FAUCET.address,
      balance: String(10n ** 27n - 10n ** 21n - 21_000_000n),
      nonce: 1,
    });
  });

  it('/nonce counts the mempool unless told not to', async () => {
    await send(url, transaction(FAUCET, 1));
    await send(url, transaction(FAUCET, 3));
    const path = `/nonce/${FAUCET.address}`;
    expect(await getJson(url, path)).toEqual({ address: FAUCET.address, nonce: 2, pending: true });
    expect(await getJson(url, `${path}?pending=no`)).toEqual({
      address: FAUCET.address,
      nonce: 1,
      pending: false,
    });
    expect(await get(url, `${path}?pending=maybe`)).toMatchObject({ status: 422 });
  });
});

describe('POST /tx/send', () => {
  it('fills the gap in a queue, and then all of it goes into the chain', async () => {
    expect(await send(url, transaction(FAUCET, 2))).toMatchObject({ status: 'received' });
    await devnet.produceBlock();
    await devnet.produceBlock();
    expect(await getJson(url, `/nonce/${FAUCET.address}?pending=false`)).toMatchObject({ nonce: 4 });
  });

  it('takes integers and defaults as pydantic does, and ignores what it does not know', async () => {
    const tx = JSON.parse(serializeTransaction(transaction(FAUCET, 4)));
    const body = { ...tx, amount: '1', nonce: 4.0, gas_limit: ' 21_000 ', timestamp: 1 };
    expect(JSON.parse((await post(url, JSON.stringify(body))).text)).toMatchObject({ status: 'received' });
  });

  it.each([
    [
      '{',
      422,
      {
        type: 'json_invalid',
        loc: ['body', 1],
        ctx: { error: 'Expecting property name enclosed in double quotes' },
      },
    ],
    ['', 422, { type: 'missing', loc: ['body'], input: null }],
    ['[]', 422, { type: 'model_attributes_type', loc: ['body'], input: [] }],
    ['{}', 422, { type: 'missing', loc: ['body', 'tx_type'], input: {} }],
  ])('answers %j with %i and the reason', async (body, status, first) => {
    const answer = await post(url, body);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text).detail[0]).toMatchObject(first);
  });

  it('lists every field that is wrong, in the model’s order', async () => {
    const body = { tx_type: 'NONE', from_address: 5, amount: 1.5, nonce: null, payload: [], signature: null };
    const { detail } = JSON.parse((await post(url, JSON.stringify(body))).text);
    expect(detail.map(({ type, loc }: { type: string; loc: string[] }) => [type, loc[1]])).toEqual([
      ['enum', 'tx_type'],
      ['string_type', 'from_address'],
      ['int_from_float', 'amount'],
      ['int_type', 'nonce'],
      ['string_type', 'signature'],
      ['dict_type', 'payload'],
    ]);
    expect(detail[0].msg).toContain("'TRANSFER', 'STAKE'");
  });

  it('reads a body as JSON only if it is called so', async () => {
    const tx = serializeTransaction(transaction(ALICE, 2));
    expect((await post(url, tx, 'application/x-www-form-urlencoded')).status).toBe(422);
    expect((await post(url, tx, 'application/json; charset=utf-8')).status).toBe(200);
  });

  it('refuses what is not UTF-8, too deep or too large, and goes on', async () => {
    const bytes = await fetch(`${url}/tx/send`, {
      method: 'POST',
      body: Uint8Array.of(0xff, 0xfe),
      headers: { 'Content-Type': 'application/json' },
    });
    expect(bytes.status).toBe(400);
    expect((await post(url, '['.repeat(100_000))).status).toBe(400);
    expect((await post(url, `"${'x'.repeat(1024 * 1024)}"`)).status).toBe(413);
    expect((await post(url, '{"payload":{"x":1e999}}')).status).toBe(400);
    expect((await get(url, '/status')).status).toBe(200);
  });
});

describe('receipts', () => {
  it('go from pending to confirmed, with confirmations', async () => {
    const { tx_hash } = await send(url, transaction(ALICE, 3));
    expect(await getJson(url, `/tx/${tx_hash}/receipt`)).toMatchObject({
      tx_hash,
      status: 'pending',
      block_height: null,
      error: null,
    });
    const height = await devnet.produceBlock();
    await devnet.produceBlock();
    expect(await getJson(url, `/tx/${tx_hash}/receipt`)).toMatchObject({
      status: 'confirmed',
      block_height: height,
      confirmations: 2,
    });
  });

  it('of an unknown transaction are 404', async () => {
    expect(await get(url, '/tx/00/receipt')).toMatchObject({
      status: 404,
      text: '{"detail":"Transaction not found"}',
    });
  });

  it('stay pending for a result the chain cannot read, which is dropped without a word', async () => {
    const payload = resultPayload(ALICE, { proof: null });
    const bad = transaction(ALICE, 4, { type: 'SUBMIT_RESULT', to: null, amount: 0n, payload });
    const { tx_hash, status } = await send(url, bad);
    expect(status).toBe('received');
    await devnet.produceBlock();
    expect(await getJson(url, `/tx/${tx_hash}/receipt`)).toMatchObject({ status: 'pending' });
    expect(await getJson(url, '/status')).toMatchObject({ mempool_size: 0 });
    expect(await getJson(url, `/nonce/${ALICE.address}`)).toMatchObject({ nonce: 4 });
  });
});

describe('validators', () => {
  it('are listed with all the fields and number tokens of the reference', async () => {
    const { text } = await get(url, '/validators');
    expect(text).toContain(
      `{"epoch":0,"validators":[{"address":"${devnet.validatorAddress}","pq_pub_key":"0`,
    );
    expect(text).toContain(
      '"power":2000000000000000000000,"is_active":true,"reward_address":null,"name":null',
    );
    expect(text).toContain('"uptime_score":1.0,"performance_score":1.0,"total_penalties":0');
    expect(text).toContain(
      '"unstaking_queue":[],"commission_rate":0.1,"self_stake":0,"total_delegated":0,"delegations":[]}]}',
    );
  });

  it('are told about one by one', async () => {
    const { validatorAddress } = devnet;
    expect(await getJson(url, `/validator/${validatorAddress}`)).toMatchObject({ address: validatorAddress });
    expect(await getJson(url, `/validator/${validatorAddress}/performance`)).toMatchObject({
      missed_blocks: 0,
    });
    expect(await get(url, '/validator/nobody')).toMatchObject({
      status: 404,
      text: '{"detail":"Validator not found"}',
    });
    expect(await get(url, '/validator/nobody/performance')).toMatchObject({ status: 404 });
    expect(await getJson(url, '/validators/leaderboard')).toMatchObject({
      leaderboard: [{ rank: 1, jailed: false }],
    });
    expect(await getJson(url, '/validators/jailed')).toMatchObject({
      jailed_count: 0,
      jailed_validators: [],
    });
  });

  it('have delegators', async () => {
    const path = `/delegator/${BOB.address}`;
    const delegator = BOB.address;
    expect(await getJson(url, `${path}/delegations`)).toEqual({
      delegator,
      delegations: [],
      total_delegated: 0,
    });
    expect(await getJson(url, `${path}/rewards`)).toEqual({
      delegator,
      total_rewards: 0,
      rewards_by_epoch: [],
      current_epoch: 0,
    });
    expect(await getJson(url, `${path}/unbonding`)).toMatchObject({ total_unbonding: 0, unbonding_count: 0 });
  });
});

describe('the rest', () => {
  it('/ says what this is', async () => {
    expect(await getJson(url, '/')).toEqual({ message: 'ComputeChain Node RPC', version: '1.0' });
  });

  it('/metrics is Prometheus text', async () => {
    const { text, headers } = await get(url, '/metrics');
    expect(headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(text).toMatch(
      /^# HELP computechain_block_height Current block height\n# TYPE computechain_block_height gauge/,
    );
    expect(text).toMatch(/\ncomputechain_transactions_total\{tx_type="SUBMIT_RESULT"\} 1\.0\n/);
    expect(text).toMatch(/\ncomputechain_event_confirmations_total [1-9]\d*\.0\n/);
    expect(text).toContain('\n# TYPE computechain_validator_missed_blocks_total counter\n# HELP');
    expect(text).toMatch(/\ncomputechain_total_supply \d\.\d+e\+27\n/);
    expect(text).toMatch(/\ncomputechain_transactions_per_block_bucket\{le="\+Inf"\} \d+\.0\n/);
  });

  it('/snapshots has that of block 0', async () => {
    expect(await getJson(url, '/snapshots')).toMatchObject([
      { height: 0, network_id: 'devnet', version: '1.0.0' },
    ]);
    expect(await getJson(url, '/snapshots/0')).toMatchObject({ accounts_count: 2, validators_count: 1 });
    expect(await get(url, '/snapshots/7')).toMatchObject({
      status: 404,
      text: '{"detail":"Snapshot at height 7 not found"}',
    });
  });

  it.each([
    ['GET', '/nowhere', 404, 'Not Found'],
    ['GET', '/balance/', 404, 'Not Found'],
    ['GET', '/tx/send', 405, 'Method Not Allowed'],
    ['POST', '/status', 405, 'Method Not Allowed'],
    ['DELETE', '/events/stream', 405, 'Method Not Allowed'],
  ])('%s %s is answered %i', async (method, path, status, words) => {
    expect(await get(url, path, { method })).toMatchObject({ status, text: `{"detail":"${words}"}` });
  });

  it('sends a path with a slash too many to the one without', async () => {
    const answer = await get(url, '/status/?a=1', { redirect: 'manual' });
    expect(answer.status).toBe(307);
    expect(answer.headers.get('location')).toBe(`${url}/status?a=1`);
  });

  it('lets pages of any origin in, as the node does', async () => {
    const simple = await get(url, '/status', { headers: { Origin: 'http://page.example' } });
    expect(simple.headers.get('access-control-allow-origin')).toBe('*');
    const preflight = await get(url, '/tx/send', {
      method: 'OPTIONS',
      headers: { Origin: 'http://page.example', 'Access-Control-Request-Method': 'POST' },
    });
    expect(preflight).toMatchObject({ status: 200, text: 'OK' });
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
  });

  it('survives what is not HTTP', async () => {
    const { port } = new URL(url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.end('nonsense\r\n\r\n'));
      socket.on('close', () => resolve());
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => {
      const abandoned = request(`${url}/tx/send`, { method: 'POST', headers: { 'Content-Length': 100 } });
      abandoned.on('error', () => resolve());
      abandoned.write('{', () => abandoned.destroy());
    });
    expect((await get(url, '/%zz')).status).toBe(404);
    expect((await get(url, '/status')).status).toBe(200);
  });
});
