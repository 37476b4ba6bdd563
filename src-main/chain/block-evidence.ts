import { bytesToHex } from '@noble/hashes/utils.js';
import { resultInclusion } from '../../src-shared/chain/block';
import type { BlockVerification } from '../../src-shared/chain/verify-block';
import type { Check, Inclusion } from '../../src-shared/ipc/task-row';

/** A result's path to compute_root as the ipc carries it, or null where the block has no result of the transaction. */
export function inclusionOf({ results }: BlockVerification, txHash: string): Inclusion | null {
  const found = resultInclusion(results, txHash);
  if (found === null) return null;
  return {
    leafIndex: found.leafIndex,
    leafHash: bytesToHex(found.leaf),
    path: found.path.map(({ side, hash }) => ({ side, hash: bytesToHex(hash) })),
    root: found.root,
  };
}

/** A block's checks as the ipc carries them. */
export function blockChecks({ checks }: BlockVerification): Check[] {
  return checks.map(({ name, ok, expected, actual }) => ({ name, ok, expected, actual }));
}
