import type { Envelope } from '../../../../src-shared/ipc/envelope';
import type { Settings } from '../../../../src-shared/settings/settings';
import type { AppState } from '../../../../src-shared/state/state';

/** The steps of a first run, in their order. */
export const FIRST_RUN_STEPS = ['key', 'back_up', 'connect'] as const;
export type FirstRunStep = (typeof FIRST_RUN_STEPS)[number];

export type BeforeKey = {
  /** The step that follows the key in a first run; left out elsewhere. */
  readonly next?: Exclude<FirstRunStep, 'key'>;
};

/** The step that a person is at, or null where this is no first run. */
export function stepOf(
  key: AppState['key']['state'],
  { firstRunStep }: Pick<Settings, 'firstRunStep'>,
): FirstRunStep | null {
  if (key === 'none') return 'key';
  return key === 'ready' && firstRunStep !== 'done' ? firstRunStep : null;
}

/** Keeps the step that follows a key before the key is taken: an end in between loses neither. */
export async function keepStep<T>(
  next: BeforeKey['next'],
  take: () => Promise<Envelope<T>>,
): Promise<Envelope<T>> {
  if (next === undefined) return take();
  const kept = await window.miner.updateSettings({ firstRunStep: next });
  return kept.ok ? take() : kept;
}
