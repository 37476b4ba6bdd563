import type { Address } from '../../src-shared/chain/address';
import type { BlockHash } from '../../src-shared/chain/block';
import type { TaskRecord } from './task-record';

/** The chain as a result is taken to it that is of no block. */
export type ChainForResults = {
  readonly chapter: number;
  readonly account: Address;
  readonly tip: { readonly height: number; readonly hash: BlockHash };
  /** Whether balance and ceiling cover one more result. */
  readonly paysForOne: () => boolean;
  /** Takes a computed result to the node; what goes wrong is noted. */
  readonly submit: (task: TaskRecord) => Promise<void>;
};
