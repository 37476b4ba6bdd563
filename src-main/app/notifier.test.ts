import { describe, expect, it } from 'vitest';
import { toErrorReport } from '../../src-shared/errors';
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings';
import type { AppState } from '../../src-shared/state/state';
import { VirtualClock } from '../clock/virtual-clock';
import { Notifier } from './notifier';

const MINING: AppState['miner'] = { kind: 'mining', sinceMs: 0, lastAcceptedAtMs: 0 };
const STARTING: AppState['miner'] = { kind: 'starting', sinceMs: 0 };
const BLOCKED: AppState['miner'] = {
  kind: 'blocked',
  sinceMs: 0,
  stage: 'node',
  error: toErrorReport(new Error('gone')),
  retryAtMs: null,
};

type Change = {
  miner?: AppState['miner'];
  pays?: string | null;
  quarantined?: number | null;
  update?: string | null;
  postponedUntilMs?: number | null;
  settings?: object;
};

function scene() {
  const clock = new VirtualClock();
  const told: string[] = [];
  const kept = new Map<string, unknown>();
  const store = {
    get: (name: string) => kept.get(name) as never, // what was set
    set: (name: string, value: unknown) => void kept.set(name, value),
  };
  const open = () => new Notifier({ show: (kind) => told.push(kind), store, clock });
  let notifier = open();
  const look = (change: Change) => {
    const { miner = STARTING, pays = '1000', quarantined = null, update = null, settings = {} } = change;
    const found = update === null ? null : { version: update };
    const lanes = [{ id: 'lane-0', quarantinedSinceMs: quarantined }];
    const state = {
      settings: { ...DEFAULT_SETTINGS, ...settings },
      miner,
      balance: { paysForResults: pays },
      compute: { lanes },
      updates: { found, postponedUntilMs: change.postponedUntilMs ?? null },
    };
    notifier.look(state as unknown as AppState); // all that is looked at
  };
  const restart = () => {
    notifier = open();
  };
  return { clock, told, look, restart };
}

describe('a person is told', () => {
  it('of the first accepted result, once in the life of a profile, and of no other', () => {
    const { told, look, restart } = scene();
    look({});
    look({ miner: MINING });
    look({ miner: STARTING });
    look({ miner: MINING });
    restart();
    look({ miner: MINING });
    expect(told).toEqual(['firstResult']);
  });

  it('where nothing was computed for five minutes, once until it goes on', async () => {
    const { clock, told, look } = scene();
    look({ miner: MINING });
    told.length = 0;
    look({ miner: BLOCKED });
    await clock.advance(4 * 60_000);
    look({ miner: STARTING });
    look({ miner: BLOCKED });
    expect(told).toEqual([]);
    await clock.advance(60_000);
    expect(told).toEqual(['blocked']);
    look({ miner: BLOCKED });
    await clock.advance(60 * 60_000);
    expect(told).toEqual(['blocked']);
    look({ miner: MINING });
    look({ miner: BLOCKED });
    await clock.advance(4 * 60_000);
    look({ miner: { kind: 'idle', sinceMs: 0 } });
    await clock.advance(60 * 60_000);
    expect(told).toEqual(['blocked']);
  });

  it('of a balance that runs out, once until it was filled up', () => {
    const { told, look } = scene();
    for (const pays of ['100', '99', '98', '150', '99', '200', '99', null, '5']) look({ pays });
    expect(told).toEqual(['lowBalance', 'lowBalance']);
    look({ pays: '500' });
    look({ pays: '1', miner: { kind: 'idle', sinceMs: 0 } });
    expect(told).toHaveLength(2);
  });

  it('of a card that is put out of use, once each time', () => {
    const { told, look } = scene();
    for (const quarantined of [null, 7, 7, null, 9]) look({ quarantined });
    expect(told).toEqual(['quarantine', 'quarantine']);
  });

  it('of each newer version once, and not while it is put off', () => {
    const { told, look } = scene();
    look({ update: '0.2.0', postponedUntilMs: 1 });
    expect(told).toEqual([]);
    for (const update of [null, '0.2.0', '0.2.0', null, '0.2.0', '0.3.0']) look({ update });
    expect(told).toEqual(['update', 'update']);
  });

  it('of nothing that was switched off', async () => {
    const { clock, told, look } = scene();
    const settings = {
      notifyFirstResult: false,
      notifyBlocked: false,
      notifyLowBalance: false,
      notifyQuarantine: false,
      notifyUpdate: false,
    };
    look({ miner: MINING, pays: '1', quarantined: 3, update: '0.2.0', settings });
    look({ miner: BLOCKED, settings });
    await clock.advance(60 * 60_000);
    expect(told).toEqual([]);
  });
});
