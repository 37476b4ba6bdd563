import { readFileSync } from 'node:fs';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ComputeResult,
  canonicalComputeResult,
  coerceComputeResult,
  computeResultLeaf,
  computeResultPayload,
  signComputeResult,
  verifyComputeResultSignature,
} from './compute-result';
import { parseJson } from './json';
import { asObject, member } from './json-value';
import { publicKeyOf } from './key';

const key = hexToBytes('4e95ea9552ae7d7f0c317ec30f367abcb17df3b6652326629dfed745064384de');
const publicKey = bytesToHex(publicKeyOf(key));
const fixture = readFileSync(new URL('../fixtures/protocol-vectors.json', import.meta.url), 'utf8');
const cases = member(asObject(parseJson(fixture)) ?? {}, 'compute_results');

describe('a compute result', () => {
  it('is coerced, written and hashed as the node does in every vector', () => {
    const list = Array.isArray(cases) ? cases : [];
    expect(list.length).toBeGreaterThan(20);
    for (const item of list) {
      const vector = asObject(item) ?? {};
      const result = coerceComputeResult(member(vector, 'payload') ?? null);
      expect(result && canonicalComputeResult(result)).toBe(member(vector, 'canonical'));
      expect(result && bytesToHex(computeResultLeaf(result))).toBe(member(vector, 'leaf'));
    }
  });

  it('survives the way through its payload', () => {
    const text = fc.string({ unit: 'grapheme' });
    const results = fc.record({
      taskId: text,
      workerAddress: text,
      resultHash: text,
      proof: text,
      nonce: fc.bigInt(-(10n ** 30n), 10n ** 30n),
      signature: text,
    });
    fc.assert(
      fc.property(results, (result: ComputeResult) => {
        expect(coerceComputeResult(computeResultPayload(result))).toEqual(result);
      }),
    );
  });

  it('holds no lone surrogates, which pydantic cannot', () => {
    const result = {
      taskId: '\ud800',
      workerAddress: '',
      resultHash: '',
      proof: '',
      nonce: 0n,
      signature: '',
    };
    expect(coerceComputeResult(computeResultPayload(result))).toBeNull();
  });

  it.each(['task_id', 'worker_address', 'result_hash', 'proof', 'signature'])(
    'is none without its %s',
    (key) => {
      const result = {
        taskId: 't',
        workerAddress: 'w',
        resultHash: 'r',
        proof: 'p',
        nonce: 1n,
        signature: 's',
      };
      const { [key]: _left, ...payload } = computeResultPayload(result);
      expect(coerceComputeResult(payload)).toBeNull();
      expect(coerceComputeResult({ ...payload, [key]: null })).toBeNull();
      expect(coerceComputeResult([])).toBeNull();
    },
  );

  it('has nonce 0 unless it says another, and is none with one that is no number', () => {
    const result = {
      taskId: 't',
      workerAddress: 'w',
      resultHash: 'r',
      proof: 'p',
      nonce: 1n,
      signature: 's',
    };
    const { nonce: _nonce, ...payload } = computeResultPayload(result);
    expect(coerceComputeResult(payload)).toEqual({ ...result, nonce: 0n });
    expect(coerceComputeResult({ ...payload, nonce: null })).toBeNull();
  });

  it('is signed over all its fields but the signature', () => {
    const unsigned = { taskId: 't', workerAddress: 'w', resultHash: 'r', proof: 'p', nonce: 1n };
    const signed = signComputeResult(unsigned, key);
    expect(verifyComputeResultSignature(signed, publicKey)).toBe(true);
    expect(verifyComputeResultSignature({ ...signed, nonce: 2n }, publicKey)).toBe(false);
    expect(verifyComputeResultSignature({ ...signed, signature: '' }, publicKey)).toBe(false);
  });
});
