import type { AppState } from '../../../src-shared/state/state';

const HOUR_MS = 3_600_000;

/** Every rule that can hold, holding at once. */
export const HELD: AppState['pauseRules'] = [
  { rule: 'active', judgement: { kind: 'holds', untilMs: null, by: null, overridden: false } },
  { rule: 'battery', judgement: { kind: 'unknown', why: 'no_battery' } },
  { rule: 'fullScreen', judgement: { kind: 'unknown', why: 'wayland' } },
  {
    rule: 'app',
    judgement: { kind: 'holds', untilMs: null, by: 'davinci-resolve-studio', overridden: false },
  },
  {
    rule: 'schedule',
    judgement: { kind: 'holds', untilMs: Date.now() + 20 * HOUR_MS, by: null, overridden: false },
  },
  { rule: 'hot', judgement: { kind: 'holds', untilMs: null, by: null, overridden: false } },
];

/** What that makes of the miner, which a person has paused too. */
export const HELD_MINER: AppState['miner'] = {
  kind: 'paused',
  sinceMs: Date.now() - HOUR_MS,
  reasons: [
    { reason: 'manual', untilMs: Date.now() + HOUR_MS / 2 },
    { reason: 'active', untilMs: null },
    { reason: 'app', untilMs: null, by: 'davinci-resolve-studio' },
    { reason: 'schedule', untilMs: Date.now() + 20 * HOUR_MS },
    { reason: 'hot', untilMs: null },
  ],
};

/** The same rules, none of which holds anything back. */
export const LET_GO: AppState['pauseRules'] = [
  { rule: 'active', judgement: { kind: 'free', unseen: 'no_film_service' } },
  { rule: 'battery', judgement: { kind: 'off', unable: 'no_battery' } },
  { rule: 'fullScreen', judgement: { kind: 'free', unseen: null } },
  {
    rule: 'app',
    judgement: { kind: 'holds', untilMs: null, by: 'davinci-resolve-studio', overridden: true },
  },
  { rule: 'schedule', judgement: { kind: 'holds', untilMs: null, by: null, overridden: true } },
  { rule: 'hot', judgement: { kind: 'unknown', why: 'no_sensor' } },
];
