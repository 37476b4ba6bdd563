import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { transactionHash } from '../../src-shared/chain/transaction';
import { HelperThread } from '../async/helper-thread';
import { systemClock } from '../clock/clock';
import { ALICE, BOB, transaction } from '../devnet/test-network';
import type { SignaturesToCheck } from './signature-checker';

// As it is built, the way the app starts it.
const PROGRAM = join(import.meta.dirname, '..', '..', 'out', 'main', 'signature-thread.js');

const thread = new HelperThread<SignaturesToCheck, number>(PROGRAM, systemClock);
afterEach(() => thread.close());

describe('the thread for signatures', () => {
  it('counts those that are by their senders, and is there again after it ended', async () => {
    const signings = Array.from({ length: 20 }, (_, nonce) => transaction(ALICE, nonce));
    const hashes = signings.map((tx) => transactionHash(tx));
    expect(await thread.ask({ signings, hashes })).toBe(20);
    thread.close();
    const forged = signings.map((tx, index) => (index % 5 === 0 ? { ...tx, from: BOB.address } : tx));
    expect(await thread.ask({ signings: forged, hashes })).toBe(16);
  });
});
