import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, type SettingName, type Settings } from '../../src-shared/settings/settings';
import { VirtualClock } from '../clock/virtual-clock';
import { FakeMachine } from '../machine/fake-machine';
import { known, unknown } from '../machine/machine';
import { PauseRules } from './pause-rules';

/** The rules on a machine of a test's own, mining as long as nothing holds. */
function scene(set: Partial<Settings> = {}) {
  const clock = new VirtualClock(new Date(2026, 10, 27, 12).getTime());
  const machine = new FakeMachine();
  const listeners = new Map<SettingName, () => void>();
  const settings = {
    current: { ...DEFAULT_SETTINGS, ...set } as Settings,
    watch: <N extends SettingName>(name: N, listener: (value: Settings[N]) => void) => {
      listeners.set(name, () => listener(settings.current[name]));
      return () => listeners.delete(name);
    },
  };
  const state = { isOn: true };
  const held = vi.fn();
  const changed = vi.fn();
  const rules: PauseRules = new PauseRules({
    machine,
    settings,
    clock,
    isOn: () => state.isOn,
    isComputing: () => state.isOn && rules.holding.length === 0,
    onHold: held,
    onChange: changed,
  });
  const change = (to: Partial<Settings>) => {
    settings.current = { ...settings.current, ...to };
    for (const name of Object.keys(to)) listeners.get(name as SettingName)?.(); // its own keys
  };
  const turn = (isOn: boolean) => {
    state.isOn = isOn;
    rules.look();
  };
  const judgement = (rule: string) => rules.status.find((status) => status.rule === rule)?.judgement;
  return { clock, machine, rules, held, changed, change, turn, judgement };
}

const ACTIVE = { pauseWhenActive: true } as const;

describe('pause rules', () => {
  it('hold within a second of what they are for, each of them, and end with it', async () => {
    const { clock, machine, rules, held } = scene({
      ...ACTIVE,
      pauseOnBattery: true,
      pauseFullScreen: true,
      pauseForApps: true,
      pauseApps: ['blender'],
      pauseWhenHot: true,
    });
    const quiet = () => {
      machine.facts.idleSeconds = known(600);
      machine.facts.film = known(false);
      machine.facts.power = known('mains');
      machine.facts.fullScreen = known(false);
      machine.facts.apps = known(new Set(['init']));
      machine.facts.temperatureC = known(50);
    };
    quiet();
    rules.look();
    await clock.advance(0);
    const cases = [
      ['active', () => (machine.facts.idleSeconds = known(0))],
      ['battery', () => (machine.facts.power = known('battery'))],
      ['fullScreen', () => (machine.facts.fullScreen = known(true))],
      ['app', () => (machine.facts.apps = known(new Set(['blender'])))],
      ['hot', () => (machine.facts.temperatureC = known(90))],
    ] as const;
    for (const [reason, begin] of cases) {
      expect([reason, rules.holding]).toEqual([reason, []]);
      held.mockClear();
      begin();
      await clock.advance(1000);
      expect(rules.holding.map((pause) => pause.reason)).toEqual([reason]);
      expect(held).toHaveBeenCalledOnce();
      quiet();
      await clock.advance(180_000);
    }
  });

  it('are asked about only while their switch and mining are on', async () => {
    const { clock, machine, rules, change, turn } = scene();
    rules.look();
    await clock.advance(60_000);
    expect([machine.asked.size, clock.waiting]).toEqual([0, 0]);
    change({ pauseOnBattery: true });
    await clock.advance(10_000);
    expect([...machine.asked.keys()]).toEqual(['power']);
    turn(false);
    const asked = machine.asked.get('power');
    await clock.advance(60_000);
    expect([machine.asked.get('power'), clock.waiting]).toEqual([asked, 0]);
  });

  it('let nothing begin before each was judged once, nor wait for ever for an answer', async () => {
    const { clock, machine, rules } = scene(ACTIVE);
    machine.silent.add('idleSeconds');
    rules.look();
    expect(rules.isSettled).toBe(false);
    await clock.advance(2000);
    expect([rules.isSettled, rules.holding]).toEqual([true, []]);
  });

  it('that this machine can’t judge hold nothing, and say so, also while they are off', async () => {
    const { clock, machine, rules, judgement } = scene(ACTIVE);
    machine.facts.temperatureC = known(40);
    rules.open();
    rules.look();
    await clock.advance(0);
    expect(rules.holding).toEqual([]);
    expect(judgement('active')).toEqual({ kind: 'unknown', why: 'no_display' });
    expect(judgement('battery')).toEqual({ kind: 'off', unable: 'no_battery' });
    expect(judgement('hot')).toEqual({ kind: 'off', unable: null });
  });

  it('hold by the schedule to the second, whatever the clock is set to', async () => {
    const noonFriday = { days: [5], fromMinute: 9 * 60, toMinute: 13 * 60 };
    const { clock, rules } = scene({ pauseOutsideSchedule: true, pauseSchedule: [noonFriday] });
    rules.look();
    await clock.advance(3_599_000);
    expect(rules.holding).toEqual([]);
    await clock.advance(1500);
    expect(rules.holding).toEqual([{ reason: 'schedule', untilMs: new Date(2026, 11, 4, 9).getTime() }]);
    clock.setWall(-3_600_000);
    await clock.advance(5000);
    expect(rules.holding).toEqual([]);
  });

  it('are heard of at once where the machine tells of a change', async () => {
    const { clock, machine, rules } = scene({ pauseOnBattery: true });
    machine.facts.power = known('mains');
    rules.look();
    await clock.advance(0);
    machine.facts.power = known('battery');
    machine.tell('power');
    await clock.advance(0);
    expect(rules.holding).toEqual([{ reason: 'battery', untilMs: null }]);
  });

  it('tell of a change only where there is one', async () => {
    const { clock, machine, rules, changed } = scene({ pauseOnBattery: true });
    machine.facts.power = known('mains');
    rules.look();
    await clock.advance(0);
    changed.mockClear();
    await clock.advance(60_000);
    expect(changed).not.toHaveBeenCalled();
  });
});

