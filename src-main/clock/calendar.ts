/** The midnight that begins the local day of a moment; all times in ms since the epoch. */
export function startOfDay(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0);
}

/** The midnight that ends it: days have 23 to 25 hours. */
export function endOfDay(atMs: number): number {
  return new Date(atMs).setHours(24, 0, 0, 0);
}

/** A moment as ISO 8601 in UTC. */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** A moment as HTTP writes it, or null where it is none. */
export function httpTime(text: string): number | null {
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : atMs;
}
