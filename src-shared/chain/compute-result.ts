import type { JsonObject, JsonValue } from './json';
import { asObject, JsonNumber, member } from './json-value';
import { signHash, verifyHash } from './key';
import { laxInteger, laxString } from './pydantic';
import { sha256 } from './sha256';

/** What a SUBMIT_RESULT transaction carries (l1-protocol.md, "SUBMIT_RESULT payload"). */
export type ComputeResult = {
  readonly taskId: string;
  readonly workerAddress: string;
  readonly resultHash: string;
  readonly proof: string;
  readonly nonce: bigint;
  /** By the worker's key over the fields above, hex; may be empty. */
  readonly signature: string;
};

/**
 * The result a payload holds, coerced as pydantic's lax mode does, or null where the node would find none.
 * Such a payload gives no leaf, and its transaction is silently dropped by the proposer.
 */
export function coerceComputeResult(payload: JsonValue): ComputeResult | null {
  const object = asObject(payload);
  if (object === undefined) return null;
  const text = (key: string): string | undefined => laxString(member(object, key));
  const taskId = text('task_id');
  const workerAddress = text('worker_address');
  const resultHash = text('result_hash');
  const proof = text('proof');
  const signature = text('signature');
  const nonce = Object.hasOwn(object, 'nonce') ? laxInteger(member(object, 'nonce')) : 0n;
  if (typeof nonce !== 'bigint' || taskId === undefined || workerAddress === undefined) return null;
  if (resultHash === undefined || proof === undefined || signature === undefined) return null;
  return { taskId, workerAddress, resultHash, proof, nonce, signature };
}

/** Compact JSON in field order with raw UTF-8, as serde_json writes it; JSON.stringify escapes the same way. */
export function canonicalComputeResult(result: ComputeResult): string {
  const text = (value: string): string => JSON.stringify(value);
  const head = `{"task_id":${text(result.taskId)},"worker_address":${text(result.workerAddress)}`;
  const middle = `,"result_hash":${text(result.resultHash)},"proof":${text(result.proof)}`;
  return `${head}${middle},"nonce":${result.nonce},"signature":${text(result.signature)}}`;
}

/** The leaf a result contributes to `compute_root`: SHA-256 of its canonical JSON. */
export function computeResultLeaf(result: ComputeResult): Uint8Array {
  return sha256(canonicalComputeResult(result));
}

/** Fills in the worker's signature. */
export function signComputeResult(
  unsigned: Omit<ComputeResult, 'signature'>,
  privateKey: Uint8Array,
): ComputeResult {
  return { ...unsigned, signature: signHash(signedHash(unsigned), privateKey) };
}

/** Whether the result's own signature is by this public key; an empty one is not. */
export function verifyComputeResultSignature(result: ComputeResult, publicKeyHex: string): boolean {
  return verifyHash(signedHash(result), result.signature, publicKeyHex);
}

/** The payload of the SUBMIT_RESULT transaction. */
export function computeResultPayload(result: ComputeResult): JsonObject {
  return {
    task_id: result.taskId,
    worker_address: result.workerAddress,
    result_hash: result.resultHash,
    proof: result.proof,
    nonce: JsonNumber.ofInteger(result.nonce),
    signature: result.signature,
  };
}

function signedHash(result: Omit<ComputeResult, 'signature'>): Uint8Array {
  const { taskId, workerAddress, resultHash, proof, nonce } = result;
  return sha256(`${taskId}${workerAddress}${resultHash}${proof}${nonce}`);
}
