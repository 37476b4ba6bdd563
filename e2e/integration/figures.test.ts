import { spawnSync } from 'node:child_process';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exposition } from '../../src-main/metrics/exposition';
import { healthOf } from '../../src-main/metrics/health';
import { type MetricsServer, serveMetrics } from '../../src-main/metrics/metrics-server';
import { MINER_METRICS, minerMetrics } from '../../src-main/metrics/miner-metrics';
import { Tally } from '../../src-main/metrics/tally';
import { DevnetScene } from '../driver/miner/devnet-scene';
import { type ReadFamily, readExposition } from '../driver/world/strict-exposition';

type Answer = { readonly status: number; readonly type: string; readonly body: string };

let server: MetricsServer | null = null;
let scene: DevnetScene;
beforeEach(async () => {
  scene = await DevnetScene.open();
});
afterEach(async () => {
  await server?.close();
  server = null;
  await scene.close();
});

/** Serves the scene's miner on a free port. */
async function serve(): Promise<void> {
  const { miner } = scene;
  const metered = { miner, tally: new Tally(miner), appVersion: '1.2.3', startedAtMs: 1_000_500 };
  server = await serveMetrics({
    port: 0,
    metrics: () => exposition(minerMetrics(metered)),
    health: () => healthOf(miner.status.state),
    onError: (error) => scene.errors.push(error),
  });
}

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(`${server?.url}${path}`, { headers, method, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** What the server says on a connection of its own to these words, until it ends it. */
function spoken(words: string): Promise<string> {
  const port = Number(new URL(server?.url ?? '').port);
  return new Promise((resolve) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(words));
    socket.setEncoding('utf8');
    socket.on('data', (text) => {
      said += text;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(said));
  });
}

async function figures(): Promise<Map<string, ReadFamily>> {
  const { status, type, body } = await ask('/metrics');
  expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  return readExposition(body);
}

function figure(
  found: Map<string, ReadFamily>,
  name: string,
  labels: Record<string, string> = {},
): number | undefined {
  const wanted = JSON.stringify(labels);
  return found.get(name)?.samples.find((sample) => JSON.stringify(sample.labels) === wanted)?.value;
}

const PROMTOOL = spawnSync('promtool', ['--version']).status === 0;

describe('the figures of a miner', () => {
  it('are Prometheus text by the letter, before there is anything to tell and once there is', async () => {
    await scene.start(scene.devnet.url);
    await serve();
    const first = await figures();
    expect(figure(first, 'computechain_miner_info', { version: '1.2.3' })).toBe(1);
    expect(figure(first, 'computechain_miner_start_time_seconds')).toBe(1000.5);
    expect(figure(first, 'computechain_miner_state', { state: 'idle' })).toBe(1);
    // What is not known is not there, and no 0 stands for it.
    for (const name of [
      'temperature_celsius',
      'graphics_power_watts',
      'account_info',
      'balance_cpc',
      'validator_up',
    ])
      expect([...first.keys()]).not.toContain(`computechain_miner_${name}`);
    for (const name of first.keys()) expect(Object.keys(MINER_METRICS)).toContain(name);
  });

  it.runIf(PROMTOOL)('are what Prometheus’s own tool finds no fault with', async () => {
    await scene.fund();
    await serve();
    const { body } = await ask('/metrics');
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input: body,
      encoding: 'utf8',
    });
    expect([stdout, stderr, status]).toEqual(['', '', 0]);
  });

  it('count what is proved, and say what it took', async () => {
    await scene.fund();
    await serve();
    scene.miner.power.start();
    await scene.block();
    await scene.until('a result in the pool', () => scene.inState('in_pool').length === 1);
    expect(JSON.parse((await ask('/healthz')).body)).toMatchObject({ healthy: false, state: 'starting' });
    await scene.block();
    await scene.until('proved', () => scene.inState('proved').length === 1);
    await scene.until('mining', ({ status }) => status.state.kind === 'mining');
    const found = await figures();
    expect(figure(found, 'computechain_miner_tasks_total', { state: 'proved' })).toBe(1);
    expect(figure(found, 'computechain_miner_tasks_total', { state: 'rejected' })).toBe(0);
    expect(figure(found, 'computechain_miner_operations_total')).toBeGreaterThanOrEqual(2 * 8 ** 3);
    expect(figure(found, 'computechain_miner_state', { state: 'mining' })).toBe(1);
    const { session } = scene.miner.node;
    expect(figure(found, 'computechain_miner_balance_cpc')).toBeCloseTo(Number(session?.balance) / 1e18, 9);
    expect(figure(found, 'computechain_miner_block_height')).toBe(session?.head.tip?.block.header.height);
    expect(await ask('/healthz')).toEqual({
      status: 200,
      type: 'application/json',
      body: '{"healthy":true,"state":"mining","reason":null,"until":null}\n',
    });
  });

  it('say why no result is accepted, and until when', async () => {
    await scene.start(scene.devnet.url);
    await serve();
    scene.miner.power.start();
    await scene.until('blocked', ({ status }) => status.state.kind === 'blocked');
    const { status, body } = await ask('/healthz');
    expect(status).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ healthy: false, state: 'blocked' });
    expect(JSON.parse(body).reason).toMatch(/^key_missing: /);
    expect(
      figure(await figures(), 'computechain_miner_blocked_info', { stage: 'key', code: 'key_missing' }),
    ).toBe(1);
    scene.miner.power.pause('15m');
    await scene.until('paused', (miner) => miner.status.state.kind === 'paused');
    const paused = JSON.parse((await ask('/healthz')).body);
    expect(paused).toMatchObject({ state: 'paused', reason: 'It is paused: manual.' });
    expect(Date.parse(paused.until)).toBeGreaterThan(Date.now());
  });
});

