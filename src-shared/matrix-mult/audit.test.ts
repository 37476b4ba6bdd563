import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import matrix from '../fixtures/matrix-mult-v1-vectors.json';
import { type AuditSubject, auditSampled, ResultAudit } from './audit';
import { commit, MerkleCommitment } from './commitment';
import { matrixARow, matrixBTransposed } from './matrices';
import { rowMultiplier } from './product';
import { encodeProof } from './proof';
import { taskSeed } from './seed';
import { taskId } from './task-id';

function subjectOf(vector: (typeof matrix.cases)[number]): AuditSubject {
  return {
    result: {
      taskId: vector.task_id,
      workerAddress: vector.worker_address,
      resultHash: vector.result_hash,
      proof: vector.proof,
      nonce: BigInt(vector.nonce),
      signature: '',
    },
    blockHash: vector.block_hash,
    blockHeight: vector.block_height,
  };
}

const small = matrix.cases.filter(({ matrix_size }) => matrix_size <= 600);
const vector = matrix.cases[0] as (typeof matrix.cases)[number]; // the fixture has cases
const honest = subjectOf(vector);

function failedChecks(subject: AuditSubject): string[] {
  const verdict = auditSampled(subject);
  expect(verdict.ok).toBe(false);
  return verdict.checks.filter(({ ok }) => !ok).map(({ name }) => name);
}

/** A result whose C is made up, but whose commitment and proof are in order. */
function cheat(c: Int32Array): AuditSubject {
  const n = vector.matrix_size;
  const seed = taskSeed(vector.block_hash, vector.worker_address, vector.nonce);
  const commitment = commit(c, n, seed);
  const header = { opened: 8, matrixSize: n, blockHeight: vector.block_height };
  const proof = encodeProof(commitment, seed, header);
  return { ...honest, result: { ...honest.result, proof, resultHash: bytesToHex(commitment.root) } };
}

describe('a sampled audit', () => {
  it.each(small.filter(({ k }) => k > 0))('passes an honest result of size $matrix_size', (honestVector) => {
    const verdict = auditSampled(subjectOf(honestVector));
    expect(verdict).toMatchObject({ kind: 'sampled', ok: true, matrixSize: honestVector.matrix_size });
    expect(verdict.rowsRecomputed).toBe(new Set(honestVector.opened_rows).size);
  });

  it.each(small.filter(({ k }) => k === 0))(
    'never passes a proof that opens no row ($matrix_size)',
    (empty) => {
      expect(failedChecks(subjectOf(empty))).toEqual(['opened_rows']);
    },
  );

  it('fails a made-up product', () => {
    expect(failedChecks(cheat(new Int32Array(vector.matrix_size ** 2)))).toEqual(['rows']);
  });

  it('names what is wrong with the rest', () => {
    const change = (result: Partial<AuditSubject['result']>): AuditSubject => {
      return { ...honest, result: { ...honest.result, ...result } };
    };
    expect(failedChecks(change({ taskId: '' }))).toEqual(['task_id']);
    expect(failedChecks({ ...honest, blockHeight: 1 })).toEqual(['block_height']);
    expect(failedChecks(change({ proof: '' }))).toEqual(['proof']);
    expect(failedChecks(change({ resultHash: '00' }))).toEqual(['proof']);
    expect(failedChecks(change({ nonce: 1n }))).toEqual(['task_id']);
    // Another root draws other rows, whose paths are not in the proof.
    const id = taskId('00'.repeat(32), vector.worker_address, 0, vector.matrix_size);
    expect(failedChecks({ ...change({ taskId: id }), blockHash: '00'.repeat(32) })).toEqual(['rows']);
    expect(failedChecks(change({ resultHash: 'ab'.repeat(32) }))).toEqual(['rows']);
  });

  it('fails once one byte of a path is changed', () => {
    const proof = `${vector.proof.slice(0, -2)}${vector.proof.endsWith('00') ? '01' : '00'}`;
    expect(failedChecks({ ...honest, result: { ...honest.result, proof } })).toEqual(['rows']);
  });
});

