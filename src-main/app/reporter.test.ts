import { describe, expect, it } from 'vitest';
import { AppError, toErrorReport } from '../../src-shared/errors';
import type { RuleStatus } from '../../src-shared/pause-rules/rule-status';
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings';
import { Listeners } from '../async/listeners';
import type { Miner, MinerChange } from '../open-miner';
import { Damage } from '../storage/damage';
import { type ReportEvent, report, sentence } from './reporter';

const ADDRESS = 'cpc1exampleaddress';

const lane = (id: string) => ({ id, state: 'ready', engine: 'webgpu', adapter: null });

/** A miner as far as it is told of, and what was told. */
function scene() {
  const changes = new Listeners<MinerChange>((error) => {
    throw error;
  });
  const session = {
    head: { tip: null as null | object, clockSkewMs: null as number | null },
    client: { slowMs: null as number | null },
    balance: null as bigint | null,
    resultFee: 80n,
    faucet: { state: { state: 'idle', txHash: null as string | null, error: null as object | null } },
    usedElsewhere: null as null | object,
  };
  const jobs = {
    status: null as null | object,
    events: new Listeners<object>((error) => {
      throw error;
    }),
  };
  const status = { state: { kind: 'stopped' } as object };
  const damage = new Damage(() => undefined);
  const pauseRules = { status: [] as RuleStatus[] };
  const miner = {
    pauseRules,
    settings: { current: DEFAULT_SETTINGS },
    account: { state: { state: 'ready', address: ADDRESS }, storedIn: 'keychain' },
    compute: { status: [lane('one'), lane('two')] },
    node: { session },
    jobs,
    status,
    changes,
    journal: { onChange: () => () => undefined },
    damage: () => damage.report,
  };
  const told: ReportEvent[] = [];
  const stop = report(miner as unknown as Miner, (event) => told.push(event)); // all it looks at
  const toldOf = (change: MinerChange): ReportEvent[] => {
    const before = told.length;
    changes.tell(change);
    return told.slice(before);
  };
  return { session, jobs, status, pauseRules, damage, told, stop, toldOf };
}

