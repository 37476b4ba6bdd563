import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import matrix from '../fixtures/matrix-mult-v1-vectors.json';
import { type AuditSubject, auditSampled, ResultAudit } from './audit';
import { commit, MerkleCommitment } from './commitment';
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
      expect(auditSampled(subjectOf(empty))).toMatchObject({ kind: 'sampled', rowsRecomputed: 0 });
      expect(auditSampled(subjectOf(empty)).checks.at(-1)).toEqual({
        name: 'opened_rows',
        ok: false,
        detail: '0 rows opened',
      });
    },
  );

  it('says in order what it looked at', () => {
    const { task_id, block_height, matrix_size, opened_rows, k } = vector;
    const looked = [
      { name: 'block_height', ok: true, detail: `block ${block_height}` },
      { name: 'task_id', ok: true, detail: task_id },
      { name: 'proof', ok: true, detail: `${k} rows of ${matrix_size}` },
    ];
    const { rowsRecomputed, checks } = auditSampled(honest);
    expect(rowsRecomputed).toBe(8);
    expect(checks).toEqual([
      ...looked,
      { name: 'opened_rows', ok: true, detail: '8 rows opened' },
      { name: 'rows', ok: true, detail: `rows ${opened_rows.join(', ')}` },
    ]);
    const right = { resultHash: vector.result_hash, proof: vector.proof };
    expect(new ResultAudit(honest).full(right).checks).toEqual([
      ...looked,
      { name: 'root', ok: true, detail: vector.result_hash },
      { name: 'rows', ok: true, detail: 'the same paths in 8 of 8' },
    ]);
  });

  it('recomputes nothing for a proof that cannot be read, or that is of another task', () => {
    const unread = { ...honest, result: { ...honest.result, proof: 'xy' } };
    const verdict = {
      ok: false,
      checks: [{ name: 'proof', ok: false, detail: 'The proof is not valid: it is not hex.' }],
      matrixSize: null,
      rowsRecomputed: 0,
    };
    const audit = new ResultAudit(unread);
    expect([audit.header, audit.rows, audit.rowsToOpen]).toEqual([null, [], 1]);
    expect(audit.sampled([])).toEqual({ kind: 'sampled', ...verdict });
    expect(audit.full({ resultHash: '', proof: '' })).toEqual({ kind: 'full', ...verdict });
    const other = new ResultAudit({ ...honest, blockHeight: 1 });
    expect([other.header, other.rows, other.rowsToOpen]).toEqual([null, [], 1]);
    expect(other.sampled([])).toMatchObject({ ok: false, matrixSize: 64, rowsRecomputed: 0 });
    expect(other.sampled([]).checks.map(({ name }) => name)).toEqual(['block_height', 'task_id', 'proof']);
    expect(other.full({ resultHash: vector.result_hash, proof: vector.proof })).toMatchObject({
      ok: false,
      rowsRecomputed: 0,
    });
  });

  it('fails a task of a negative nonce, though its id is that of the work', () => {
    const id = taskId(vector.block_hash, vector.worker_address, -1n, vector.matrix_size);
    const result = { ...honest.result, nonce: -1n, taskId: id };
    const audit = new ResultAudit({ ...honest, result });
    expect(audit.sampled([]).checks.find(({ name }) => name === 'task_id')).toEqual({
      name: 'task_id',
      ok: false,
      detail: id,
    });
  });

  it('takes a row whose digest nobody gave for a wrong one', () => {
    const audit = new ResultAudit(honest);
    expect(audit.sampled([]).checks.at(-1)).toEqual({
      name: 'rows',
      ok: false,
      detail: `row ${vector.opened_rows[0]} is wrong`,
    });
  });

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

  it('takes a proof in upper case for the same', () => {
    const proof = vector.proof.toUpperCase();
    expect(new ResultAudit({ ...honest, result: { ...honest.result, proof } }).full(right).ok).toBe(true);
  });

  it('does not pass paths that nobody recomputed', () => {
    for (const proof of ['', right.proof.slice(0, 31)]) {
      const { ok, checks } = new ResultAudit(honest).full({ ...right, proof });
      expect([ok, checks.at(-1)]).toEqual([
        false,
        { name: 'rows', ok: false, detail: 'another path in 8 of 8' },
      ]);
    }
    const one = matrix.cases.find(({ matrix_size }) => matrix_size === 1) as typeof vector; // it has one
    const { result_hash: resultHash, proof } = one;
    expect(proof).toHaveLength(32);
    expect(new ResultAudit(subjectOf(one)).full({ resultHash, proof }).ok).toBe(true);
  });

  it('compares no paths under another root, nor where none is opened', () => {
    const made = new ResultAudit(cheat(new Int32Array(vector.matrix_size ** 2))).full(right);
    expect(made.checks.at(-1)).toEqual({ name: 'root', ok: false, detail: vector.result_hash });
    expect(made.rowsRecomputed).toBe(64);
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
  const commitment = new MerkleCommitment(n, seed);
  // Whoever recomputes is the test: any digests will do.
  for (let row = 0; row < n; row += 1) commitment.addRowDigest(new Uint8Array(32).fill(row));
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
    expect(fully(audit).rowsRecomputed).toBe(n);
    expect(fully(audit).checks.at(-1)).toEqual({ name: 'root', ok: true, detail: resultHash });
  });

  it('has as many opened again as it opens, 256 at most', () => {
    const counts = [1, 9, 256, 257].map((opened) => audited(opening(opened)).rowsToOpen);
    expect(counts).toEqual([1, 9, 256, 256]);
  });
});
