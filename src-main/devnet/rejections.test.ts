import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Transaction, transactionHash } from '../../src-shared/chain/transaction';
import { systemClock } from '../clock/clock';
import { type Devnet, startDevnet } from './devnet';
import { Ledger } from './ledger';
import { Mempool } from './mempool';
import { ALICE, BOB, FAUCET, getJson, send, transaction } from './test-network';

let devnet: Devnet;
let now = 1_800_000_000_000;
const clock = { ...systemClock, now: () => now };

beforeAll(async () => {
  devnet = await startDevnet({ port: 0, dataFolder: null, manual: true, clock });
  await devnet.produceBlock();
});
afterAll(() => devnet.close());

const good = transaction(FAUCET, 0);

/** A transaction whose bytes were changed after signing. */
function changed(change: Partial<Transaction>): Transaction {
  return { ...good, ...change };
}

describe('a mempool', () => {
  it.each<[string, Transaction]>([
    ['gas_price 999 < min 1000', transaction(FAUCET, 0, { gasPrice: 999n })],
    ['gas_limit 20999 < base_gas 21000', transaction(FAUCET, 0, { gasLimit: 20_999n })],
    ['fee 20999999 < needed_fee 21000000', transaction(FAUCET, 0, { fee: 20_999_999n })],
    ['unknown_tx_type', changed({ type: 'POC_REWARD' })],
    ['missing_sig_or_key', changed({ signature: '' })],
    ['missing_sig_or_key', changed({ publicKey: '' })],
    [
      'invalid_key_format: non-hexadecimal number found in fromhex() arg at position 0',
      changed({ publicKey: 'zz' }),
    ],
    [
      'invalid_key_format: non-hexadecimal number found in fromhex() arg at position 3',
      changed({ publicKey: 'abc' }),
    ],
    ['pub_key_mismatch', changed({ from: BOB.address })],
    ['pub_key_mismatch', changed({ from: '' })],
    ['invalid_signature', changed({ amount: 2n })],
    ['invalid_signature', changed({ signature: '00'.repeat(64) })],
    [
      'crypto_error: non-hexadecimal number found in fromhex() arg at position 2',
      changed({ signature: '00xx' }),
    ],
    ['transfer_amount_zero', transaction(FAUCET, 0, { amount: 0n })],
    ['insufficient_balance', transaction(ALICE, 0)],
    ['insufficient_balance', transaction(FAUCET, 0, { amount: 10n ** 27n })],
  ])('rejects with the words %s', async (error, tx) => {
    expect(await send(devnet.url, tx)).toMatchObject({ status: 'rejected', error });
  });

  it('wants the declared fee covered, and charges only the exact one', async () => {
    const all = 10n ** 27n;
    const dear = transaction(FAUCET, 0, { amount: all - 21_000_000n, fee: 21_000_001n });
    expect(await send(devnet.url, dear)).toMatchObject({ error: 'insufficient_balance' });
    expect(await send(devnet.url, transaction(FAUCET, 0, { fee: 10n ** 20n }))).not.toHaveProperty('error');
    await devnet.produceBlock();
    expect(await getJson(devnet.url, `/balance/${FAUCET.address}`)).toMatchObject({
      balance: String(all - 1n - 21_000_000n),
    });
  });

  it('does not take a transaction twice, nor another for a nonce that is taken', async () => {
    const tx = transaction(FAUCET, 1);
    expect(await send(devnet.url, tx)).not.toHaveProperty('error');
    expect(await send(devnet.url, tx)).toMatchObject({ status: 'rejected', error: 'already_in_pool' });
    const other = transaction(FAUCET, 1, { gasPrice: 9000n });
    expect(await send(devnet.url, other)).toMatchObject({ error: 'nonce_too_low' });
    expect(await send(devnet.url, transaction(FAUCET, 0))).toMatchObject({ error: 'nonce_too_low' });
    await devnet.produceBlock();
    expect(await send(devnet.url, tx)).toMatchObject({ error: 'nonce_too_low' });
  });

  it('queues 64 transactions of a sender and no more', async () => {
    for (let nonce = 10; nonce < 74; nonce += 1) {
      expect(await send(devnet.url, transaction(FAUCET, nonce))).not.toHaveProperty('error');
    }
    expect(await send(devnet.url, transaction(FAUCET, 74))).toMatchObject({ error: 'queued_limit_exceeded' });
    expect(await getJson(devnet.url, '/status')).toMatchObject({ mempool_size: 0 });
  });

  it('forgets what waited for more than an hour, and says so in its receipt', async () => {
    const tx_hash = transactionHash(transaction(FAUCET, 10));
    expect(await getJson(devnet.url, `/tx/${tx_hash}/receipt`)).toMatchObject({ status: 'pending' });
    now += 3_600_001;
    await devnet.produceBlock();
    expect(await getJson(devnet.url, `/tx/${tx_hash}/receipt`)).toMatchObject({
      status: 'failed',
      block_height: null,
      error: 'Transaction expired (TTL exceeded)',
    });
    expect(await send(devnet.url, transaction(FAUCET, 74))).not.toHaveProperty('error');
  });
});

describe('a block', () => {
  it('takes the better price first, each sender in nonce order', async () => {
    await send(devnet.url, transaction(FAUCET, 2, { to: ALICE.address, amount: 10n ** 20n }));
    await devnet.produceBlock();
    const prices: [typeof ALICE, number, bigint][] = [
      [ALICE, 0, 1000n],
      [ALICE, 1, 9000n],
      [FAUCET, 3, 2000n],
    ];
    for (const [from, nonce, gasPrice] of prices)
      await send(devnet.url, transaction(from, nonce, { gasPrice }));
    const height = await devnet.produceBlock();
    const block = (await getJson(devnet.url, `/block/${height}`)) as { txs: { gas_price: number }[] };
    expect(block.txs.map(({ gas_price }) => gas_price)).toEqual([2000, 1000, 9000]);
  });

  it('takes no more than it is asked to', () => {
    const mempool = new Mempool(clock);
    const state = Ledger.empty();
    state.credit(FAUCET.address, 10n ** 20n);
    for (let nonce = 0; nonce < 3; nonce += 1) {
      const tx = transaction(FAUCET, nonce);
      mempool.add(tx, transactionHash(tx), state);
    }
    expect(mempool.select(2).map(({ tx }) => tx.nonce)).toEqual([0n, 1n]);
    expect(mempool.size).toBe(3);
  });
});