describe('a person who wants mining to go on', () => {
  it('overrides a rule until it is free again, and no longer', async () => {
    const { clock, machine, rules, judgement } = scene({ pauseOnBattery: true });
    machine.facts.power = known('battery');
    rules.look();
    await clock.advance(0);
    rules.override();
    expect(rules.holding).toEqual([]);
    expect(judgement('battery')).toMatchObject({ kind: 'holds', overridden: true });
    machine.facts.power = known('mains');
    await clock.advance(1000);
    machine.facts.power = known('battery');
    await clock.advance(1000);
    expect(rules.holding).toEqual([{ reason: 'battery', untilMs: null }]);
  });

  it('ends what is true no more, and does not override heat', async () => {
    const { clock, machine, rules } = scene({ pauseWhenHot: true });
    machine.facts.temperatureC = known(95);
    rules.look();
    await clock.advance(0);
    rules.override();
    expect(rules.holding).toEqual([{ reason: 'hot', untilMs: null }]);
    machine.facts.temperatureC = known(80);
    await clock.advance(5000);
    expect(rules.holding).toHaveLength(1);
    rules.override();
    expect(rules.holding).toEqual([]);
  });

  it('and sets a rule otherwise has it judged afresh', async () => {
    const { clock, machine, rules, change } = scene(ACTIVE);
    machine.facts.idleSeconds = known(100);
    machine.facts.film = known(false);
    rules.look();
    await clock.advance(0);
    rules.override();
    change({ pauseIdleMinutes: 1 });
    expect(rules.holding).toEqual([]);
    change({ pauseIdleMinutes: 5 });
    expect(rules.holding).toEqual([{ reason: 'active', untilMs: null }]);
  });

  it('may be gone before an answer comes', async () => {
    const { clock, machine, rules, changed } = scene(ACTIVE);
    machine.facts.idleSeconds = unknown('failed');
    rules.open();
    rules.look();
    rules.close();
    changed.mockClear();
    await clock.advance(60_000);
    expect([changed.mock.calls.length, clock.waiting]).toEqual([0, 0]);
  });
});
