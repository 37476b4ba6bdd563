import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../fixtures/protocol-vectors.json';
import { addressFromPublicKey, isAddress, parseAddress } from './address';
import { DEVNET_FAUCET_ADDRESS, DEVNET_FAUCET_PRIVATE_KEY } from './faucet';
import { parsePrivateKey, publicKeyOf } from './key';

const ADDRESS = 'cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp';

describe('an address', () => {
  it.each(vectors.keys)('follows from the private key $private_key', (key) => {
    const publicKey = publicKeyOf(parsePrivateKey(key.private_key));
    expect(bytesToHex(publicKey)).toBe(key.public_key);
    expect(addressFromPublicKey(publicKey)).toBe(key.address);
    expect(addressFromPublicKey(hexToBytes(key.public_key), 'cpcvalcons')).toBe(key.validator_address);
  });

  it('of the devnet faucet is that of its published key', () => {
    expect(addressFromPublicKey(publicKeyOf(parsePrivateKey(DEVNET_FAUCET_PRIVATE_KEY)))).toBe(
      DEVNET_FAUCET_ADDRESS,
    );
  });
});

describe('parseAddress', () => {
  it.each(vectors.invalid_addresses)('refuses %j', (text) => {
    expect(isAddress(text)).toBe(false);
    expect(() => parseAddress(text)).toThrow(expect.objectContaining({ code: 'invalid_address' }));
  });

  it.each([
    ['', 'empty', 'The address is empty.'],
    ['CPC14FM9235mw6mc84az6p7dcvncfep8aau6pstscp', 'mixed_case', 'mixes upper and lower case'],
    ['cpcqqqq', 'no_prefix', 'An address starts with cpc1.'],
    ['1qqqq', 'no_prefix', 'An address starts with cpc1.'],
    ['c1qqqq', 'prefix', 'it must start with cpc1.'],
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', 'prefix', 'wrong prefix'],
    ['cpcvalcons14fm9235mw6mc84az6p7dcvncfep8aau6tlnjpz', 'prefix', 'wrong prefix'],
    [`${ADDRESS}q`, 'length', 'it has 42 characters.'],
    ['cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstsbb', 'character', 'character that addresses never have'],
    ['cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscq', 'checksum', 'checksum'],
  ])('says of %j what is wrong', (text, fault, why) => {
    expect(() => parseAddress(text)).toThrow(
      expect.objectContaining({ remedy: 'fix_input', params: { fault, prefix: 'cpc1' } }),
    );
    expect(() => parseAddress(text)).toThrow(why);
  });

  it('takes a validator’s address for one only where it is asked for', () => {
    const validator = 'cpcvalcons14fm9235mw6mc84az6p7dcvncfep8aau6tlnjpz';
    expect(isAddress(ADDRESS)).toBe(true);
    expect(isAddress(validator)).toBe(false);
    expect(isAddress(validator, 'cpcvalcons')).toBe(true);
    expect(parseAddress(validator, 'cpcvalcons')).toBe(validator);
    expect(() => parseAddress(ADDRESS, 'cpcvalcons')).toThrow(
      expect.objectContaining({ params: { fault: 'prefix', prefix: 'cpcvalcons1' } }),
    );
  });

  it('takes an address all in upper case as the same address', () => {
    expect(parseAddress(ADDRESS.toUpperCase())).toBe(ADDRESS);
  });

  it('notices any single wrong character', () => {
    const charset = [...'qpzry9x8gf2tvdw0s3jn54khce6mua7l'];
    const position = fc.integer({ min: 4, max: ADDRESS.length - 1 });
    fc.assert(
      fc.property(position, fc.constantFrom(...charset), (at, char) => {
        fc.pre(ADDRESS[at] !== char);
        expect(isAddress(ADDRESS.slice(0, at) + char + ADDRESS.slice(at + 1))).toBe(false);
      }),
    );
  });
});
