import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { signHash } from '../../src-shared/chain/key';
import { type Transaction, transactionHash } from '../../src-shared/chain/transaction';
import { systemClock } from '../clock/clock';
import { ALICE, BOB, FAUCET, signedBlock, transaction } from '../devnet/test-network';
import { checkerHere, ThreadChecker } from '../signatures/signature-checker';
import { BlockVerifier, indexOfTx, type VerifiedBlock } from './block-verifier';
import type { NodeClient } from './node-client';

const FORGED: Record<string, (tx: Transaction) => Transaction> = {
  'signed by another key': (tx) => ({ ...tx, signature: transaction(BOB, 1).signature }),
  'of another sender': (tx) => ({ ...tx, from: BOB.address }),
  'with the key of another': (tx) => ({ ...tx, publicKey: bytesToHex(BOB.publicKey) }),
  'changed after it was signed': (tx) => ({ ...tx, amount: tx.amount + 1n }),
  "signed by another in its sender's name": (tx) => {
    const told = { ...tx, publicKey: bytesToHex(BOB.publicKey) };
    return { ...told, signature: signHash(hexToBytes(transactionHash(told)), BOB.key) };
  },
  'not signed': (tx) => ({ ...tx, signature: '' }),
  'with no key': (tx) => ({ ...tx, publicKey: '' }),
};

// A thread that can't be had: the signatures are checked all the same.
const gone = new ThreadChecker('/nowhere/signature-thread.js', systemClock);

describe('the keys of proposers', () => {
  const block = signedBlock([]);
  const { proposerAddress: address } = block.header;
  const publicKey = bytesToHex(FAUCET.publicKey);
  /** A node that lists these keys, and how often it was asked for them. */
  const listing = (...keys: readonly { address: string; publicKey: string }[]) => {
    const scene = { asked: 0, keys };
    const validators = async () => {
      scene.asked += 1;
      return scene.keys;
    };
    const blocks = async (height: number) => (height === 7 || height === 9 ? block : null);
    const node = { validators, block: blocks } as unknown as NodeClient; // all that is asked of it
    return Object.assign(scene, { verifier: new BlockVerifier(node, checkerHere) });
  };
  const failed = ({ verification }: VerifiedBlock) =>
    verification.checks.filter(({ ok }) => ok === false).map(({ name }) => name);

  it('are asked for once, for as long as they are enough', async () => {
    const scene = listing({ address, publicKey });
    for (let count = 0; count < 3; count += 1)
      expect(failed(await scene.verifier.verify(block, {}))).toEqual([]);
    expect(scene.asked).toBe(1);
    const other = { ...block, header: { ...block.header, proposerAddress: 'cpcvalcons1other' } };
    for (let count = 0; count < 2; count += 1)
      expect(failed(await scene.verifier.verify(other, {}))).toEqual(['proposer', 'signature']);
    expect(scene.asked).toBe(3);
  });

  it.each([
    ['cut off', publicKey.slice(2)],
    ['no hex', 'zz'],
    ['of somebody else', bytesToHex(BOB.publicKey)],
  ])('that come spoilt, as one %s, are not kept, and keep no other from being read', async (_how, spoilt) => {
    const scene = listing({ address, publicKey: spoilt });
    expect(failed(await scene.verifier.verify(block, {}))).toEqual(['proposer', 'signature']);
    scene.keys = [
      { address: 'cpcvalcons1other', publicKey: spoilt },
      { address, publicKey },
    ];
    expect(failed(await scene.verifier.verify(block, {}))).toEqual([]);
  });

  it('and its height are looked at for a block by its height, which may be none', async () => {
    const { verifier } = listing({ address, publicKey });
    expect(failed((await verifier.at(7, { chainId: 'cpc-devnet-1' })) as VerifiedBlock)).toEqual([]);
    expect(failed((await verifier.at(7, { chainId: 'cpc-other-1' })) as VerifiedBlock)).toEqual(['chain_id']);
    expect(failed((await verifier.at(9, {})) as VerifiedBlock)).toEqual(['height']);
    expect(await verifier.at(8, {})).toBeNull();
  });
});

it('a block that fails already has no transaction’s signature looked at', async () => {
  const node = { validators: async () => [] } as unknown as NodeClient; // all that is asked of it
  const checker = { countValid: () => Promise.reject(new Error('looked at')) };
  const { verification } = await new BlockVerifier(node, checker).verify(
    signedBlock([transaction(ALICE, 0)]),
    {},
  );
  expect(verification.ok).toBe(false);
  expect(verification.checks).toContainEqual(
    expect.objectContaining({ name: 'tx_signatures', ok: 'not_checked' }),
  );
});

it('a transaction stands in a block where its hash does', () => {
  const txHashes = [transaction(ALICE, 0), transaction(ALICE, 1)].map(transactionHash);
  expect(txHashes.map((hash) => indexOfTx({ txHashes }, hash))).toEqual([0, 1]);
  expect([indexOfTx({ txHashes }, 'ab'), indexOfTx({ txHashes }, null)]).toEqual([-1, -1]);
});

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
