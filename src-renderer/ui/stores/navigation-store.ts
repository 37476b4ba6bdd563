import { create } from 'zustand';
import type { BlockQuery } from '../../../src-shared/ipc/block-report';

/** The sections of the window, in the order of the rail. */
export const SCREENS = [
  'dashboard',
  'tasks',
  'jobs',
  'blocks',
  'wallet',
  'graphics',
  'settings',
  'doctor',
] as const;
export type Screen = (typeof SCREENS)[number];

type NavigationStore = {
  readonly screen: Screen;
  /** The task whose trail is open over the screen. */
  readonly openTaskId: string | null;
  /** What the Blocks screen looks up when it opens. */
  readonly blockQuery: BlockQuery | null;
};

/** Where the person is. */
export const useNavigationStore = create<NavigationStore>(() => ({
  screen: 'dashboard',
  openTaskId: null,
  blockQuery: null,
}));

/** Goes to a section. */
export function goTo(screen: Screen): void {
  useNavigationStore.setState({ screen, openTaskId: null, blockQuery: null });
}

/** Opens the trail of a task over the current section. */
export function openTask(taskId: string): void {
  useNavigationStore.setState({ openTaskId: taskId });
}

/** Closes the trail. */
export function closeTask(): void {
  useNavigationStore.setState({ openTaskId: null });
}

/** Goes to Blocks and looks a block up there. */
export function openBlock(blockQuery: BlockQuery): void {
  useNavigationStore.setState({ screen: 'blocks', openTaskId: null, blockQuery });
}
