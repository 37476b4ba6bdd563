import { create } from 'zustand';
import type { LaneStatus } from '../../../src-shared/compute/lane-status';
import type { ErrorReport } from '../../../src-shared/errors';
import type { AppState, FullState, StatePush } from '../../../src-shared/state/state';

type StateStore = {
  /** Main's state as last heard; null until the first answer. */
  readonly state: AppState | null;
  readonly revision: number;
  /** Pushes that came before the first answer, which may be older than they are. */
  readonly early: readonly StatePush[];
  /** Why the first answer could not be had. */
  readonly error: ErrorReport | null;
};

/** A mirror of main's state. Nothing here is ever changed by the ui itself. */
export const useStateStore = create<StateStore>(() => ({ state: null, revision: 0, early: [], error: null }));

/** Takes in everything at once; only the first answer counts, all later changes are pushed. */
export function receiveFullState({ revision, state }: FullState): void {
  const { state: held, early } = useStateStore.getState();
  if (held !== null) return;
  useStateStore.setState({ state, revision, early: [], error: null });
  for (const push of early) receivePush(push);
}

/** Takes in the slices that changed; what is on screen never goes back in time. */
export function receivePush(push: StatePush): void {
  useStateStore.setState((held) => {
    if (held.state === null) return { early: [...held.early, push] };
    if (push.revision <= held.revision) return held;
    return { state: { ...held.state, ...keepingRows(held.state, push.changed) }, revision: push.revision };
  });
}

/** Rows that are as they were are the very objects that they were: what shows them does not render again. */
function keepingRows({ tasks, jobs }: AppState, changed: Partial<AppState>): Partial<AppState> {
  return {
    ...changed,
    ...(changed.tasks && { tasks: { ...changed.tasks, recent: known(tasks.recent, changed.tasks.recent) } }),
    ...(changed.jobs && { jobs: { ...changed.jobs, recent: known(jobs.recent, changed.jobs.recent) } }),
  };
}

function known<Row>(before: readonly Row[], rows: readonly Row[]): Row[] {
  const byText = new Map(before.map((row) => [JSON.stringify(row), row]));
  return rows.map((row) => byText.get(JSON.stringify(row)) ?? row);
}

/** Remembers why the first answer could not be had, for as long as there is none. */
export function receiveStateError(error: ErrorReport): void {
  useStateStore.setState({ error });
}

/**
 * One part of the state, for components below the gate in `App` that renders nothing before the first answer.
 * @throws Error when used above that gate.
 */
export function useAppState<T>(select: (state: AppState) => T): T {
  return useStateStore(({ state }) => {
    if (state === null) throw new Error('A screen was rendered before the first answer.');
    return select(state);
  });
}

/** The lane that the screens show: the first, of which there is always one. */
export function useLane<T>(select: (lane: LaneStatus) => T): T {
  return useAppState(({ compute }) => {
    const [lane] = compute.lanes;
    if (lane === undefined) throw new Error('There is no lane.');
    return select(lane);
  });
}
