import { Buffer } from 'node:buffer';
import type { ComputeOutcome } from '../../src-shared/ipc/compute';
import type { JobError, JobErrorCode, JobResult } from '../../src-shared/jobs/frames';
import { int32Bytes } from '../../src-shared/matrix-mult/bytes';
import { DEFAULT_OPENED_ROWS } from '../../src-shared/matrix-mult/proof';
import type { ComputeWork } from '../compute/compute-task';
import { decodeMatrices, type GivenMatrices } from './given-matrices';
import type { KeptPayload } from './kept-payload';
import type { MatricesFolder } from './matrices-folder';

/** What a job asks of the engines: its matrices are fetched here, no earlier. @throws as `MatricesFolder.read` */
export function workOf(payload: KeptPayload, folder: Pick<MatricesFolder, 'read'>): ComputeWork {
  const { shape, commitment } = payload;
  const common = { shape, commitment, blockHeight: 0, openedRows: DEFAULT_OPENED_ROWS } as const;
  if (payload.challenge === 'synthetic') {
    const seed = new Uint8Array(Buffer.from(payload.seed, 'hex'));
    const { iterations } = payload;
    return { ...common, operands: { kind: 'drawn', seed }, iterations, wantsProduct: false };
  }
  const operands = { kind: 'given', ...matricesOf(payload, folder) } as const;
  return { ...common, operands, iterations: 1, wantsProduct: payload.returnOutput };
}

/** The frame that answers a job with its result (poc-protocol.md, "Worker ⇄ PoC validator"). */
export function resultFrame(
  jobId: string,
  address: string,
  { resultHash, proof, product }: ComputeOutcome,
): string {
  const result: JobResult = {
    type: 'job_result',
    job_id: jobId,
    worker_address: address,
    result_hash: resultHash,
    proof,
    ...(product === null ? {} : { output: base64Of(product) }),
  };
  return JSON.stringify(result);
}

/** The frame that says why a job has no result. */
export function errorFrame(jobId: string, code: JobErrorCode, message: string): string {
  const error: JobError = { type: 'job_error', job_id: jobId, code, message };
  return JSON.stringify(error);
}

function base64Of(product: Int32Array): string {
  const bytes = int32Bytes(product);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function matricesOf(
  payload: Extract<KeptPayload, { challenge: 'matrix_mult' }>,
  folder: Pick<MatricesFolder, 'read'>,
): GivenMatrices {
  if (!('file' in payload)) return decodeMatrices(payload.shape, payload);
  if (payload.file === null) throw new Error('no matrices were kept for it');
  return folder.read(payload.file, payload.shape);
}
