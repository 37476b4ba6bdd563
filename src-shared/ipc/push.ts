/** Messages main pushes to a renderer, by name. */
export const PUSH = {
  snapshot: 'push:snapshot',
} as const;
