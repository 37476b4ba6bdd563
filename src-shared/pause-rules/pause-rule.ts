/** The rules that may hold the miner back, each with a switch of its own; in the order in which they are shown. */
export const PAUSE_RULES = ['active', 'battery', 'fullScreen', 'app', 'schedule', 'hot'] as const;
export type PauseRule = (typeof PAUSE_RULES)[number];
