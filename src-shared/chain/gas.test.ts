import { describe, expect, it } from 'vitest';
import { baseGas, exactFee, TRANSACTION_TYPES } from './gas';
import { NETWORKS, networkByChainId } from './network';
import { toNonce } from './nonce';

describe('a transaction', () => {
  it('costs the base gas of its type', () => {
    expect(TRANSACTION_TYPES.map((type) => [type, baseGas(type)])).toEqual([
      ['TRANSFER', 21_000n],
      ['STAKE', 40_000n],
      ['UNSTAKE', 40_000n],
      ['POC_REWARD', undefined],
      ['SUBMIT_RESULT', 80_000n],
      ['UPDATE_VALIDATOR', 30_000n],
      ['DELEGATE', 35_000n],
      ['UNDELEGATE', 35_000n],
      ['UNJAIL', 50_000n],
    ]);
    expect(exactFee('SUBMIT_RESULT', 1000n)).toBe(80_000_000n);
  });

  it('has a nonce that is not negative', () => {
    expect([toNonce(0), toNonce(7n), toNonce(2n ** 60n)]).toEqual([0n, 7n, 2n ** 60n]);
    expect(() => toNonce(-1)).toThrow(expect.objectContaining({ code: 'invalid_argument' }));
  });
});

describe('a network', () => {
  it('is known by its chain id alone', () => {
    for (const network of Object.values(NETWORKS)) expect(networkByChainId(network.chainId)).toBe(network);
    expect(networkByChainId('devnet')).toBeUndefined();
  });
});
