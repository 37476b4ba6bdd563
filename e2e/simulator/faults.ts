/** What can befall a run, by kind; each kind can be left out. */
export const FAULT_KINDS = {
  refused: 'requests that never reach the node',
  lost: 'answers that are lost on their way',
  silent: 'requests that are never answered',
  late: 'answers that come late, and requests that reach the node late',
  doubled: 'requests that reach the node twice',
  spoilt: 'answers that are cut off, changed or of another server',
  lying: 'answers in good form that are wrong',
  busy: 'a node that asks to be left alone',
  away: 'a node that is down for some slots',
  restarted: 'a node that starts again and forgets its pool and receipts',
  syncing: 'a node behind its chain, that catches up or stands still',
  forked: 'a chain that goes back some blocks and takes another branch',
  elsewhere: 'a node of another chain behind the same address',
  delayed: 'blocks that come late, and slots without one',
  hints: 'events that tell of blocks again and again, or of none there are',
  clock: 'a wall clock that is set forward or back',
  slept: 'a machine that sleeps',
  disk: 'a disk that is full for a while',
  crashed: 'a miner that ends at a commit, before or after it',
  quit: 'a miner that is closed and opened again',
  compute: 'results that take long, or fail',
  person: 'a person who pauses, stops and changes settings',
  rival: 'another worker with the same key',
  validator: 'a validator that repeats itself and breaks off',
} as const;

export type FaultKind = keyof typeof FAULT_KINDS;

/** All kinds. */
export const ALL_FAULTS = Object.keys(FAULT_KINDS) as FaultKind[]; // its own keys
