import type { Pause } from '../../src-shared/mining/pause';
import { PAUSE_RULES, type PauseRule } from '../../src-shared/pause-rules/pause-rule';
import type { Judgement, RuleStatus, UnknownReason } from '../../src-shared/pause-rules/rule-status';
import type { Clock } from '../clock/clock';
import type { Machine } from '../machine/machine';
import type { SettingsStore } from '../storage/settings-store';
import { FactWatch } from './fact-watch';
import type { Facts, Past } from './judge';
import { openHours } from './open-hours';
import { RULES } from './rules';

type Parts = {
  readonly machine: Machine;
  readonly settings: Pick<SettingsStore, 'current' | 'watch'>;
  readonly clock: Clock;
  /** Whether mining is on, paused or not: else no rule is looked at. */
  readonly isOn: () => boolean;
  /** Whether something may be computing now. */
  readonly isComputing: () => boolean;
  /** A rule that was free holds from now on. */
  readonly onHold: () => void;
  /** What a rule comes to is something else. */
  readonly onChange: () => void;
};

type Fact = keyof Machine;

// Times come by the wall clock, which may be set: they are looked at so often at least.
const LONGEST_WAIT_MS = 5000;
const SHORTEST_WAIT_MS = 50;

/** The rules that a person switched on, judged as long as mining is on, by what the machine answers. */
export class PauseRules {
  readonly #parts: Parts;
  readonly #watches = new Map<Fact, FactWatch<unknown>>();
  readonly #past = new Map<PauseRule, Past>();
  readonly #overridden = new Set<PauseRule>();
  /** Why rules that are off could not be judged, by the first answers. */
  readonly #unable = new Map<Fact, UnknownReason | null>();
  readonly #first: FactWatch<unknown>[] = [];
  readonly #stopSettings: readonly (() => void)[];
  #callOff: (() => void) | null = null;
  #told = '';
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#stopSettings = PAUSE_RULES.flatMap((rule) =>
      [RULES[rule].switch, ...RULES[rule].values].map((name) =>
        parts.settings.watch(name, () => this.#setAnew(rule)),
      ),
    );
  }

  /** Finds out, once, which rules this machine can judge. */
  open(): void {
    for (const fact of FACTS) this.#askOnce(fact);
  }

  /** The rules that hold the miner back now, but for those that a person overrode. */
  get holding(): Pause[] {
    return this.status.flatMap(({ rule, judgement }): Pause[] => {
      if (judgement.kind !== 'holds' || judgement.overridden) return [];
      const { untilMs, by } = judgement;
      return [{ reason: rule, untilMs, ...(by === null ? {} : { by }) }];
    });
  }

  /** What each rule comes to. */
  get status(): RuleStatus[] {
    return PAUSE_RULES.map((rule) => ({ rule, judgement: this.#judgementOf(rule) }));
  }

  /** Whether each rule that is on has been judged once: before, nothing is to be begun that it may stop at once. */
  get isSettled(): boolean {
    return this.#rulesOn.every((rule) => {
      const judgement = this.#past.get(rule)?.judgement;
      return judgement !== undefined && !(judgement.kind === 'unknown' && judgement.why === 'asking');
    });
  }

  /** Mining was switched on or off, or began or ended to compute. */
  look(): void {
    if (this.#isClosed) return;
    const wanted = new Set(this.#rulesOn.flatMap((rule) => RULES[rule].facts));
    for (const [fact, watch] of this.#watches) {
      if (wanted.has(fact)) watch.hurry();
      else this.#unwatch(fact);
    }
    for (const fact of wanted) if (!this.#watches.has(fact)) this.#watches.set(fact, this.#watch(fact));
    this.#judgeAll();
  }

  /**
   * A person wants mining to go on: what was true and is no more ends, and what is true holds nothing back until it is
   * false for once; but for what spares the machine.
   */
  override(): void {
    this.#judgeAll({ overrides: true });
  }

  close(): void {
    this.#isClosed = true;
    this.#callOff?.();
    for (const stop of this.#stopSettings) stop();
    for (const fact of [...this.#watches.keys()]) this.#unwatch(fact);
    for (const watch of this.#first) watch.close();
  }

  get #rulesOn(): readonly PauseRule[] {
    const { isOn, settings } = this.#parts;
    return isOn() ? PAUSE_RULES.filter((rule) => settings.current[RULES[rule].switch]) : [];
  }

  #watch(fact: Fact): FactWatch<unknown> {
    const { machine, clock, isComputing } = this.#parts;
    return new FactWatch<unknown>({
      probe: machine[fact],
      clock,
      isComputing,
      onReading: () => this.#judgeAll(),
    });
  }

  #unwatch(fact: Fact): void {
    this.#watches.get(fact)?.close();
    this.#watches.delete(fact);
  }

  /** A rule that is set otherwise is judged as if it were new. */
  #setAnew(rule: PauseRule): void {
    this.#past.delete(rule);
    this.#overridden.delete(rule);
    this.look();
  }

  /** @param overrides what holds is overridden, and judged as if it were new */
  #judgeAll({ overrides = false } = {}): void {
    if (this.#isClosed) return;
    const { settings, clock, onHold } = this.#parts;
    const before = new Set(this.holding.map(({ reason }) => reason));
    const on = new Set(this.#rulesOn);
    const facts = this.#facts;
    for (const rule of PAUSE_RULES) {
      if (!on.has(rule)) {
        this.#past.delete(rule);
        this.#overridden.delete(rule);
        continue;
      }
      const past = this.#past.get(rule) ?? null;
      const judgement = RULES[rule].judge(facts, settings.current, overrides ? null : past, clock);
      this.#past.set(rule, pastOf(judgement, past, clock.monotonic()));
      if (judgement.kind !== 'holds') this.#overridden.delete(rule);
      else if (overrides && RULES[rule].canOverride) this.#overridden.add(rule);
    }
    this.#lookAgain();
    if (this.holding.some(({ reason }) => !before.has(reason))) onHold();
    this.#tell();
  }

  #tell(): void {
    const told = JSON.stringify([this.status, this.isSettled]);
    if (this.#isClosed || told === this.#told) return;
    this.#told = told;
    for (const watch of this.#watches.values()) watch.hurry();
    this.#parts.onChange();
  }

  /** Some rules change with time alone: where they end, and where the schedule's hours do. */
  #lookAgain(): void {
    this.#callOff?.();
    const { settings, clock } = this.#parts;
    const now = clock.now();
    const ends = this.#rulesOn.flatMap((rule) => {
      if (rule === 'schedule')
        return openHours(settings.current.pauseSchedule, now).untilMs ?? now + LONGEST_WAIT_MS;
      const judgement = this.#past.get(rule)?.judgement;
      return judgement?.kind === 'holds' ? (judgement.untilMs ?? []) : [];
    });
    const waitMs = Math.min(Math.max(Math.min(...ends) - now, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
    this.#callOff = ends.length === 0 ? null : clock.after(waitMs, () => this.#judgeAll());
  }

  get #facts(): Facts {
    const read = [...this.#watches].flatMap(([fact, { reading }]) =>
      reading === null ? [] : [[fact, reading]],
    );
    return Object.fromEntries(read) as Facts; // each fact with what its own probe answered
  }

  #judgementOf(rule: PauseRule): Judgement {
    const judgement = this.#past.get(rule)?.judgement;
    if (judgement === undefined) {
      const [fact] = RULES[rule].facts;
      return { kind: 'off', unable: fact === undefined ? null : (this.#unable.get(fact) ?? null) };
    }
    return judgement.kind === 'holds' ? { ...judgement, overridden: this.#overridden.has(rule) } : judgement;
  }

  #askOnce(fact: Fact): void {
    const { machine, clock } = this.#parts;
    const { read, everyMs } = machine[fact];
    const watch: FactWatch<unknown> = new FactWatch<unknown>({
      probe: { read, everyMs },
      clock,
      isComputing: () => false,
      onReading: () => {
        watch.close();
        const { reading } = watch;
        this.#unable.set(fact, reading === null || reading.known ? null : reading.why);
        this.#tell();
      },
    });
    this.#first.push(watch);
  }
}

const FACTS: readonly Fact[] = [...new Set(PAUSE_RULES.flatMap((rule) => RULES[rule].facts))];

function pastOf(judgement: Judgement, past: Past | null, now: number): Past {
  const held = past?.judgement.kind === 'holds' ? past : null;
  const isTrue = judgement.kind === 'holds' && judgement.untilMs === null;
  return { judgement, sinceMs: held?.sinceMs ?? now, trueMs: isTrue ? now : (held?.trueMs ?? now) };
}
