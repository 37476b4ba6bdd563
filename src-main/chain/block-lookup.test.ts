import { readFileSync } from 'node:fs';
import { bytesToHex } from '@noble/hashes/utils.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Block, blockHash, parseBlock } from '../../src-shared/chain/block';
import { computeResultPayload } from '../../src-shared/chain/compute-result';
import { parseJson } from '../../src-shared/chain/json';
import { transactionHash } from '../../src-shared/chain/transaction';
import { parseValidators } from '../../src-shared/chain/validator';
import { AppError } from '../../src-shared/errors';
import expected from '../../src-shared/fixtures/blocks/expected.json';
import { commit } from '../../src-shared/matrix-mult/commitment';
import { matrixARow, matrixBTransposed } from '../../src-shared/matrix-mult/matrices';
import { rowMultiplier } from '../../src-shared/matrix-mult/product';
import { encodeProof } from '../../src-shared/matrix-mult/proof';
import { taskSeed } from '../../src-shared/matrix-mult/seed';
import { taskId } from '../../src-shared/matrix-mult/task-id';
import { ALICE, signedBlock, transaction } from '../devnet/test-network';
import { checkerHere } from '../signatures/signature-checker';
import { BlockLookup, parseHeight, parseTxHash, type Recompute } from './block-lookup';
import { BlockVerifier } from './block-verifier';
import type { NodeClient, Receipt } from './node-client';

const folder = new URL('../../src-shared/fixtures/blocks/', import.meta.url);
const json = (name: string) => parseJson(readFileSync(new URL(name, folder), 'utf8'));
const validators = parseValidators(json('validators.json'));
const reference = [126, 127, 128].map((height) => parseBlock(json(`block-${height}.json`)));
const wanted = expected.blocks.find(({ height }) => height === 127);

let blocks: Map<number, Block>;
let tip: { height: number; lastHash: string };
let receipt: Receipt | null;
let lookup: BlockLookup;

beforeEach(() => {
  blocks = new Map(reference.map((block) => [block.header.height, block]));
  tip = { height: 128, lastHash: '' };
  receipt = null;
  const node = {
    block: async (height: number) => blocks.get(height) ?? null,
    status: async () => tip,
    validators: async () => validators,
    receipt: async () => receipt,
  } as unknown as NodeClient; // all that a look-up asks of it
  lookup = new BlockLookup(node, new BlockVerifier(node, checkerHere), { chainId: 'cpc-devnet-1' });
});

const failed = ({ checks }: { checks: { name: string; ok: unknown }[] }) =>
  checks.filter(({ ok }) => ok === false).map(({ name }) => name);
const checkOf = ({ checks }: { checks: { name: string; ok: unknown }[] }, name: string) =>
  checks.find((check) => check.name === name)?.ok;

describe('a height, as a person types it', () => {
  it('is a whole number', () => {
    expect([parseHeight('0'), parseHeight(' #1,234 '), parseHeight('9007199254740991')]).toEqual([
      0,
      1234,
      Number.MAX_SAFE_INTEGER,
    ]);
    for (const text of ['', '-1', '1.5', '1.0', '1e3', '0x10', 'x1', '1x', '9007199254740992'])
      expect(() => parseHeight(text)).toThrow(
        expect.objectContaining({ code: 'invalid_height', remedy: 'fix_input' }),
      );
  });
});

describe('a transaction’s hash, as a person types it', () => {
  it('has 64 digits, in whatever case', () => {
    expect(parseTxHash(` 0x${'AB'.repeat(32)}`)).toBe('ab'.repeat(32));
    for (const text of ['', 'ab'.repeat(31), `${'ab'.repeat(32)}a`, `g${'a'.repeat(63)}`])
      expect(() => parseTxHash(text)).toThrow(
        expect.objectContaining({ code: 'invalid_hash', remedy: 'fix_input' }),
      );
  });
});

