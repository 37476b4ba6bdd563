import { expect, it } from 'vitest';
import { transactionHash } from '../../src-shared/chain/transaction';
import { verifyBlock } from '../../src-shared/chain/verify-block';
import { ALICE, resultPayload, signedBlock, transaction } from '../devnet/test-network';
import { inclusionOf } from './block-evidence';

it('a block has a path for the results in it, and none for what is not in it or is no result', () => {
  const result = transaction(ALICE, 1, {
    type: 'SUBMIT_RESULT',
    to: null,
    amount: 0n,
    payload: resultPayload(ALICE),
  });
  const transfer = transaction(ALICE, 0);
  const block = signedBlock([transfer, result]);
  const verification = verifyBlock(block);
  const { computeRoot } = block.header;
  expect(inclusionOf(verification, transactionHash(result))).toEqual({
    leafIndex: 0,
    leafHash: computeRoot,
    path: [],
    root: computeRoot,
  });
  for (const txHash of [transactionHash(transfer), 'ab', ''])
    expect(inclusionOf(verification, txHash)).toBeNull();
});
