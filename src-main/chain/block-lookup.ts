import { type Block, blockHash, resultsOf } from '../../src-shared/chain/block';
import type { BlockExpectations } from '../../src-shared/chain/verify-block';
import { AppError, toErrorReport } from '../../src-shared/errors';
import type { AuditMode, AuditReport, BlockReport } from '../../src-shared/ipc/block-report';
import type { ComputeOutcome, RowsJob, TaskJob } from '../../src-shared/ipc/compute';
import { type AuditVerdict, ResultAudit } from '../../src-shared/matrix-mult/audit';
import { parseProofHeader } from '../../src-shared/matrix-mult/proof';
import { squareShape } from '../../src-shared/matrix-mult/shape';
import { plainHex, plainNumber } from '../../src-shared/pasted-text';
import { blockChecks, inclusionOf } from './block-evidence';
import type { BlockVerifier, VerifiedBlock } from './block-verifier';
import type { NodeClient } from './node-client';

/** A height as a person types it. @throws AppError `invalid_height` */
export function parseHeight(text: string): number {
  const digits = plainNumber(text);
  const value = Number(digits);
  if (/^\d+$/.test(digits) && Number.isSafeInteger(value)) return value;
  throw new AppError('invalid_height', 'A block height is a whole number, 0 or more.', {
    remedy: 'fix_input',
  });
}

/** A transaction hash as a person types it, lower-cased. @throws AppError `invalid_hash` */
export function parseTxHash(text: string): string {
  const hash = plainHex(text);
  if (/^[0-9a-f]{64}$/.test(hash)) return hash;
  throw new AppError('invalid_hash', 'A transaction hash has 64 characters, 0-9 and a-f.', {
    remedy: 'fix_input',
  });
}

/** What an audit has done elsewhere: here it would hold up everything else for as long as it takes. */
export type Recompute = {
  /** Digests of rows of C, in the order asked for. */
  rows(rows: Omit<RowsJob, 'kind'>): Promise<readonly Uint8Array[]>;
  /** A whole task. */
  task(task: Omit<TaskJob, 'kind' | 'method'>): Promise<Pick<ComputeOutcome, 'resultHash' | 'proof'>>;
  now(): number;
};

async function sampled(audit: ResultAudit, recompute: Recompute): Promise<AuditVerdict> {
  const { header } = audit;
  const rows = [...audit.rows];
  if (header === null || rows.length === 0) return audit.sampled([]);
  const operands = { kind: 'drawn', seed: audit.seed } as const;
  return audit.sampled(await recompute.rows({ shape: squareShape(header.matrixSize), operands, rows }));
}

async function full(audit: ResultAudit, recompute: Recompute): Promise<AuditVerdict> {
  const { header, rowsToOpen: openedRows } = audit;
  if (header === null) return audit.full({ resultHash: '', proof: '' });
  const { matrixSize, blockHeight } = header;
  const shape = squareShape(matrixSize);
  const operands = { kind: 'drawn', seed: audit.seed } as const;
  const commitment = 'merkle';
  const task = { shape, operands, commitment, blockHeight, openedRows, wantsProduct: false } as const;
  const { resultHash, proof } = await recompute.task(task);
  return audit.full({ resultHash, proof: proof ?? '' });
}

const AUDITS = { sampled, full } as const satisfies Record<AuditMode, unknown>;

/** The size is another miner's: no setting here makes it fit. */
function tooLarge(error: unknown): never {
  const { code, message, params } = toErrorReport(error);
  if (code !== 'invalid_matrix_size') throw error;
  throw new AppError('audit_too_large', message, { params, cause: error });
}

/** What every block of the chain must agree with. */
export type ChainFacts = Pick<BlockExpectations, 'chainId' | 'slots'>;

/** Looks blocks up at one node and recomputes everything on this machine. */
export class BlockLookup {
  readonly #node: NodeClient;
  readonly #verifier: BlockVerifier;
  readonly #chain: ChainFacts;

  constructor(node: NodeClient, verifier: BlockVerifier, chain: ChainFacts) {
    this.#node = node;
    this.#verifier = verifier;
    this.#chain = chain;
  }