describe('a block that is looked up', () => {
  it('has all its checks, its results with their paths, and whose they are', async () => {
    const block = reference[1] as Block;
    const worker = String(block.txs[0]?.from);
    const report = await lookup.at(127, worker);
    const { header } = block;
    expect(failed(report)).toEqual([]);
    for (const name of ['height', 'prev_hash', 'hash', 'chain_id', 'tx_signatures', 'signature'])
      expect(checkOf(report, name), name).toBe(true);
    const { checks: _checks, results, ...told } = report;
    expect(told).toEqual({
      height: 127,
      hash: wanted?.hash,
      prevHash: header.prevHash,
      timestampMs: 1_795_340_950_000,
      chainId: 'cpc-devnet-1',
      proposerAddress: header.proposerAddress,
      signature: block.pqSignature,
      round: 0,
      txRoot: wanted?.tx_root,
      stateRoot: header.stateRoot,
      computeRoot: wanted?.compute_root,
      gasUsed: '501000',
      gasLimit: '50000000',
      txCount: 7,
    });
    expect(results).toHaveLength(6);
    expect(results[0]).toMatchObject({
      txIndex: 0,
      txHash: wanted?.tx_hashes[0],
      workerAddress: worker,
      mine: true,
    });
    expect(results.filter((result) => result.mine).every((result) => result.workerAddress === worker)).toBe(
      true,
    );
    expect(results.some((result) => !result.mine)).toBe(true);
    for (const { inclusion } of results) expect(inclusion.root).toBe(wanted?.compute_root);
    expect(results[1]?.inclusion).toMatchObject({ leafIndex: 1, path: [{ side: 'left' }, {}, {}] });
    expect((await lookup.at(127, null)).results.filter((result) => result.mine)).toEqual([]);
  });

  it('is compared with what the next block says of it, or the status where it is the newest', async () => {
    const next = reference[2] as Block;
    blocks.set(128, { ...next, header: { ...next.header, prevHash: 'e'.repeat(64) } });
    expect(failed(await lookup.at(127, null))).toEqual(['hash']);
    blocks.delete(128);
    tip = { height: 127, lastHash: 'e'.repeat(64) };
    expect(failed(await lookup.at(127, null))).toEqual(['hash']);
    tip = { height: 127, lastHash: wanted?.hash ?? '' };
    expect(checkOf(await lookup.at(127, null), 'hash')).toBe(true);
    // It moved on in between: what the status says is of another block.
    tip = { height: 128, lastHash: 'e'.repeat(64) };
    expect(failed(await lookup.at(127, null))).toEqual([]);
  });

  it('is compared with the block before it, where there is one', async () => {
    const before = reference[0] as Block;
    blocks.set(126, { ...before, header: { ...before.header, stateRoot: 'ab' } });
    expect(failed(await lookup.at(127, null))).toEqual(['prev_hash']);
    blocks.delete(126);
    expect(checkOf(await lookup.at(127, null), 'prev_hash')).toBe('not_checked');
  });

  it('that is block 0 has none before it', async () => {
    blocks.set(0, reference[1] as Block);
    blocks.set(-1, reference[0] as Block);
    const report = await lookup.at(0, null);
    expect(checkOf(report, 'prev_hash')).toBe('not_checked');
    expect(failed(report)).toEqual(['height']);
  });

  it('and is not there is said to be none', async () => {
    const none = { code: 'not_found', remedy: 'fix_input', params: { height: 500 } };
    await expect(lookup.at(500, null)).rejects.toMatchObject(none);
    await expect(lookup.verified(500)).rejects.toMatchObject(none);
  });

  it('alone is checked as well', async () => {
    expect((await lookup.verified(127)).verification.ok).toBe(true);
    blocks.set(129, reference[1] as Block);
    expect(failed((await lookup.verified(129)).verification as never)).toEqual(['height']);
  });
});

describe('the block of a transaction', () => {
  it('is the one that its receipt names', async () => {
    receipt = { status: 'confirmed', blockHeight: 127, error: null };
    expect(await lookup.heightOfTx('ab')).toBe(127);
  });

  it.each<[Receipt | null, string]>([
    [null, 'the node does not know it'],
    [{ status: 'pending', blockHeight: 127, error: null }, 'it is pending'],
    [{ status: 'confirmed', blockHeight: null, error: null }, 'it is confirmed'],
  ])('is none by the receipt %j', async (given, why) => {
    receipt = given;
    await expect(lookup.heightOfTx('ab')).rejects.toMatchObject({
      code: 'not_found',
      remedy: 'fix_input',
      message: `The transaction is in no block: ${why}.`,
    });
  });
});

