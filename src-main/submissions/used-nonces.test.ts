import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import type { VerifiedBlock } from '../chain/block-verifier';
import { ALICE, BOB } from '../devnet/test-network';
import { UsedNonces } from './used-nonces';

const [A, B] = [ALICE, BOB].map(({ address }) => parseAddress(address)) as [never, never];
const block = (height: number, ...txs: { from: string; nonce: bigint }[]) =>
  ({ block: { header: { height }, txs } }) as unknown as VerifiedBlock; // what is read of it

describe('the highest nonce that blocks used', () => {
  it('is each account’s own, in whatever order they came', () => {
    const used = new UsedNonces();
    expect(used.highest(A)).toBeNull();
    used.take(block(4, { from: A, nonce: 0n }), [A]);
    expect(used.highest(A)).toBe(0n);
    used.take(block(5, { from: A, nonce: 3n }, { from: A, nonce: 2n }, { from: B, nonce: 9n }), [A]);
    expect([used.highest(A), used.highest(B)]).toEqual([3n, null]);
    used.take(block(6, { from: B, nonce: 10n }), [A, B]);
    used.take(block(7, { from: A, nonce: 4n }), [A, B]);
    expect([used.highest(A), used.highest(B)]).toEqual([4n, 10n]);
  });

  it('goes back with the chain', () => {
    const used = new UsedNonces();
    for (const height of [5, 6, 7]) used.take(block(height, { from: A, nonce: BigInt(height) }), [A]);
    used.forgetFrom(7);
    expect(used.highest(A)).toBe(6n);
    used.forgetFrom(5);
    expect(used.highest(A)).toBeNull();
  });

  it('is remembered of the last 256 transactions', () => {
    const used = new UsedNonces();
    used.take(block(1, { from: A, nonce: 9n }), [A]);
    for (let count = 0; count < 255; count += 1) used.take(block(2, { from: B, nonce: 1n }), [B]);
    expect(used.highest(A)).toBe(9n);
    used.take(block(2, { from: B, nonce: 1n }), [B]);
    expect(used.highest(A)).toBeNull();
  });
});
