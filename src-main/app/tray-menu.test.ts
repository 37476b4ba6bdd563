import { describe, expect, it, vi } from 'vitest';
import type { AppState } from '../../src-shared/state/state';
import { type TrayCommands, trayMenu, trayToolTip } from './tray-menu';

const commands = {
  open: vi.fn(),
  pause: vi.fn(),
  resume: vi.fn(),
  topUp: vi.fn(),
  quit: vi.fn(),
} satisfies TrayCommands;

/** The slices that the menu shows. */
const state = (change: Partial<AppState>) =>
  ({
    app: { locale: 'en' },
    miner: { kind: 'mining', sinceMs: 0, lastAcceptedAtMs: 0 },
    balance: { units: '9999999999920000000', resultFeeUnits: '80000000', paysForResults: '1' },
    faucet: { available: true },
    tasks: { today: { computed: 3, accepted: 2, proved: 1 } },
    ...change,
  }) as AppState;

const labels = (change: Partial<AppState>) => trayMenu(state(change), commands).map(({ label }) => label);

describe('the tray menu', () => {
  it('says the same as the window: the state, and in the tooltip the exact balance and the results today', () => {
    expect(labels({})[0]).toBe('Mining');
    expect(labels({ app: { ...state({}).app, locale: 'ru' } })[0]).toBe('Майнит');
    expect(trayToolTip(state({})).split('\n')).toEqual([
      'ComputeChain Miner: Mining',
      'Balance: 9.99999999992 CPC',
      'Today: 3 computed · 2 accepted · 1 proved',
    ]);
  });

  it('writes the balance in the language’s way', () => {
    const russian = state({ app: { ...state({}).app, locale: 'ru' } });
    expect(trayToolTip(russian)).toContain('Баланс: 9,99999999992 CPC');
  });

  it('stays as it is from block to block: only figures change, which are not in it', () => {
    const later = {
      balance: { ...state({}).balance, units: '1' },
      tasks: { ...state({}).tasks, today: { computed: 9, accepted: 9, proved: 9 } },
    };
    expect(JSON.stringify(trayMenu(state(later), commands))).toBe(
      JSON.stringify(trayMenu(state({}), commands)),
    );
    expect(trayToolTip(state(later))).not.toBe(trayToolTip(state({})));
  });

  it('offers the four pauses while mining, and to go on while paused', () => {
    const pause = trayMenu(state({}), commands).find(({ label }) => label === 'Pause');
    expect(pause?.submenu).toHaveLength(4);
    const paused = { kind: 'paused', sinceMs: 0, reasons: [] } satisfies AppState['miner'];
    expect(labels({ miner: paused })).toContain('Resume');
    expect(labels({ miner: paused })).not.toContain('Pause');
  });

  it('offers a top-up on a development network alone', () => {
    expect(labels({})).toContain('Top up');
    expect(labels({ faucet: { ...state({}).faucet, available: false } })).not.toContain('Top up');
  });
});
