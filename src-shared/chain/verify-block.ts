import { hexToBytes } from '@noble/hashes/utils.js';
import { addressFromPublicKey } from './address';
import {
  type Block,
  type BlockHash,
  type BlockResult,
  blockHash,
  computeRootOf,
  resultsOf,
  slotTimestamp,
  txRootOf,
} from './block';
import { baseGas } from './gas';
import { verifyHash } from './key';
import { isSigned, type TxHash, transactionHash } from './transaction';

export type BlockCheckName =
  | 'height'
  | 'chain_id'
  | 'timestamp'
  | 'prev_hash'
  | 'hash'
  | 'tx_root'
  | 'compute_root'
  | 'gas'
  | 'proposer'
  | 'signature'
  | 'tx_signatures';

export type BlockCheck = {
  readonly name: BlockCheckName;
  /** `not_checked` where the caller did not say what to expect. */
  readonly ok: boolean | 'not_checked';
  /** What stands in `actual` where the check passes, in the same terms; empty where nothing was expected. */
  readonly expected: string;
  readonly actual: string;
};

export type BlockVerification = {
  /** No check failed. What was not checked is not a failure: look at the list. */
  readonly ok: boolean;
  /** The header's recomputed hash. */
  readonly hash: BlockHash;
  /** Of its transactions, in order. */
  readonly txHashes: readonly TxHash[];
  /** In leaf order. */
  readonly results: readonly BlockResult[];
  readonly checks: readonly BlockCheck[];
};

/** What the caller knows about the block beforehand; what is left out is not checked. */
export type BlockExpectations = {
  readonly expectedHash?: string;
  readonly expectedHeight?: number;
  readonly prevHash?: string;
  readonly chainId?: string;
  /** Hex; the signature and the proposer's address are checked against it, and fail where it is no key. */
  readonly proposerPublicKey?: string;
  /** Both Unix seconds and seconds: the slot's timestamp is checked where they are given. */
  readonly slots?: { readonly genesisTime: number; readonly blockTimeSeconds: number };
  /** Off unless asked: a signature costs as much as everything else in a block. */
  readonly checkTxSignatures?: boolean;
};

/** Recomputes everything a block claims about itself (l1-protocol.md, "Block"). Never throws. */
export function verifyBlock(block: Block, expectations: BlockExpectations = {}): BlockVerification {
  const { header } = block;
  const { slots, proposerPublicKey } = expectations;
  const hash = blockHash(header);
  const txHashes = block.txs.map(transactionHash);
  const results = resultsOf(block, txHashes);
  const slot = slots && slotTimestamp(slots.genesisTime, header.height, header.round, slots.blockTimeSeconds);
  const signature = checkSignature(block, hash, proposerPublicKey);
  // What the node calls the block; where nobody asked it, what the proposer signed.
  const claimedHash = expectations.expectedHash ?? (signature.ok === true ? hash : undefined);
  const checks = [
    compare('height', expectations.expectedHeight?.toString(), header.height.toString()),
    compare('chain_id', expectations.chainId, header.chainId),
    compare('timestamp', slot?.toString(), header.timestamp.toString()),
    compare('prev_hash', expectations.prevHash, header.prevHash),
    compare('hash', claimedHash, hash),
    compare('tx_root', txRootOf(txHashes), header.txRoot),
    compare('compute_root', computeRootOf(results), header.computeRoot),
    checkGas(block),
    checkProposer(header.proposerAddress, proposerPublicKey),
    signature,
    NO_TX_SIGNATURES,
  ];
  const verification = { ok: isOk(checks), hash, txHashes, results, checks };
  if (expectations.checkTxSignatures !== true) return verification;
  const valid = block.txs.filter((tx, index) => isSigned(tx, txHashes[index] ?? transactionHash(tx))).length;
  return withTxSignatures(verification, valid);
}

/** A verification with what became of the transactions' signatures: how many of them are valid. */
export function withTxSignatures(verification: BlockVerification, valid: number): BlockVerification {
  const wanted = verification.txHashes.length;
  const checked: BlockCheck = {
    name: 'tx_signatures',
    ok: valid === wanted,
    expected: String(wanted),
    actual: String(valid),
  };
  const checks = verification.checks.map((check) => (check.name === checked.name ? checked : check));
  return { ...verification, ok: isOk(checks), checks };
}

const NO_TX_SIGNATURES: BlockCheck = { name: 'tx_signatures', ok: 'not_checked', expected: '', actual: '' };

function isOk(checks: readonly BlockCheck[]): boolean {
  return checks.every(({ ok }) => ok !== false);
}

function compare(name: BlockCheckName, expected: string | undefined, actual: string): BlockCheck {
  if (expected === undefined) return { name, ok: 'not_checked', expected: '', actual };
  return { name, ok: expected === actual, expected, actual };
}

/** A key that is none, such as that of a proposer whom the node does not list, has no address. */
function checkProposer(actual: string, publicKeyHex: string | undefined): BlockCheck {
  if (publicKeyHex === undefined) return compare('proposer', undefined, actual);
  try {
    return compare('proposer', addressFromPublicKey(hexToBytes(publicKeyHex), 'cpcvalcons'), actual);
  } catch {
    return { name: 'proposer', ok: false, expected: '', actual };
  }
}

/** gas_used is exactly the base gas of the transactions, and within the limit. */
function checkGas({ header, txs }: Block): BlockCheck {
  const gas = txs.reduce((sum, tx) => sum + (baseGas(tx.type) ?? 0n), 0n);
  const fits = gas <= header.gasLimit;
  const expected = fits ? gas.toString() : `≤ ${header.gasLimit}`;
  return { name: 'gas', ok: fits && gas === header.gasUsed, expected, actual: header.gasUsed.toString() };
}

/** Whose key signed: the proposer's, or one that nobody can name. */
function checkSignature({ pqSignature }: Block, hash: string, publicKeyHex: string | undefined): BlockCheck {
  const name = 'signature';
  if (publicKeyHex === undefined) return { name, ok: 'not_checked', expected: '', actual: '' };
  const ok = verifyHash(hexToBytes(hash), pqSignature, publicKeyHex);
  return { name, ok, expected: publicKeyHex, actual: ok ? publicKeyHex : '' };
}