describe('an audit of a result', () => {
  const n = 8;
  const seedBlock = signedBlock([]);
  const seed = taskSeed(blockHash(seedBlock.header), ALICE.address);
  const bTransposed = matrixBTransposed(seed, n);
  const multiply = rowMultiplier(bTransposed, n);
  const c = Int32Array.from(
    Array.from({ length: n }, (_, row) => [...multiply(matrixARow(seed, n, row))]).flat(),
  );
  const commitment = commit(c, n, seed);
  const resultHash = bytesToHex(commitment.root);
  const proofOf = (opened: number) =>
    encodeProof(commitment, seed, { opened, matrixSize: n, blockHeight: 7 });
  const withResult = (proof: string) => {
    const result = {
      taskId: taskId(blockHash(seedBlock.header), ALICE.address, 0, n),
      workerAddress: ALICE.address,
      resultHash,
      proof,
      nonce: 0n,
      signature: '',
    };
    const tx = transaction(ALICE, 0, {
      type: 'SUBMIT_RESULT',
      to: null,
      amount: 0n,
      payload: computeResultPayload(result),
    });
    blocks.set(7, seedBlock);
    blocks.set(9, signedBlock([transaction(ALICE, 1), tx]));
    return transactionHash(tx);
  };
  let ms: number;
  const asked: unknown[] = [];
  const here: Recompute = {
    rows: async (job) => {
      asked.push(job);
      return job.rows.map((row) => commitment.rowDigests[row] ?? new Uint8Array(0));
    },
    task: async (job) => {
      asked.push(job);
      return { resultHash, proof: proofOf(job.openedRows ?? 0) };
    },
    now: () => (ms += 250),
  };
  beforeEach(() => {
    ms = 0;
    asked.length = 0;
  });

  it('by its opened rows has those recomputed, and says how long it took', async () => {
    const txHash = withResult(proofOf(3));
    const report = await lookup.audit(9, txHash, 'sampled', here);
    const rows = [...new Set((asked[0] as { rows: number[] }).rows)];
    expect(asked).toEqual([
      { shape: { rows: n, inner: n, columns: n }, operands: { kind: 'drawn', seed }, rows },
    ]);
    expect(report).toMatchObject({
      mode: 'sampled',
      ok: true,
      rows: rows.length,
      matrixSize: n,
      durationMs: 250,
    });
    expect(report.checks[0]).toEqual({ name: 'block_height', ok: true, expected: null, actual: 'block 7' });
  });

  it('by the whole task has that done again', async () => {
    const txHash = withResult(proofOf(3));
    expect(await lookup.audit(9, txHash, 'full', here)).toMatchObject({ mode: 'full', ok: true, rows: n });
    expect(asked).toEqual([
      {
        shape: { rows: n, inner: n, columns: n },
        operands: { kind: 'drawn', seed },
        commitment: 'merkle',
        blockHeight: 7,
        openedRows: 3,
        wantsProduct: false,
      },
    ]);
    const none: Recompute = { ...here, task: async () => ({ resultHash, proof: null }) };
    expect((await lookup.audit(9, txHash, 'full', none)).ok).toBe(false);
  });

  it('recomputes nothing where its words alone fail it, or it opens nothing', async () => {
    for (const proof of [proofOf(0), proofOf(3).slice(0, -2)]) {
      const txHash = withResult(proof);
      expect(await lookup.audit(9, txHash, 'sampled', here)).toMatchObject({ ok: false, rows: 0 });
    }
    const txHash = withResult(proofOf(3).slice(0, -2));
    expect(await lookup.audit(9, txHash, 'full', here)).toMatchObject({ ok: false, rows: 0, matrixSize: 0 });
    expect(asked).toEqual([]);
  });

  it('is none of a transaction without a result, of an unread proof, or of a block that is not there', async () => {
    const txHash = withResult('xy');
    await expect(lookup.audit(9, 'ab', 'sampled', here)).rejects.toMatchObject({
      code: 'not_found',
      remedy: 'fix_input',
    });
    await expect(lookup.audit(9, txHash, 'sampled', here)).rejects.toMatchObject({ code: 'invalid_proof' });
    const good = withResult(proofOf(3));
    blocks.delete(7);
    await expect(lookup.audit(9, good, 'sampled', here)).rejects.toMatchObject({ params: { height: 7 } });
  });

  it('that fails for its size is of another’s task, and for anything else as it failed', async () => {
    const txHash = withResult(proofOf(3));
    const failing = (error: AppError): Recompute => ({ ...here, rows: () => Promise.reject(error) });
    const large = new AppError('invalid_matrix_size', 'large', {
      remedy: 'open_settings',
      params: { maximum: 4 },
    });
    await expect(lookup.audit(9, txHash, 'sampled', failing(large))).rejects.toMatchObject({
      code: 'audit_too_large',
      message: 'large',
      remedy: 'none',
      params: { maximum: 4 },
      cause: large,
    });
    const other = new AppError('compute_cancelled', 'called off');
    await expect(lookup.audit(9, txHash, 'sampled', failing(other))).rejects.toBe(other);
  });
});