describe('what is told without a window', () => {
  it('begins with what is there', () => {
    expect(scene().told.map(({ event }) => event)).toEqual(['key', 'engine', 'engine', 'state']);
  });

  it('tells of each lane once, however often anything of them changes', () => {
    const { toldOf } = scene();
    expect([...toldOf('compute'), ...toldOf('compute')]).toEqual([]);
  });

  it('tells of another program with the same key, once a transaction', () => {
    const { session, toldOf } = scene();
    session.usedElsewhere = { atMs: 1, height: 7, txHash: 'ab'.repeat(32) };
    const [event, ...more] = [...toldOf('key'), ...toldOf('key')];
    expect(more).toEqual([]);
    expect(event).toEqual({ event: 'used_elsewhere', height: 7, txHash: 'ab'.repeat(32) });
    expect(sentence(event as ReportEvent)).toMatch(/^problem +Another program uses this key.*block 7/);
    session.usedElsewhere = { atMs: 2, height: 8, txHash: 'cd'.repeat(32) };
    expect(toldOf('key')).toHaveLength(1);
  });

  it('tells of each step of a job, and of the validator where anything of its connection is new', () => {
    const { jobs, told, toldOf } = scene();
    jobs.events.tell({ jobId: 'j1', state: 'answered', resultHash: 'ab'.repeat(32), code: null });
    jobs.events.tell({ jobId: 'j2', state: 'refused', resultHash: null, code: 'busy' });
    expect(told.slice(-2).map((event) => sentence(event))).toEqual([
      'job      j1 answered: ababababab…',
      'job      j2 refused: busy',
    ]);
    const url = 'ws://127.0.0.1:8080/worker';
    jobs.status = { url, state: 'connected', sinceMs: 1, error: null, retryAtMs: null, queued: 0 };
    expect(toldOf('jobs')).toEqual([
      { event: 'validator', url, state: 'connected', reason: null, retryAtMs: null },
    ]);
    jobs.status = { ...jobs.status, queued: 3 };
    expect(toldOf('jobs')).toEqual([]);
    const error = toErrorReport(new AppError('validator_silent', 'It is silent.'));
    jobs.status = { ...jobs.status, state: 'waiting', error, retryAtMs: 60_000 };
    expect(toldOf('jobs').map((event) => sentence(event))).toEqual([
      'jobs     ws://127.0.0.1:8080/worker waiting: It is silent. The next try is at 1970-01-01T00:01:00.000Z.',
    ]);
  });

  it('names each reason of a pause with its end, and tells anew where another comes', () => {
    const { status, toldOf } = scene();
    const reasons: object[] = [{ reason: 'schedule', untilMs: 0 }];
    status.state = { kind: 'paused', reasons };
    expect(toldOf('miner').map((event) => sentence(event, () => '22:00'))).toEqual([
      'state    paused: outside the schedule, until 22:00',
    ]);
    expect(toldOf('miner')).toEqual([]);
    status.state = { kind: 'paused', reasons: [...reasons, { reason: 'app', untilMs: null, by: 'blender' }] };
    expect(toldOf('miner').map((event) => sentence(event, () => '22:00'))).toEqual([
      'state    paused: outside the schedule, until 22:00; blender runs, until it ends',
    ]);
  });

  it('says once of a rule that it can’t be judged, and that it holds nothing back', () => {
    const { pauseRules, toldOf } = scene();
    pauseRules.status = [
      { rule: 'active', judgement: { kind: 'unknown', why: 'wayland' } },
      { rule: 'battery', judgement: { kind: 'off', unable: 'no_battery' } },
      { rule: 'hot', judgement: { kind: 'unknown', why: 'asking' } },
    ];
    expect(toldOf('pauseRules').map((event) => sentence(event))).toEqual([
      "problem  Pause while the computer is in use can't be judged: this Wayland desktop does not tell. It holds nothing back.",
    ]);
    expect(toldOf('pauseRules')).toEqual([]);
  });

  it('says of damaged rows once a table, with what to do', () => {
    const { damage, toldOf } = scene();
    const add = (table: 'tasks' | 'settings') => {
      damage.add({ table, rowid: 1, reason: 'state: nonsense' });
      return toldOf('damage');
    };
    expect(add('tasks')).toMatchObject([
      { event: 'error', code: 'database_rows_damaged', remedy: 'check_disk', params: { tables: 'tasks' } },
    ]);
    expect(add('tasks')).toEqual([]);
    expect(add('settings')).toMatchObject([{ params: { rows: 3, tables: 'settings, tasks' } }]);
  });

  it('says once that the node has become slow, and that the clock is off, each way', () => {
    const { session, toldOf } = scene();
    session.client.slowMs = 4000;
    expect([...toldOf('node'), ...toldOf('node')]).toEqual([{ event: 'node_slow', answerMs: 4000 }]);
    session.client.slowMs = 3900;
    expect(toldOf('node')).toEqual([]);
    session.head.clockSkewMs = -90_000.4;
    expect([...toldOf('node'), ...toldOf('node')]).toEqual([{ event: 'clock_off', aheadMs: -90_000 }]);
    expect(sentence({ event: 'clock_off', aheadMs: -90_000 })).toContain('90 s behind');
    session.head.clockSkewMs = 90_000;
    expect(toldOf('node')).toEqual([{ event: 'clock_off', aheadMs: 90_000 }]);
  });

  it('says why a top-up failed', () => {
    const { session, toldOf } = scene();
    const error = toErrorReport(new AppError('tx_rejected', 'No block took the top-up.'));
    session.faucet.state = { state: 'failed', txHash: null, error };
    const [event] = toldOf('faucet');
    expect(event).toMatchObject({ event: 'faucet', state: 'failed', reason: { code: 'tx_rejected' } });
    expect(sentence(event as ReportEvent)).toContain('No block took the top-up.');
  });

  it.each(['insufficient_balance', 'tx_insufficient_balance'] as const)(
    'says where to send what is missing: %s',
    (code) => {
      const { status, toldOf } = scene();
      const error = toErrorReport(new AppError(code, 'Top up.', { params: { fee: '80' } }));
      status.state = { kind: 'blocked', stage: 'balance', sinceMs: 1, retryAtMs: null, error };
      const event = toldOf('miner').at(-1);
      expect(event).toMatchObject({ event: 'error', params: { fee: '80', address: ADDRESS } });
      expect(sentence(event as ReportEvent)).toContain(ADDRESS);
    },
  );

  it('says when the next try is as the system writes times', () => {
    const error = toErrorReport(new AppError('node_unreachable', 'The node is gone.'));
    const event: ReportEvent = { event: 'error', retryAtMs: 1000, ...error };
    expect(sentence(event, () => '26 Nov 2026, 17:05:03')).toContain('at 26 Nov 2026, 17:05:03.');
    expect(sentence(event)).toContain('at 1970-01-01T00:00:01.000Z.');
  });

  it('gives no address with other errors, and nothing once it was stopped', () => {
    const { status, session, stop, toldOf } = scene();
    const error = toErrorReport(new AppError('node_unreachable', 'The node is gone.'));
    status.state = { kind: 'blocked', stage: 'node', sinceMs: 1, retryAtMs: null, error };
    expect(JSON.stringify(toldOf('miner').at(-1))).not.toContain(ADDRESS);
    stop();
    session.balance = 1n;
    expect(toldOf('balance')).toEqual([]);
  });
});

it('a newer version of the app is one line', () => {
  expect(sentence({ event: 'update', version: '0.2.0' })).toBe('update   version 0.2.0 of the app is there');
});
