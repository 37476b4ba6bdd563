import { describe, expect, it, vi } from 'vitest';
import type { AppState } from '../../src-shared/state/state';
import { type TrayCommands, trayMenu } from './tray-menu';

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
  it('says the same as the window: state, the exact balance, results today', () => {
    expect(labels({}).slice(0, 3)).toEqual([
      'Mining',
      'Balance: 9.99999999992 CPC',
      'Today: 3 computed · 2 accepted · 1 proved',
    ]);
    expect(labels({ app: { ...state({}).app, locale: 'ru' } })[0]).toBe('Майнит');
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
