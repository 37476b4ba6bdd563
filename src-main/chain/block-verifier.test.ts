import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { signTransaction, type Transaction } from '../../src-shared/chain/transaction';
import { systemClock } from '../clock/clock';
import { ALICE, BOB, FAUCET, signedBlock, transaction } from '../devnet/test-network';
import { checkerHere, ThreadChecker } from '../signatures/signature-checker';
import { BlockVerifier } from './block-verifier';
import type { NodeClient } from './node-client';

const FORGED: Record<string, (tx: Transaction) => Transaction> = {
  'signed by another key': (tx) => ({ ...tx, signature: transaction(BOB, 1).signature }),
  'of another sender': (tx) => ({ ...tx, from: BOB.address }),
  'with the key of another': (tx) => ({ ...tx, publicKey: bytesToHex(BOB.publicKey) }),
  'changed after it was signed': (tx) => ({ ...tx, amount: tx.amount + 1n }),
  "signed by another in its sender's name": ({ publicKey: _, signature: __, ...tx }) =>
    signTransaction(tx, BOB.key),
  'not signed': (tx) => ({ ...tx, signature: '' }),
  'with no key': (tx) => ({ ...tx, publicKey: '' }),
};

// A thread that can't be had: the signatures are checked all the same.
const gone = new ThreadChecker('/nowhere/signature-thread.js', systemClock);

describe.each([
  ['few', 3, checkerHere],
  ['many', 20, gone],
])('a block of %s transactions', (_, count, checker) => {
  const listed = { address: signedBlock([]).header.proposerAddress, publicKey: bytesToHex(FAUCET.publicKey) };
  const node = { validators: async () => [listed] } as unknown as NodeClient; // all that is asked of it
  const verify = (txs: readonly Transaction[]) =>
    new BlockVerifier(node, checker).verify(signedBlock(txs), { expectedHeight: 7 });
  const txs = Array.from({ length: count }, (_, nonce) => transaction(ALICE, nonce));

  it('holds where each is signed by its sender', async () => {
    const { verification } = await verify(txs);
    expect(verification.ok).toBe(true);
    expect(verification.checks.find(({ name }) => name === 'tx_signatures')).toMatchObject({
      ok: true,
      actual: String(count),
    });
  });

  it.each(Object.keys(FORGED))('does not, whoever proposed it, where one is %s', async (how) => {
    const [first, ...others] = txs;
    if (first === undefined) throw new Error('no transaction');
    const { verification } = await verify([...others, FORGED[how]?.(first) ?? first]);
    expect(verification.ok).toBe(false);
    expect(verification.checks.filter(({ ok }) => ok === false)).toEqual([
      { name: 'tx_signatures', ok: false, expected: String(count), actual: String(count - 1) },
    ]);
  });
});