describe('the reader of figures', () => {
  const HEAD = '# HELP a A.\n# TYPE a gauge\n';
  it.each([
    ['no end of the last line', `${HEAD}a 1`],
    ['a value without comments', 'a 1\n'],
    ['a value without HELP', '# TYPE a gauge\na 1\n'],
    ['comments without a value', HEAD],
    ['a series twice', `${HEAD}a{x="1"} 1\na{x="1"} 2\n`],
    ['a label twice', `${HEAD}a{x="1",x="2"} 1\n`],
    ['a label that is not closed', `${HEAD}a{x="1} 1\n`],
    ['an escape that there is not', `${HEAD}a{x="\\t"} 1\n`],
    ['no number', `${HEAD}a null\n`],
    ['an empty line', `${HEAD}a 1\n\n`],
    ['a counter by another name', '# HELP a A.\n# TYPE a counter\na 1\n'],
    ['a gauge by the name of a counter', '# HELP a_total A.\n# TYPE a_total gauge\na_total 1\n'],
    ['milliseconds', '# HELP a_ms A.\n# TYPE a_ms gauge\na_ms 1\n'],
    ['an info of 0', '# HELP a_info A.\n# TYPE a_info gauge\na_info 0\n'],
    ['lines apart', `${HEAD}a{x="1"} 1\n# HELP b B.\n# TYPE b gauge\nb 1\na{x="2"} 1\n`],
  ])('takes no text with %s', (_what, text) => {
    expect(() => readExposition(text)).toThrowError();
  });
});

describe('the door to the figures', () => {
  beforeEach(async () => {
    await scene.start(scene.devnet.url);
    await serve();
  });

  it('opens to this machine by its own names alone', async () => {
    for (const host of ['127.0.0.1:9', 'localhost', 'localhost:9100', '[::1]:1'])
      expect((await ask('/metrics', { host })).status, host).toBe(200);
    for (const host of ['miner.example', 'localhost.example:80', '127.0.0.1.example', '10.0.0.5', '0.0.0.0'])
      expect((await ask('/metrics', { host })).status, host).toBe(403);
  });

  it('opens to no page of a browser', async () => {
    for (const origin of ['https://example.com', 'http://127.0.0.1:3000', 'null'])
      expect((await ask('/metrics', { origin })).status, origin).toBe(403);
  });

  it('is for reading: GET and HEAD, of two paths', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await ask('/metrics', {}, method)).status, method).toBe(405);
    const head = await ask('/metrics', {}, 'HEAD');
    expect([head.status, head.body]).toEqual([200, '']);
    expect((await ask('/')).status).toBe(404);
    expect((await ask('/metrics?x=1')).status).toBe(200);
  });

  it('listens on loopback alone', () => {
    expect(server?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('keeps no more than a few connections, and none that says nothing', async () => {
    const said = await Promise.all(Array.from({ length: 40 }, () => spoken('')));
    // Beyond the bound each is dropped without a word; the others once their time is over.
    expect(said.filter((text) => text === '').length).toBeGreaterThanOrEqual(24);
    expect(said.filter((text) => text.startsWith('HTTP/1.1 408 ')).length).toBeGreaterThan(0);
    expect((await ask('/healthz')).status).toBe(503);
  });

  it('opens to nobody who gives no name, nor to what is no request', async () => {
    expect(await spoken('GET /metrics HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 /);
    expect(await spoken('GET /metrics HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(
      await spoken(`GET /metrics HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(10_000)}\r\n\r\n`),
    ).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('is refused on a port that is taken, with what to do', async () => {
    const { port } = new URL(server?.url ?? '');
    const again = serveMetrics({
      port: Number(port),
      metrics: () => '',
      health: () => healthOf(scene.miner.status.state),
      onError: () => undefined,
    });
    await expect(again).rejects.toMatchObject({
      code: 'port_in_use',
      message: expect.stringContaining('--metrics-port'),
    });
  });
});
