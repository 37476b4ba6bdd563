import { hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src-shared/chain/json';
import { parseTransaction } from '../../src-shared/chain/transaction';
import { systemClock } from '../clock/clock';
import { Chain } from './chain';
import { ChainStore } from './chain-store';
import { EventStream } from './event-stream';
import run from './fixtures/reference-run.json';
import { DevnetNode } from './node';
import { normalizeNumbers } from './wire';

type Step = {
  send?: string;
  now?: number;
  hash: string;
  error?: string | null;
  pool?: number;
  height?: number;
};

describe('the devnet', () => {
  it('does what the reference node did, word for word and hash for hash', { timeout: 30_000 }, () => {
    let now = run.genesis_time * 1000;
    const clock = { ...systemClock, now: () => now };
    const store = new ChainStore(':memory:');
    const chain = new Chain(store, hexToBytes(run.validator_key), clock, 5);
    const node = new DevnetNode(chain, new EventStream(clock), clock);
    // A header's hash covers the state root, so equal hashes are equal balances, nonces, stakes and names.
    (run.steps as Step[]).forEach((step, index) => {
      if (step.send !== undefined) {
        const tx = parseTransaction(normalizeNumbers(parseJson(step.send)));
        expect([index, node.submit(tx)]).toEqual([index, { txHash: step.hash, error: step.error }]);
        return;
      }
      now = (step.now ?? 0) * 1000;
      node.produceIfDue();
      const { epoch, minted, burned } = chain.state.totals;
      expect({
        now: step.now,
        height: chain.height,
        hash: chain.lastHash,
        pool: node.mempool.size,
        epoch,
        minted: String(minted),
        burned: String(burned),
      }).toEqual(step);
    });
    for (const [address, [balance, nonce, pending]] of Object.entries(run.final_accounts)) {
      const account = chain.state.account(address);
      expect([String(account.balance), Number(account.nonce)]).toEqual([balance, nonce]);
      expect(Number(node.mempool.pendingNonce(address, chain.state))).toBe(pending);
    }
    expect(chain.state.totals.epoch).toBeGreaterThan(0);
    store.close();
  });
});
