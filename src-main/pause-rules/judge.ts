import type { Judgement, UnknownReason } from '../../src-shared/pause-rules/rule-status';
import type { Settings } from '../../src-shared/settings/settings';
import { type Clock, wallTimeOf } from '../clock/clock';
import type { Machine, Probe, Reading } from '../machine/machine';
import { openHours } from './open-hours';

/** What the machine answered, as far as it was asked and has answered. */
export type Facts = {
  readonly [F in keyof Machine]?: Machine[F] extends Probe<infer T> ? Reading<T> : never;
};

/** How a rule was judged before. Moments are monotonic. */
export type Past = {
  readonly judgement: Judgement;
  /** Since when it holds, where it does. */
  readonly sinceMs: number;
  /** When it held last without an end in sight. */
  readonly trueMs: number;
};

/** Tells what a rule comes to. @param past null where the rule was not judged before, or is judged afresh */
export type Judge = (
  facts: Facts,
  settings: Settings,
  past: Past | null,
  clock: Pick<Clock, 'now' | 'monotonic'>,
) => Judgement;

const FREE: Judgement = { kind: 'free', unseen: null };
const MINUTE_MS = 60_000;
// An app that is started anew, or left for a moment, is not worth a task.
const LINGERS_MS = 15_000;

/** Somebody uses the computer, or watches a film or is on a call without touching it. */
export const judgeActive: Judge = ({ idleSeconds, film }, { pauseIdleMinutes }) => {
  if (idleSeconds === undefined || film === undefined) return unjudged('asking');
  if (!idleSeconds.known) return unjudged(idleSeconds.why);
  if (idleSeconds.value < pauseIdleMinutes * 60) return holds();
  if (!film.known) return { kind: 'free', unseen: film.why };
  return film.value ? holds({ by: 'film' }) : FREE;
};

export const judgeBattery: Judge = ({ power }) => {
  if (power === undefined) return unjudged('asking');
  if (!power.known) return unjudged(power.why);
  return power.value === 'battery' ? holds() : FREE;
};

export const judgeFullScreen: Judge = ({ fullScreen }, _settings, past, clock) => {
  if (fullScreen === undefined) return unjudged('asking');
  if (!fullScreen.known) return unjudged(fullScreen.why);
  return fullScreen.value ? holds() : lingering(past, clock);
};

/** An app of the list runs. */
export const judgeApp: Judge = ({ apps }, { pauseApps }, past, clock) => {
  if (pauseApps.length === 0) return unjudged('nothing_listed');
  if (apps === undefined) return unjudged('asking');
  if (!apps.known) return unjudged(apps.why);
  const app = pauseApps.find((name) => apps.value.has(name));
  return app === undefined ? lingering(past, clock) : holds({ by: app });
};

/** The time of the week is outside the hours in which the miner may work. */
export const judgeSchedule: Judge = (_facts, { pauseSchedule }, _past, { now }) => {
  if (pauseSchedule.length === 0) return unjudged('nothing_listed');
  const { isOpen, untilMs } = openHours(pauseSchedule, now());
  return isOpen ? FREE : holds({ untilMs });
};

/** It grew too hot, and did not cool down yet, or not for long enough. */
export const judgeHot: Judge = ({ temperatureC }, settings, past, clock) => {
  if (temperatureC === undefined) return unjudged('asking');
  if (!temperatureC.known) return unjudged(temperatureC.why);
  const { pauseHotC, pauseHotMinutes } = settings;
  const degrees = temperatureC.value;
  if (degrees >= pauseHotC) return holds();
  if (past?.judgement.kind !== 'holds') return FREE;
  // What is to be too hot can't be cool enough.
  if (degrees >= Math.min(settings.pauseCoolC, pauseHotC)) return holds();
  return until(past, past.sinceMs + pauseHotMinutes * MINUTE_MS, clock);
};

function unjudged(why: UnknownReason): Judgement {
  return { kind: 'unknown', why };
}

function holds({
  untilMs = null,
  by = null,
}: {
  untilMs?: number | null;
  by?: string | null;
} = {}): Judgement {
  return { kind: 'holds', untilMs, by, overridden: false };
}

/** What was true a moment ago holds a little longer. */
function lingering(past: Past | null, clock: Pick<Clock, 'now' | 'monotonic'>): Judgement {
  return past?.judgement.kind === 'holds' ? until(past, past.trueMs + LINGERS_MS, clock) : FREE;
}

function until(past: Past, dueMs: number, clock: Pick<Clock, 'now' | 'monotonic'>): Judgement {
  if (dueMs <= clock.monotonic() || past.judgement.kind !== 'holds') return FREE;
  const { untilMs, by } = past.judgement;
  return holds({ untilMs: wallTimeOf(clock, dueMs, untilMs), by });
}
