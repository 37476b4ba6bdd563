import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings';
import type { AppState } from '../../src-shared/state/state';
import { type TrayCommands, trayMenu, trayToolTip } from './tray-menu';

const commands = {
  open: vi.fn(),
  pause: vi.fn(),
  resume: vi.fn(),
  finish: vi.fn(),
  start: vi.fn(),
  topUp: vi.fn(),
  quit: vi.fn(),
} satisfies TrayCommands;

const NOW = new Date(2026, 10, 26, 12).getTime();

/** The slices that the menu shows. */
const state = (change: Partial<AppState>) =>
  ({
    app: { locale: 'en', time: { hours: 24, dayFirst: true } },
    settings: DEFAULT_SETTINGS,
    miner: { kind: 'mining', sinceMs: 0, lastAcceptedAtMs: 0 },
    balance: { units: '9999999999920000000', resultFeeUnits: '80000000', paysForResults: '1' },
    faucet: { available: true },
    tasks: { today: { computed: 3, accepted: 2, proved: 1 } },
    ...change,
  }) as AppState;

const labels = (change: Partial<AppState>) =>
  trayMenu(state(change), commands, NOW).map(({ label }) => label);

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
    expect(JSON.stringify(trayMenu(state(later), commands, NOW))).toBe(
      JSON.stringify(trayMenu(state({}), commands, NOW)),
    );
    expect(trayToolTip(state(later))).not.toBe(trayToolTip(state({})));
  });

  it('names each reason of a pause with its end', () => {
    const reasons = [
      { reason: 'schedule', untilMs: NOW + 3_600_000 },
      { reason: 'app', untilMs: null, by: 'blender' },
    ] satisfies Extract<AppState['miner'], { kind: 'paused' }>['reasons'];
    const paused = { kind: 'paused', sinceMs: 0, reasons } satisfies AppState['miner'];
    expect(labels({ miner: paused }).slice(1, 3)).toEqual([
      'outside the schedule, until 13:00',
      'blender runs, until it ends',
    ]);
    expect(labels({ miner: paused })).toEqual(expect.arrayContaining(['Resume', 'Pause']));
  });

  it('offers to finish apart from to pause, and then to mine on', () => {
    expect(labels({})).toEqual(expect.arrayContaining(['Pause', 'Finish the task, then stop']));
    const finishing = labels({ miner: { kind: 'finishing', sinceMs: 0 } });
    expect(finishing).toContain('Keep mining');
    expect(finishing).not.toContain('Pause');
  });

  it('offers the four pauses while mining, and to go on while paused', () => {
    const pause = trayMenu(state({}), commands, NOW).find(({ label }) => label === 'Pause');
    expect(pause?.submenu).toHaveLength(4);
    const reasons = [{ reason: 'manual' as const, untilMs: null }];
    const paused = { kind: 'paused', sinceMs: 0, reasons } satisfies AppState['miner'];
    expect(labels({ miner: paused })).toContain('Resume');
    expect(labels({ miner: paused })).not.toContain('Pause');
  });

  it('offers a top-up on a development network alone', () => {
    expect(labels({})).toContain('Top up');
    expect(labels({ faucet: { ...state({}).faucet, available: false } })).not.toContain('Top up');
  });
});