describe('a full audit', () => {
  it.each(small.filter(({ matrix_size }) => matrix_size <= 256))(
    'passes size $matrix_size',
    (honestVector) => {
      const { result_hash: resultHash, proof, matrix_size: n } = honestVector;
      const verdict = new ResultAudit(subjectOf(honestVector)).full({ resultHash, proof });
      expect(verdict).toMatchObject({ kind: 'full', ok: true, rowsRecomputed: n });
    },
  );

  const right = { resultHash: vector.result_hash, proof: vector.proof };
  const failed = (subject: AuditSubject): string[] => {
    const { ok, checks } = new ResultAudit(subject).full(right);
    expect(ok).toBe(false);
    return checks.filter((check) => !check.ok).map(({ name }) => name);
  };

  it('fails a made-up product', () => {
    expect(failed(cheat(new Int32Array(vector.matrix_size ** 2)))).toEqual(['root']);
  });

  it('fails a path that is not that of the right tree, and a proof that cannot be read', () => {
    const proof = `${vector.proof.slice(0, -2)}${vector.proof.endsWith('00') ? '01' : '00'}`;
    expect(failed({ ...honest, result: { ...honest.result, proof } })).toEqual(['rows']);
    expect(failed({ ...honest, result: { ...honest.result, proof: '' } })).toEqual(['proof']);
  });
});

describe('a proof that opens another number of rows', () => {
  const n = 320;
  const seed = taskSeed(vector.block_hash, vector.worker_address, vector.nonce);
  const multiply = rowMultiplier(matrixBTransposed(seed, n), n);
  const commitment = new MerkleCommitment(n, seed);
  for (let row = 0; row < n; row += 1) commitment.addRow(multiply(matrixARow(seed, n, row)));
  const resultHash = bytesToHex(commitment.root);
  const opening = (opened: number) =>
    encodeProof(commitment, seed, { opened, matrixSize: n, blockHeight: vector.block_height });
  const audited = (proof: string) => {
    const id = taskId(vector.block_hash, vector.worker_address, vector.nonce, n);
    return new ResultAudit({ ...honest, result: { ...honest.result, taskId: id, resultHash, proof } });
  };
  const fully = (audit: ResultAudit) => audit.full({ resultHash, proof: opening(audit.rowsToOpen) });
  const sampled = (audit: ResultAudit) =>
    audit.sampled(audit.rows.map((row) => commitment.rowDigests[row] ?? new Uint8Array(0)));
  const spoilt = (proof: string) => `${proof.slice(0, -2)}${proof.endsWith('00') ? '01' : '00'}`;

  it.each([1, 9, 256, 2000])('passes both audits where it is honest (%i)', (opened) => {
    const audit = audited(opening(opened));
    expect(audit.rows.length).toBeLessThanOrEqual(256);
    expect(sampled(audit)).toMatchObject({ ok: true, rowsRecomputed: audit.rows.length });
    expect(fully(audit)).toMatchObject({ ok: true, rowsRecomputed: n });
    expect(fully(audit).checks.at(-1)?.detail).toBe(
      `the same paths in ${Math.min(opened, 256)} of ${opened}`,
    );
  });

  it.each([1, 9, 256])('fails both where its last path is not right (%i)', (opened) => {
    const audit = audited(spoilt(opening(opened)));
    expect(sampled(audit).ok).toBe(false);
    expect(fully(audit).ok).toBe(false);
  });

  it('follows 256 rows at most, and says of a wrong one among them which it is', () => {
    const audit = audited(opening(2000));
    expect(audit.rows).toHaveLength(256);
    const digests = audit.rows.map((row) => commitment.rowDigests[row] ?? new Uint8Array(0));
    digests[255] = new Uint8Array(32);
    const { ok, checks } = audit.sampled(digests);
    expect(ok).toBe(false);
    expect(checks.at(-1)).toMatchObject({
      name: 'rows',
      ok: false,
      detail: `row ${audit.rows[255]} is wrong`,
    });
  });

  it('passes the full audit alone where it opens none', () => {
    const audit = audited(opening(0));
    expect(sampled(audit).ok).toBe(false);
    expect(audit.rowsToOpen).toBe(1);
    expect(fully(audit).ok).toBe(true);
  });
});
