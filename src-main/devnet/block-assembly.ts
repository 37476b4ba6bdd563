import { type Block, computeRootOf, resultsOf, txRootOf } from '../../src-shared/chain/block';
import { BLOCK } from '../../src-shared/chain/limits';
import type { Transaction, TxHash } from '../../src-shared/chain/transaction';
import { applyTransaction, gasOf } from './execution';
import { ExecutionError } from './execution-error';
import type { Ledger } from './ledger';
import { DEVNET } from './parameters';
import { stateRoot } from './state-root';

export type Candidate = { readonly hash: TxHash; readonly tx: Transaction };

/** Where in the chain a block goes. */
export type Place = {
  readonly height: number;
  readonly round: number;
  readonly timestamp: number;
  readonly prevHash: string;
  readonly proposer: string;
};

export type Assembled = {
  /** Complete but for the signature. */
  readonly unsigned: Block;
  /** Of its transactions, in order. */
  readonly txHashes: readonly TxHash[];
  /** The state after its transactions. */
  readonly draft: Ledger;
  readonly dropped: readonly string[];
};

/** The reference's only scheme id: Dilithium3 by name, secp256k1 in truth. */
const SIGNATURE_SCHEME = 1;

/** Builds a block on a state from the candidates that apply; those that never can are dropped without a word. */
export function assembleBlock(state: Ledger, candidates: readonly Candidate[], place: Place): Assembled {
  const { draft, included, gasUsed, dropped } = execute(state, candidates, place.height);
  const header = {
    height: place.height,
    prevHash: place.prevHash,
    timestamp: place.timestamp,
    chainId: DEVNET.chainId,
    proposerAddress: place.proposer,
    round: place.round,
    txRoot: '',
    stateRoot: stateRoot(draft),
    computeRoot: '',
    gasUsed,
    gasLimit: BLOCK.gasLimit,
  };
  const txHashes = included.map(({ hash }) => hash);
  const txs = included.map(({ tx }) => tx);
  const bare = { header, txs, pqSignature: '', pqSigSchemeId: SIGNATURE_SCHEME };
  const roots = { txRoot: txRootOf(txHashes), computeRoot: computeRootOf(resultsOf(bare, txHashes)) };
  return { unsigned: { ...bare, header: { ...header, ...roots } }, txHashes, draft, dropped };
}

type Executed = {
  readonly draft: Ledger;
  readonly included: readonly Candidate[];
  readonly gasUsed: bigint;
  readonly dropped: readonly string[];
};

/**
 * Executes candidates in order until the block's gas is used up. Like the reference, begins again without those that
 * failed until none does; in a failed attempt their senders stay charged, so that what follows is judged as well.
 * One whose nonce is too early is passed over and stays in the pool.
 */
function execute(state: Ledger, candidates: readonly Candidate[], height: number): Executed {
  const dropped = new Set<string>();
  for (;;) {
    const draft = state.draft();
    const included: Candidate[] = [];
    const droppedBefore = dropped.size;
    let gasUsed = 0n;
    for (const candidate of candidates) {
      const { hash, tx } = candidate;
      if (dropped.has(hash)) continue;
      if (gasUsed + gasOf(tx) > BLOCK.gasLimit) break;
      try {
        applyTransaction(draft, tx, height);
        included.push(candidate);
        gasUsed += gasOf(tx);
      } catch (error) {
        const tooEarly = error instanceof ExecutionError && error.nonceAhead;
        if (!tooEarly) dropped.add(hash);
      }
    }
    if (dropped.size === droppedBefore) return { draft, included, gasUsed, dropped: [...dropped] };
  }
}
