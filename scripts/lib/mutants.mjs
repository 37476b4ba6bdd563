// Which tests are asked about a folder's code: its own, and those beside it that drive it in the same process, without
// starting programs, in seconds.

/** @type {Record<string, string[]>} */
export const FOLDERS = {
  'src-shared/chain': ['src-shared/chain/*.test.ts', 'src-main/chain/block-verifier.test.ts'],
  'src-shared/matrix-mult': ['src-shared/matrix-mult/!(self-check-extremes).test.ts'],
  'src-main/submissions': [
    'src-main/submissions/*.test.ts',
    'e2e/integration/{submissions,chain-changes}.test.ts',
  ],
  'src-main/chain': [
    'src-main/chain/*.test.ts',
    'e2e/integration/{chain-changes,bad-node,syncing-node}.test.ts',
  ],
};
