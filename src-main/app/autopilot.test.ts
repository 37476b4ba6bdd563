import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import type { Miner } from '../open-miner';
import { startAutopilot } from './autopilot';

/** A miner on a node, as far as the autopilot looks at it; what it does is noted. */
function scene({ devnet = true } = {}) {
  const clock = new VirtualClock();
  const did: string[] = [];
  let listener: (change: string) => void = () => undefined;
  const account = { state: { state: 'none' } as { state: string } };
  const session = {
    head: { binding: {}, error: null },
    faucet: { available: devnet },
    balance: null as bigint | null,
    resultFee: 80n,
  };
  const power = {
    running: false,
    startForRun: () => {
      did.push('start');
      power.running = true;
    },
  };
  const miner = {
    account,
    keys: { create: async () => void did.push('create') },
    node: { session, failure: null, topUp: async () => void did.push('top up') },
    power,
    changes: {
      add: (told: typeof listener) => {
        listener = told;
        return () => {
          listener = () => undefined;
        };
      },
    },
  };
  const stop = startAutopilot(miner as unknown as Miner, clock, false, () => undefined); // all it looks at
  return { clock, did, account, session, power, stop, change: () => listener('node') };
}

describe('the autopilot', () => {
  it('makes one key, starts, and tops up where the balance pays for nothing, on a development network', () => {
    const { did, account, session, change } = scene();
    change();
    expect(did).toEqual(['create']);
    account.state = { state: 'ready' };
    change();
    expect(did).toEqual(['create', 'start']);
    session.balance = 79n;
    change();
    expect(did).toEqual(['create', 'start', 'top up']);
  });

  it('makes no key and spends nothing on any other network', () => {
    const { did, account, session, change } = scene({ devnet: false });
    change();
    account.state = { state: 'ready' };
    session.balance = 0n;
    change();
    expect(did).toEqual(['start']);
  });

  it('tops up no more than twice a minute, whatever the wall clock is set to', async () => {
    const { clock, did, account, session, change } = scene();
    account.state = { state: 'ready' };
    session.balance = 0n;
    change();
    clock.setWall(3_600_000);
    change();
    await clock.advance(29_999);
    change();
    expect(did.filter((one) => one === 'top up')).toHaveLength(1);
    clock.setWall(-7_200_000);
    await clock.advance(1);
    change();
    expect(did.filter((one) => one === 'top up')).toHaveLength(2);
  });

  it('starts once: what a person stops stays stopped', () => {
    const { did, account, power, change } = scene();
    account.state = { state: 'ready' };
    change();
    power.running = false;
    change();
    expect(did.filter((one) => one === 'start')).toHaveLength(1);
  });

  it('does nothing more once it was stopped', () => {
    const { did, account, session, stop, change } = scene();
    stop();
    account.state = { state: 'ready' };
    session.balance = 0n;
    change();
    expect(did).toEqual(['create']);
  });
});
