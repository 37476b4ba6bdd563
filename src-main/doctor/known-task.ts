import { hexToBytes } from '@noble/hashes/utils.js';
import { DEFAULT_OPENED_ROWS } from '../../src-shared/matrix-mult/proof';
import { squareShape } from '../../src-shared/matrix-mult/shape';
import type { ComputeWork } from '../compute/compute-task';

/** A task whose result is known: one of the published vectors (matrix-mult-v1, N = 256). */
export const KNOWN_TASK: ComputeWork = {
  shape: squareShape(256),
  operands: {
    kind: 'drawn',
    seed: hexToBytes('35be5ac9e20cd3c5db86da8cf48be17582c68de22f1b219a1aa614aaf5befd20'),
  },
  iterations: 1,
  commitment: 'merkle',
  blockHeight: 0,
  openedRows: DEFAULT_OPENED_ROWS,
  wantsProduct: false,
};

/** Its result hash. */
export const KNOWN_RESULT = '9edadfb4da396bfc47abe8529b00e9d820e69d8b5f2090ef241912cbab6f9b5a';
