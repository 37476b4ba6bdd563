import type { MinerState } from '../../src-shared/mining/miner-state';
import { isoTime } from '../clock/calendar';

/** Whether results are being accepted, and if not: why, and when that may change. */
export type Health = {
  readonly healthy: boolean;
  readonly state: MinerState['kind'];
  readonly reason: string | null;
  /** ISO 8601; null where no time ends it. */
  readonly until: string | null;
};

const REASONS: Readonly<Record<'idle' | 'starting' | 'finishing', string>> = {
  idle: 'It is off.',
  starting: 'No result was accepted yet, or the last one is long ago.',
  finishing: 'It does what is in hand, and is off then.',
};

/** Only a miner whose results are being accepted is healthy: one that merely runs may be losing fees or time. */
export function healthOf(state: MinerState): Health {
  switch (state.kind) {
    case 'mining':
      return { healthy: true, state: state.kind, reason: null, until: null };
    case 'paused': {
      const ends = state.reasons.map(({ untilMs }) => untilMs);
      // It goes on once the last of them ends.
      const known = ends.filter((untilMs) => untilMs !== null);
      const untilMs = known.length < ends.length ? null : Math.max(...known);
      const reason = `It is paused: ${state.reasons.map((pause) => pause.reason).join(', ')}.`;
      return unhealthy(state, reason, untilMs);
    }
    case 'blocked':
      return unhealthy(state, `${state.error.code}: ${state.error.message}`, state.retryAtMs);
    default:
      return unhealthy(state, REASONS[state.kind], null);
  }
}

function unhealthy({ kind }: MinerState, reason: string, untilMs: number | null): Health {
  return { healthy: false, state: kind, reason, until: untilMs === null ? null : isoTime(untilMs) };
}
