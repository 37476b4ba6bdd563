import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { addressFromPublicKey, isAddress, parseAddress } from '../../src-shared/chain/address';
import { blockHash } from '../../src-shared/chain/block';
import { parseHeader } from '../../src-shared/chain/block-json';
import {
  canonicalComputeResult,
  coerceComputeResult,
  computeResultLeaf,
} from '../../src-shared/chain/compute-result';
import { parseJson } from '../../src-shared/chain/json';
import { asObject, type JsonValue, member } from '../../src-shared/chain/json-value';
import { isHighS, parsePrivateKey, publicKeyOf, verifyHash } from '../../src-shared/chain/key';
import { merklePath, merkleRoot, rootFromPath } from '../../src-shared/chain/merkle';
import { parseTransaction, transactionHash, verifyTransaction } from '../../src-shared/chain/transaction';
import { taskSeed } from '../../src-shared/matrix-mult/seed';
import type { CheckLog } from './check-log';

const hex = z.string().regex(/^[0-9a-f]*$/);

const keyCase = z.object({
  private_key: hex,
  public_key: hex,
  address: z.string(),
  validator_address: z.string(),
});
const transactionCase = z.object({ tx_json: z.string(), hash: hex, high_s: z.boolean(), valid: z.boolean() });
const computeCase = z.object({ canonical: z.string().nullable(), leaf: hex.nullable() });
const merkleCase = z.object({ leaves: z.array(hex), root: hex, tx_root: hex });
const headerCase = z.object({ hash: hex, pq_signature: hex, pq_pub_key: hex });
const seedCase = z.object({
  block_hash: z.string(),
  worker_address: z.string(),
  nonce: z.number().optional(),
  seed: hex,
});

type CaseChecks = (log: CheckLog, where: string, value: unknown, lossless: JsonValue) => void;

/** How to check one case of each section of a protocol vector file. */
const SECTIONS: Readonly<Record<string, CaseChecks>> = {
  keys: checkKey,
  invalid_addresses: checkInvalidAddress,
  transactions: checkTransaction,
  compute_results: checkComputeResult,
  merkle: checkMerkle,
  headers: checkHeader,
  task_seeds: checkTaskSeed,
};

/** Whether a file's content is protocol vectors, wholly or in part. */
export function isProtocolVectors(content: Record<string, unknown>): boolean {
  return Object.keys(SECTIONS).some((section) => Array.isArray(content[section]));
}

/** Checks every case of every section; a section nobody knows is a failure. */
export function checkProtocolVectors(
  log: CheckLog,
  file: string,
  content: Record<string, unknown>,
  text: string,
): void {
  const lossless = asObject(parseJson(text)) ?? {};
  for (const [section, cases] of Object.entries(content)) {
    if (!Array.isArray(cases)) continue;
    const check = SECTIONS[section];
    if (check === undefined) {
      log.fail(`${file} ${section}`, 'cases of an unknown kind');
      continue;
    }
    const losslessCases = member(lossless, section);
    cases.forEach((value, index) => {
      const where = `${file} ${section}[${index}]`;
      const tokens = Array.isArray(losslessCases) ? losslessCases[index] : null;
      log.guard(where, () => check(log, where, value, tokens ?? null));
    });
  }
}

function checkKey(log: CheckLog, where: string, value: unknown): void {
  const expected = keyCase.parse(value);
  const publicKey = publicKeyOf(parsePrivateKey(expected.private_key));
  log.same(`${where} public_key`, bytesToHex(publicKey), expected.public_key);
  log.same(`${where} address`, addressFromPublicKey(publicKey), expected.address);
  const validatorAddress = addressFromPublicKey(publicKey, 'cpcvalcons');
  log.same(`${where} validator_address`, validatorAddress, expected.validator_address);
  log.same(`${where} address parses`, parseAddress(expected.address), expected.address);
}

function checkInvalidAddress(log: CheckLog, where: string, value: unknown): void {
  log.same(`${where} refused`, isAddress(z.string().parse(value)), false);
}

function checkTransaction(log: CheckLog, where: string, value: unknown): void {
  const expected = transactionCase.parse(value);
  const tx = parseTransaction(parseJson(expected.tx_json));
  log.same(`${where} hash`, transactionHash(tx), expected.hash);
  log.same(`${where} high_s`, isHighS(tx.signature), expected.high_s);
  log.same(`${where} valid`, verifyTransaction(tx), expected.valid);
}

function checkComputeResult(log: CheckLog, where: string, value: unknown, lossless: JsonValue): void {
  const expected = computeCase.parse(value);
  const payload = asObject(lossless);
  const result = coerceComputeResult(payload === undefined ? null : (member(payload, 'payload') ?? null));
  log.same(`${where} canonical`, result && canonicalComputeResult(result), expected.canonical);
  log.same(`${where} leaf`, result && bytesToHex(computeResultLeaf(result)), expected.leaf);
}

function checkMerkle(log: CheckLog, where: string, value: unknown): void {
  const expected = merkleCase.parse(value);
  const leaves = expected.leaves.map((leaf) => hexToBytes(leaf));
  const root = merkleRoot(leaves);
  log.same(`${where} tx_root`, bytesToHex(root), expected.tx_root);
  log.same(`${where} root`, leaves.length === 0 ? '' : bytesToHex(root), expected.root);
  const reached = leaves.map((leaf, index) => bytesToHex(rootFromPath(leaf, merklePath(leaves, index))));
  log.same(
    `${where} every path`,
    reached.every((end) => end === expected.root),
    true,
  );
}

function checkHeader(log: CheckLog, where: string, value: unknown, lossless: JsonValue): void {
  const expected = headerCase.parse(value);
  const hash = blockHash(parseHeader(member(asObject(lossless) ?? {}, 'header')));
  log.same(`${where} hash`, hash, expected.hash);
  const signed = verifyHash(hexToBytes(hash), expected.pq_signature, expected.pq_pub_key);
  log.same(`${where} pq_signature`, signed, true);
}

function checkTaskSeed(log: CheckLog, where: string, value: unknown): void {
  const expected = seedCase.parse(value);
  const seed = taskSeed(expected.block_hash, expected.worker_address, expected.nonce ?? 0);
  log.same(`${where} seed`, bytesToHex(seed), expected.seed);
}
