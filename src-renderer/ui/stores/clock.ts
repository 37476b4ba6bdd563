import { useSyncExternalStore } from 'react';

const TICK_MS = 1000;

const listeners = new Set<() => void>();
let timer: number | null = null;

/**
 * A value made from the current time, renewed once a second and only while the window is visible. The component
 * renders again only when the value changes, so return something that rarely does, such as a formatted text.
 */
export function useClock<T extends string | number | boolean>(read: (nowMs: number) => T): T {
  return useSyncExternalStore(subscribe, () => read(Date.now()));
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', followVisibility);
  listeners.add(listener);
  followVisibility();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener('visibilitychange', followVisibility);
    stop();
  };
}

function followVisibility(): void {
  if (document.hidden) {
    stop();
  } else if (timer === null) {
    timer = window.setInterval(tick, TICK_MS);
    tick();
  }
}

function stop(): void {
  if (timer === null) return;
  window.clearInterval(timer);
  timer = null;
}

function tick(): void {
  for (const listener of listeners) listener();
}
