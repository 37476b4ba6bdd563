import { AppError, toErrorReport } from '../errors';
import type { Block, BlockHeader } from './block-types';
import type { JsonObject, JsonValue } from './json';
import { asObject, JsonNumber, member } from './json-value';
import { laxInteger, laxString } from './pydantic';
import { parseTransaction, transactionJson } from './transaction';

/**
 * A block as a node serves it.
 * @throws AppError `invalid_block`, naming what is wrong.
 */
export function parseBlock(json: JsonValue): Block {
  const block = asObject(json);
  const txs = block === undefined ? undefined : member(block, 'txs');
  if (block === undefined || !Array.isArray(txs)) throw invalid('it is not an object with header and txs');
  return {
    header: parseHeader(member(block, 'header')),
    txs: txs.map(parseBlockTransaction),
    pqSignature: text(block, 'pq_signature', ''),
    pqSigSchemeId: safeInteger(block, 'pq_sig_scheme_id', 1),
  };
}

/**
 * A header by itself.
 * @throws AppError `invalid_block`, naming what is wrong.
 */
export function parseHeader(json: JsonValue | undefined): BlockHeader {
  const header = asObject(json);
  if (header === undefined) throw invalid('header is not an object');
  return {
    height: safeInteger(header, 'height'),
    prevHash: text(header, 'prev_hash'),
    timestamp: safeInteger(header, 'timestamp'),
    chainId: text(header, 'chain_id'),
    proposerAddress: text(header, 'proposer_address'),
    round: safeInteger(header, 'round', 0),
    txRoot: text(header, 'tx_root'),
    stateRoot: text(header, 'state_root'),
    computeRoot: text(header, 'compute_root', ''),
    gasUsed: integer(header, 'gas_used', 0n),
    gasLimit: integer(header, 'gas_limit', 0n),
  };
}

/** A block with the node's own field names, in the order a node writes them. */
export function blockJson(block: Block): JsonObject {
  const { header } = block;
  return {
    header: {
      height: JsonNumber.ofInteger(header.height),
      prev_hash: header.prevHash,
      timestamp: JsonNumber.ofInteger(header.timestamp),
      chain_id: header.chainId,
      proposer_address: header.proposerAddress,
      round: JsonNumber.ofInteger(header.round),
      tx_root: header.txRoot,
      state_root: header.stateRoot,
      compute_root: header.computeRoot,
      gas_used: JsonNumber.ofInteger(header.gasUsed),
      gas_limit: JsonNumber.ofInteger(header.gasLimit),
      zk_state_proof_hash: null,
      zk_compute_proof_hash: null,
    },
    txs: block.txs.map(transactionJson),
    pq_signature: block.pqSignature,
    pq_sig_scheme_id: JsonNumber.ofInteger(block.pqSigSchemeId),
  };
}

function parseBlockTransaction(json: JsonValue, index: number): Block['txs'][number] {
  try {
    return parseTransaction(json);
  } catch (error) {
    throw invalid(`txs[${index}]: ${toErrorReport(error).message}`, error);
  }
}

function text(object: JsonObject, key: string, fallback?: string): string {
  if (fallback !== undefined && !Object.hasOwn(object, key)) return fallback;
  const value = laxString(member(object, key));
  if (value === undefined) throw invalid(`${key} is not a string`);
  return value;
}

function integer(object: JsonObject, key: string, fallback?: bigint): bigint {
  if (fallback !== undefined && !Object.hasOwn(object, key)) return fallback;
  const value = laxInteger(member(object, key));
  if (typeof value !== 'bigint') throw invalid(`${key} is not an integer`);
  return value;
}

/** Heights, rounds and seconds are far below 2^53 on any chain worth following. */
function safeInteger(object: JsonObject, key: string, fallback?: number): number {
  const value = Number(integer(object, key, fallback === undefined ? undefined : BigInt(fallback)));
  if (!Number.isSafeInteger(value)) throw invalid(`${key} is too large`);
  return value;
}

function invalid(why: string, cause?: unknown): AppError {
  return new AppError('invalid_block', `This is not a block of the chain: ${why}.`, { cause });
}
