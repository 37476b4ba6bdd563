/** Messages main pushes to a renderer, by name. */
export const PUSH = {
  snapshot: 'push:snapshot',
  computeRun: 'push:compute-run',
  computeCancel: 'push:compute-cancel',
  computePace: 'push:compute-pace',
} as const;
