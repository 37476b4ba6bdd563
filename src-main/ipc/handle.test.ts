import { describe, expect, it, vi } from 'vitest';
import { type Channel, CONTRACT, type Role } from '../../src-shared/ipc/contract';
import type { Envelope } from '../../src-shared/ipc/envelope';
import { type Handlers, handleAll, type Sender } from './handle';

const ORIGINS: Record<Role, string> = { ui: 'app://ui', compute: 'app://compute' };
const CHANNELS = Object.keys(CONTRACT) as Channel[];

/** A payload each channel takes. */
const GOOD: Partial<Record<Channel, unknown>> = {
  'app:copySecret': { text: 'x' },
  'app:copyText': { text: 'x' },
  'app:licences': undefined,
  'updates:look': undefined,
  'updates:download': undefined,
  'updates:install': undefined,
  'updates:postpone': undefined,
  'app:zoom': { zoom: 'in' },
  'settings:update': { theme: 'dark' },
  'node:test': { url: 'http://127.0.0.1:1' },
  'key:replace': { lost: 'x' },
  'key:create': { name: '' },
  'key:import': { privateKey: 'x', name: '' },
  'key:restore': { backup: 'x', passphrase: 'x', name: 'x' },
  'key:backUp': { address: 'x', passphrase: 'x'.repeat(8) },
  'key:checkBackup': { address: 'x', backup: 'x', passphrase: 'x' },
  'key:checkWritten': { address: 'x', privateKey: 'x' },
  'key:reveal': { address: 'x' },
  'key:importFile': { name: 'x' },
  'key:rename': { address: 'x', name: 'x' },
  'key:use': { address: 'x' },
  'key:forget': { address: 'x' },
  'wallet:account': { address: 'x' },
  'wallet:review': { kind: 'transfer', from: 'x', to: 'x', amount: '1' },
  'wallet:send': {
    kind: 'transfer',
    orderId: 'x',
    from: 'x',
    chainId: 'x',
    feeUnits: '1',
    to: 'x',
    amountUnits: '1',
  },
  'validator:keepToken': { validator: 'x', token: 'x' },
  'validator:forgetToken': { validator: 'x' },
  'market:create': { matrixSize: 64, iterations: 1, reward: '10.0' },
  'miner:pause': { preset: '1h' },
  'graphics:measure': { lane: 'lane-0' },
  'graphics:release': { lane: 'lane-0' },
  'request:cancel': { requestId: 'x' },
  'doctor:examine': { checks: ['compute'] },
  'doctor:save': { atMs: 1, findings: [] },
  'log:read': { levels: ['error'], search: '' },
  'tasks:list': { states: null, search: '', offset: 0, limit: 10 },
  'tasks:trail': { taskId: 'x' },
  'tasks:saveReceipt': { taskId: 'x' },
  'history:series': { span: 'hour' },
  'history:results': { days: 7 },
  'tasks:export': { states: null, search: '', format: 'csv' },
  'blocks:lookup': { by: 'latest' },
  'results:audit': { height: 1, txHash: 'a'.repeat(64), mode: 'sampled' },
};

type Answer = (sender: Sender, payload: unknown, requestId: unknown) => Promise<Envelope<unknown>>;

function wire() {
  const called = vi.fn();
  const refused = vi.fn();
  const answers = new Map<Channel, Answer>();
  const handlers = Object.fromEntries(CHANNELS.map((channel) => [channel, () => called(channel)]));
  // Handlers that answer nothing: enough to see who gets through.
  handleAll(
    (channel, answer) => answers.set(channel, answer),
    ORIGINS,
    handlers as unknown as Handlers,
    refused,
  );
  const call = async (channel: Channel, sender: Sender, payload: unknown) => {
    const answer = answers.get(channel);
    if (answer === undefined) throw new Error(`${channel} is not registered`);
    return answer(sender, payload, undefined);
  };
  return { call, called, refused };
}

const goodSender = (role: Role): Sender => ({
  window: 1,
  role,
  frame: { origin: ORIGINS[role], isMain: true },
});
const other = (role: Role): Role => (role === 'ui' ? 'compute' : 'ui');

describe.each(CHANNELS)('%s', (channel) => {
  const { role } = CONTRACT[channel];

  it('lets its own role through', async () => {
    const { call, called } = wire();
    const answer = await call(channel, goodSender(role), GOOD[channel]);
    // Cancelling is done by `handleAll` itself.
    if (channel === 'request:cancel') expect(answer).toEqual({ ok: true, value: undefined });
    else expect(called).toHaveBeenCalledWith(channel);
  });

  it.each<[string, Sender]>([
    ['the other role', goodSender(other(role))],
    [
      'a page that is not ours',
      { window: 1, role: undefined, frame: { origin: ORIGINS[role], isMain: true } },
    ],
    ['another origin', { window: 1, role, frame: { origin: 'https://evil.example', isMain: true } }],
    ['an opaque origin', { window: 1, role, frame: { origin: 'null', isMain: true } }],
    ['a subframe', { window: 1, role, frame: { origin: ORIGINS[role], isMain: false } }],
    ['a frame that is gone', { window: 1, role, frame: null }],
  ])('refuses %s', async (_who, sender) => {
    const { call, called, refused } = wire();
    const answer = await call(channel, sender, GOOD[channel]);
    expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(called).not.toHaveBeenCalled();
    expect(refused).toHaveBeenCalledOnce();
  });

  it.each<[string, unknown]>([
    ['a payload of another type', 42],
    [
      'a payload with a wrong field',
      {
        text: 1,
        url: 2,
        privateKey: 3,
        preset: 4,
        taskId: 5,
        lane: 6,
        requestId: 7,
        by: 6,
        height: '7',
        runId: 'x',
        theme: 8,
      },
    ],
    ['an oversize payload', oversize(channel)],
  ])('refuses %s', async (_what, payload) => {
    const { call, called } = wire();
    const answer = await call(channel, goodSender(role), payload);
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid_request' } });
    expect(called).not.toHaveBeenCalled();
  });
});

it('hands on only what the contract names', async () => {
  const answers = new Map<Channel, Answer>();
  const handlers = { 'key:create': () => ({ address: 'cpc1', privateKey: 'secret' }) };
  handleAll(
    (channel, answer) => answers.set(channel, answer),
    ORIGINS,
    handlers as unknown as Handlers,
    () => undefined,
  );
  expect(await answers.get('key:create')?.(goodSender('ui'), { name: '' }, undefined)).toEqual({
    ok: true,
    value: { address: 'cpc1' },
  });
});

/** The channel's payload with its longest text, list or number blown up. */
function oversize(channel: Channel): unknown {
  const long = 'x'.repeat(3 << 20);
  const good = GOOD[channel];
  if (good === undefined) return { text: long };
  const blown = Object.entries(good as Record<string, unknown>).map(([name, value]) => [
    name,
    typeof value === 'number' ? 1e300 : long,
  ]);
  return Object.fromEntries(blown);
}
