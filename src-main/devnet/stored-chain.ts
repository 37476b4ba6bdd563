import { z } from 'zod';
import { blockHash, NO_BLOCK_HASH, parseBlock } from '../../src-shared/chain/block';
import { parseJson } from '../../src-shared/chain/json';
import { AppError } from '../../src-shared/errors';
import type { ChainStore, Meta } from './chain-store';
import { Ledger } from './ledger';
import { readSnapshots, type Snapshot, snapshotsText } from './snapshots';
import { stateRoot } from './state-root';

export type LoadedChain = {
  readonly genesisTime: number;
  readonly blockTimeSeconds: number;
  readonly state: Ledger;
  readonly snapshots: readonly Snapshot[];
  readonly height: number;
  readonly lastHash: string;
  readonly lastTimestamp: number;
};

const integer = z.string().regex(/^\d+$/);
const metaSchema = z.object({
  version: z.literal('1'),
  genesis_time: integer.transform(Number),
  block_time: integer.transform(Number),
  epoch: integer.transform(Number),
  minted: integer.transform(BigInt),
  burned: integer.transform(BigInt),
  state_root: z.string(),
  snapshots: z.string(),
});

/** What the store remembers of a state besides its accounts; the root is checked when it is loaded again. */
export function ledgerMeta(ledger: Ledger, root: string, snapshots: readonly Snapshot[]): Meta {
  const { epoch, minted, burned } = ledger.totals;
  return new Map([
    ['epoch', String(epoch)],
    ['minted', String(minted)],
    ['burned', String(burned)],
    ['state_root', root],
    ['snapshots', snapshotsText(snapshots)],
  ]);
}

/**
 * Reads the chain back and checks that it is whole: every block there, the tip's hash its own, the state the one
 * that was written with it.
 * @throws AppError `database_corrupt`, or `invalid_argument` for another block time than the chain's.
 */
export function loadChain(
  store: ChainStore,
  proposer: string,
  blockTimeSeconds: number | undefined,
): LoadedChain {
  const loaded = read(store);
  if (loaded.state.validator(proposer) === undefined) {
    throw corrupt('the validator key is not that of the chain');
  }
  if (blockTimeSeconds !== undefined && blockTimeSeconds !== loaded.blockTimeSeconds) {
    throw new AppError(
      'invalid_argument',
      `This chain has a block every ${loaded.blockTimeSeconds} s, which cannot be changed to ` +
        `${blockTimeSeconds} s. Use another data folder.`,
      { remedy: 'fix_input' },
    );
  }
  return loaded;
}

function read(store: ChainStore): LoadedChain {
  try {
    const meta = metaSchema.parse(Object.fromEntries(store.meta()));
    const state = Ledger.empty();
    for (const account of store.accounts()) state.setAccount(account);
    for (const validator of store.validators()) state.setValidator(validator);
    state.totals = { epoch: meta.epoch, minted: meta.minted, burned: meta.burned };
    if (stateRoot(state) !== meta.state_root)
      throw corrupt('accounts do not match what was written with them');
    return {
      genesisTime: meta.genesis_time,
      blockTimeSeconds: meta.block_time,
      state,
      snapshots: readSnapshots(meta.snapshots),
      ...readTip(store),
    };
  } catch (error) {
    throw error instanceof AppError && error.code === 'database_corrupt'
      ? error
      : corrupt(error instanceof Error ? error.message : String(error), error);
  }
}

function readTip(store: ChainStore): Pick<LoadedChain, 'height' | 'lastHash' | 'lastTimestamp'> {
  const tip = store.tip();
  if (tip === undefined) {
    return { height: -1, lastHash: NO_BLOCK_HASH, lastTimestamp: Number.NEGATIVE_INFINITY };
  }
  const { header } = parseBlock(parseJson(tip.json));
  if (header.height !== tip.height || blockHash(header) !== tip.hash)
    throw corrupt('the last block is damaged');
  if (store.blockCount() !== tip.height + 1) throw corrupt('blocks are missing');
  return { height: tip.height, lastHash: tip.hash, lastTimestamp: header.timestamp };
}

function corrupt(why: string, cause?: unknown): AppError {
  return new AppError(
    'database_corrupt',
    `The devnet's stored chain is damaged: ${why}. Nothing was changed; use another data folder, or move this ` +
      'one away to begin a new chain.',
    { cause },
  );
}
