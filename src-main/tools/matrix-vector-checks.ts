import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { auditSampled } from '../../src-shared/matrix-mult/audit';
import {
  commit,
  flatCommitment,
  iteratedRoot,
  MerkleCommitment,
  mockResultHash,
} from '../../src-shared/matrix-mult/commitment';
import { matrixA, matrixBTransposed } from '../../src-shared/matrix-mult/matrices';
import { rowMultiplier } from '../../src-shared/matrix-mult/product';
import { encodeProof, openedRows, parseProof } from '../../src-shared/matrix-mult/proof';
import { iterationSeed, taskSeed } from '../../src-shared/matrix-mult/seed';
import { selfCheck } from '../../src-shared/matrix-mult/self-check';
import { TASK_NAMESPACE, taskId } from '../../src-shared/matrix-mult/task-id';
import type { CheckLog } from './check-log';

const matrixCase = z.object({
  block_hash: z.string(),
  block_height: z.number(),
  worker_address: z.string(),
  nonce: z.number(),
  matrix_size: z.number(),
  task_id: z.string(),
  seed: z.string(),
  a_first16: z.array(z.number()),
  b_column0_first16: z.array(z.number()),
  c_first4: z.array(z.number()),
  c_last: z.number(),
  flat_sha256: z.string(),
  row0_digest: z.string(),
  result_hash: z.string(),
  opened_rows: z.array(z.number()),
  k: z.number(),
  proof: z.string(),
});
const iterationCase = z.object({
  seed: z.string(),
  matrix_size: z.number(),
  iterations: z.number(),
  result_hash: z.string(),
});
const mockCase = z.object({ seed: z.string(), result_hash: z.string() });

const SECTIONS: Readonly<Record<string, (log: CheckLog, where: string, value: unknown) => void>> = {
  cases: checkMatrixCase,
  iterations: checkIterations,
  mock: checkMock,
};

/** Whether a file's content is matrix_mult_v1 vectors, wholly or in part. */
export function isMatrixVectors(content: Record<string, unknown>): boolean {
  return Object.keys(SECTIONS).some((section) => Array.isArray(content[section]));
}

/** Recomputes every case; a section nobody knows is a failure. */
export function checkMatrixVectors(log: CheckLog, file: string, content: Record<string, unknown>): void {
  if (content.namespace !== undefined) log.same(`${file} namespace`, TASK_NAMESPACE, content.namespace);
  for (const [section, cases] of Object.entries(content)) {
    if (!Array.isArray(cases)) continue;
    const check = SECTIONS[section];
    if (check === undefined) {
      log.fail(`${file} ${section}`, 'cases of an unknown kind');
      continue;
    }
    cases.forEach((value, index) => {
      const where = `${file} ${section}[${index}]`;
      log.guard(where, () => check(log, where, value));
    });
  }
}

function checkMatrixCase(log: CheckLog, where: string, value: unknown): void {
  const expected = matrixCase.parse(value);
  const { block_hash, block_height, worker_address, nonce, matrix_size: n, k } = expected;
  const seed = taskSeed(block_hash, worker_address, nonce);
  log.same(`${where} seed`, bytesToHex(seed), expected.seed);
  log.same(`${where} task_id`, taskId(block_hash, worker_address, nonce, n), expected.task_id);

  const a = matrixA(seed, n);
  const bTransposed = matrixBTransposed(seed, n);
  log.same(`${where} a_first16`, [...a.subarray(0, Math.min(n * n, 16))], expected.a_first16);
  const column0 = bTransposed.subarray(0, Math.min(n, 16));
  log.same(`${where} b_column0_first16`, [...column0], expected.b_column0_first16);

  const c = product(a, bTransposed, n);
  log.same(`${where} c_first4`, [...c.subarray(0, expected.c_first4.length)], expected.c_first4);
  log.same(`${where} c_last`, c.at(-1), expected.c_last);
  log.same(`${where} flat_sha256`, bytesToHex(flatCommitment(c)), expected.flat_sha256);

  const commitment = commit(c, n, seed);
  const root = commitment.root;
  const row0 = commitment.rowDigests[0] ?? new Uint8Array(0);
  log.same(`${where} row0_digest`, bytesToHex(row0), expected.row0_digest);
  log.same(`${where} result_hash`, bytesToHex(root), expected.result_hash);
  log.same(`${where} opened_rows`, openedRows(root, seed, k, n), expected.opened_rows);
  const header = { opened: k, matrixSize: n, blockHeight: block_height };
  log.same(`${where} proof`, encodeProof(commitment, seed, header), expected.proof);
  const parsed = parseProof(expected.proof, expected.result_hash, seed, header);
  log.same(
    `${where} proof reads back`,
    parsed.rows.map(({ row }) => row),
    expected.opened_rows,
  );
  log.same(`${where} self-check`, selfCheck(a, bTransposed, c, n, seed, root), { ok: true });

  const result = {
    taskId: expected.task_id,
    workerAddress: worker_address,
    resultHash: expected.result_hash,
    proof: expected.proof,
    nonce: BigInt(nonce),
    signature: '',
  };
  const audit = auditSampled({ result, blockHash: block_hash, blockHeight: block_height });
  // A proof that opens no row cannot be audited by sampling, however right it is.
  log.same(`${where} audit`, audit.ok, k > 0);
}

function checkIterations(log: CheckLog, where: string, value: unknown): void {
  const { seed, matrix_size: n, iterations, result_hash } = iterationCase.parse(value);
  const roots = Array.from({ length: iterations }, (_, iteration) => {
    const iterated = iterationSeed(hexToBytes(seed), iteration);
    const multiply = rowMultiplier(matrixBTransposed(iterated, n), n);
    const a = matrixA(iterated, n);
    const commitment = new MerkleCommitment(n, iterated);
    for (let row = 0; row < n; row += 1) commitment.addRow(multiply(a.subarray(row * n, (row + 1) * n)));
    return commitment.root;
  });
  log.same(`${where} result_hash`, bytesToHex(iteratedRoot(roots)), result_hash);
}

function checkMock(log: CheckLog, where: string, value: unknown): void {
  const { seed, result_hash } = mockCase.parse(value);
  log.same(`${where} result_hash`, mockResultHash(hexToBytes(seed)), result_hash);
}

function product(a: Int8Array, bTransposed: Int8Array, n: number): Int32Array {
  const c = new Int32Array(n * n);
  const multiply = rowMultiplier(bTransposed, n);
  for (let row = 0; row < n; row += 1) c.set(multiply(a.subarray(row * n, (row + 1) * n)), row * n);
  return c;
}