  /**
   * The block at a height with all its checks; its hash is confirmed by the block after it, or by the node's status
   * where it is the newest.
   * @param mine the account whose results are marked
   * @throws AppError `not_found`, `node_*`
   */
  async at(height: number, mine: string | null): Promise<BlockReport> {
    const block = await this.#block(height);
    const expectedHash = await this.#hashAt(height);
    const previous = height > 0 ? await this.#node.block(height - 1) : null;
    const { hash, verification } = await this.#verifier.verify(block, {
      expectedHeight: height,
      ...this.#chain,
      ...(expectedHash === null ? {} : { expectedHash }),
      ...(previous === null ? {} : { prevHash: blockHash(previous.header) }),
    });
    const { header } = block;
    return {
      height,
      hash,
      prevHash: header.prevHash,
      timestampMs: header.timestamp * 1000,
      chainId: header.chainId,
      proposerAddress: header.proposerAddress,
      signature: block.pqSignature,
      round: header.round,
      txRoot: header.txRoot,
      stateRoot: header.stateRoot,
      computeRoot: header.computeRoot,
      gasUsed: header.gasUsed.toString(),
      gasLimit: header.gasLimit.toString(),
      txCount: block.txs.length,
      checks: blockChecks(verification),
      results: verification.results.flatMap(({ txHash, txIndex, result }) => {
        const inclusion = inclusionOf(verification, txHash);
        const { taskId, workerAddress, resultHash } = result;
        return inclusion === null
          ? []
          : [{ txHash, txIndex, taskId, workerAddress, resultHash, mine: workerAddress === mine, inclusion }];
      }),
    };
  }

  /** The block at a height as the chain has it, with its checks. @throws AppError `not_found`, `node_*` */
  async verified(height: number): Promise<VerifiedBlock> {
    return this.#verifier.verify(await this.#block(height), { expectedHeight: height, ...this.#chain });
  }

  /** The height of the block a transaction is in. @throws AppError `not_found`, `node_*` */
  async heightOfTx(txHash: string): Promise<number> {
    const receipt = await this.#node.receipt(txHash);
    if (receipt?.status === 'confirmed' && receipt.blockHeight !== null) return receipt.blockHeight;
    const why = receipt === null ? 'the node does not know it' : `it is ${receipt.status}`;
    throw new AppError('not_found', `The transaction is in no block: ${why}.`, { remedy: 'fix_input' });
  }

  /**
   * Audits one result (matrix-mult-v1.md, "Audit"): by the rows its proof opens, or by doing the whole task again.
   * @throws AppError `not_found`, `invalid_proof` for a result without a readable proof, `audit_too_large`, `node_*`, and as
   * `recompute`
   */
  async audit(height: number, txHash: string, mode: AuditMode, recompute: Recompute): Promise<AuditReport> {
    const found = resultsOf(await this.#block(height)).find((candidate) => candidate.txHash === txHash);
    if (found === undefined) {
      throw new AppError('not_found', `Block ${height} has no result of this transaction.`, {
        remedy: 'fix_input',
      });
    }
    const started = recompute.now();
    const { blockHeight } = parseProofHeader(found.result.proof);
    const seedBlock = await this.#block(blockHeight);
    const subject = { result: found.result, blockHash: blockHash(seedBlock.header), blockHeight };
    const verdict = await AUDITS[mode](new ResultAudit(subject), recompute).catch(tooLarge);
    return {
      mode: verdict.kind,
      ok: verdict.ok,
      rows: verdict.rowsRecomputed,
      matrixSize: verdict.matrixSize ?? 0,
      checks: verdict.checks.map(({ name, ok, detail }) => ({ name, ok, expected: null, actual: detail })),
      durationMs: recompute.now() - started,
    };
  }

  /** A block's hash as the node says it elsewhere; null where it moved on in between. */
  async #hashAt(height: number): Promise<string | null> {
    const next = await this.#node.block(height + 1);
    if (next !== null) return next.header.prevHash;
    const status = await this.#node.status();
    return status.height === height ? status.lastHash : null;
  }

  async #block(height: number): Promise<Block> {
    const block = await this.#node.block(height);
    if (block !== null) return block;
    throw new AppError('not_found', `The node has no block ${height}.`, {
      remedy: 'fix_input',
      params: { height },
    });
  }
}
