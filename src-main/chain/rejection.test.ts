import { describe, expect, it } from 'vitest';
import { readRejection } from './rejection';

describe('the word a node rejects a transaction with', () => {
  it.each([
    ['already_in_pool', 'known', 'tx_already_in_pool', 'wait'],
    ['nonce_too_low', 'nonce_passed', 'tx_nonce_too_low', 'none'],
    ['Invalid nonce: expected 4, got 3', 'nonce_passed', 'tx_nonce_too_low', 'none'],
    ['insufficient_balance', 'final', 'tx_insufficient_balance', 'top_up'],
    ['Insufficient balance: 5 < 80000000', 'final', 'tx_insufficient_balance', 'top_up'],
    ['mempool_full', 'later', 'tx_mempool_full', 'wait'],
    ['sender_limit_exceeded', 'later', 'tx_sender_limit', 'wait'],
    ['queued_limit_exceeded', 'later', 'tx_sender_limit', 'wait'],
    ['gas_price 1 is below 1000', 'final', 'tx_gas_price_too_low', 'run_doctor'],
    ['', 'final', 'tx_rejected', 'run_doctor'],
    ['something else', 'final', 'tx_rejected', 'run_doctor'],
  ])('%j means %s', (word, meaning, code, remedy) => {
    const read = readRejection(word);
    expect(read.meaning).toBe(meaning);
    expect(read.error).toMatchObject({ code, remedy, params: { word } });
    expect(read.error.message).toContain(word === '' ? 'no reason given' : word);
  });

  // Each is near a word that means something else than the end.
  it.each([
    'xalready_in_pool',
    'already_in_pools',
    'xnonce_too_low',
    'nonce_too_lower',
    'not Invalid nonce',
    'xmempool_full',
    'mempool_fuller',
    'xsender_limit_exceeded',
    'queued_limit_exceededx',
    'xinsufficient_balance',
    'insufficient_balances',
    'an Insufficient balance',
    'no gas_price ',
  ])('%j is no word of the protocol', (word) => {
    const { meaning, error } = readRejection(word);
    expect([meaning, error.code]).toEqual(['final', 'tx_rejected']);
  });

  it('is cut where it is long', () => {
    for (const start of ['nonce_too_long', 'Invalid nonce']) {
      const { error } = readRejection(start + 'x'.repeat(500));
      expect(error.params.word).toBe(`${start}${'x'.repeat(200 - start.length)}`);
      expect(error.message).not.toContain('x'.repeat(200));
    }
  });
});
