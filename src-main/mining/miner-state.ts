import { type ErrorFamily, familyOf } from '../../src-shared/error-codes';
import { AppError, type ErrorReport, toErrorReport } from '../../src-shared/errors';
import type { MinerState, Stage } from '../../src-shared/mining/miner-state';
import type { Pause } from '../../src-shared/mining/pause';
import type { AccountState } from '../keys/account';
import type { CeilingReached } from '../submissions/fee-ceiling';

/** All that decides what the miner may call itself. */
export type MinerFacts = {
  readonly running: boolean;
  /** Whether what is in hand is done, and it is off then. */
  readonly finishing: boolean;
  readonly pauses: readonly Pause[];
  readonly account: AccountState;
  /** Whether the chain is one of worth, and nobody has shown yet that the key could be brought back. */
  readonly needsBackup: boolean;
  /** Why the node or its chain can't be followed, and when it is tried again. */
  readonly headError: ErrorReport | null;
  readonly retryAtMs: number | null;
  readonly storageError: ErrorReport | null;
  readonly submissionError: ErrorReport | null;
  readonly computeError: ErrorReport | null;
  /** Null until known. */
  readonly balance: bigint | null;
  readonly resultFee: bigint | null;
  /** Why no further fee may be spent within this hour, or null. */
  readonly ceiling: CeilingReached | null;
  readonly lastAcceptedAtMs: number | null;
  /** How long ago that was, by the monotonic clock; null where there was none. */
  readonly sinceAcceptedMs: number | null;
  /** How long an accepted result counts as recent. */
  readonly recentMs: number;
};

type Bare<T> = T extends { sinceMs: number } ? Omit<T, 'sinceMs'> : never;

/** The state the facts add up to, the most basic trouble first; without its `sinceMs`. */
export function judge(facts: MinerFacts): Bare<MinerState> {
  if (facts.finishing) return { kind: 'finishing' };
  if (!facts.running) return { kind: 'idle' };
  if (facts.pauses.length > 0) return { kind: 'paused', reasons: [...facts.pauses] };
  const blocked = trouble(facts);
  if (blocked !== null) return { kind: 'blocked', retryAtMs: facts.retryAtMs, ...blocked };
  const { lastAcceptedAtMs, sinceAcceptedMs, recentMs, submissionError } = facts;
  if (lastAcceptedAtMs !== null && sinceAcceptedMs !== null && sinceAcceptedMs <= recentMs)
    return { kind: 'mining', lastAcceptedAtMs };
  // One send that went wrong is no trouble yet while others get through; nor is what is of one result alone, and leaves
  // nobody anything to do: the next result may fare better.
  if (submissionError !== null && submissionError.remedy !== 'none') {
    return {
      kind: 'blocked',
      retryAtMs: facts.retryAtMs,
      stage: stageOf(submissionError),
      error: submissionError,
    };
  }
  return { kind: 'starting' };
}

/** The next state, dated from when it began: details of it may change while it goes on. */
export function withSince(previous: MinerState, next: Bare<MinerState>, now: number): MinerState {
  return { ...next, sinceMs: sameState(previous, next) ? previous.sinceMs : now };
}

/** In how many ms a state changes by time alone: a pause ends, an accepted result grows old. Null: it does not. */
export function changesInMs(
  state: MinerState,
  { sinceAcceptedMs, recentMs }: Pick<MinerFacts, 'sinceAcceptedMs' | 'recentMs'>,
  now: number,
): number | null {
  if (state.kind === 'mining') return recentMs - (sinceAcceptedMs ?? 0) + 1;
  if (state.kind !== 'paused') return null;
  const ends = state.reasons.map(({ untilMs }) => untilMs).filter((untilMs) => untilMs !== null);
  return ends.length === 0 ? null : Math.min(...ends) - now;
}

function sameState(a: Bare<MinerState>, b: Bare<MinerState>): boolean {
  if (a.kind === 'blocked' && b.kind === 'blocked')
    return a.stage === b.stage && a.error.code === b.error.code;
  return a.kind === b.kind;
}

type Trouble = { readonly stage: Stage; readonly error: ErrorReport; readonly retryAtMs?: number | null };

function trouble(facts: MinerFacts): Trouble | null {
  const { account, headError, storageError, submissionError, computeError, ceiling } = facts;
  if (account.state === 'unavailable') return { stage: 'keychain', error: account.error };
  if (account.state === 'missing') return { stage: 'key', error: account.error };
  if (headError !== null) return { stage: stageOf(headError), error: headError };
  if (storageError !== null) return { stage: 'storage', error: storageError };
  // While a key is still being looked for nobody knows that there is none, or that it is kept nowhere else.
  if (account.state === 'none') return { stage: 'key', error: toErrorReport(noKey()) };
  if (account.state === 'ready' && facts.needsBackup)
    return { stage: 'key', error: toErrorReport(notKept()) };
  if (isPoor(facts)) return { stage: 'balance', error: toErrorReport(poor(facts)) };
  if (ceiling !== null)
    return { stage: 'balance', error: toErrorReport(ceiling.error), retryAtMs: ceiling.freeAtMs };
  if (computeError !== null) return { stage: 'gpu', error: computeError };
  if (submissionError !== null && isOfTheNextToo(submissionError)) {
    return { stage: stageOf(submissionError), error: submissionError };
  }
  return null;
}

function isPoor({ balance, resultFee }: MinerFacts): boolean {
  return balance !== null && resultFee !== null && balance < resultFee;
}

const STAGES: Readonly<Record<ErrorFamily, Stage>> = {
  keychain: 'keychain',
  key: 'key',
  vault: 'key',
  balance: 'balance',
  chain: 'chain',
  compute: 'gpu',
  gpu: 'gpu',
  storage: 'storage',
  validator: 'node',
  node: 'node',
  tx: 'node',
  input: 'node',
  update: 'node',
  app: 'node',
};

function stageOf({ code }: ErrorReport): Stage {
  return STAGES[familyOf(code)];
}

/** Whether the next submission will have the trouble too. */
function isOfTheNextToo({ code }: ErrorReport): boolean {
  return code === 'tx_insufficient_balance' || ['keychain', 'key'].includes(STAGES[familyOf(code)]);
}

function noKey(): AppError {
  return new AppError('key_missing', 'There is no key yet: create one or import one.', {
    remedy: 'import_key',
  });
}

function notKept(): AppError {
  return new AppError(
    'backup_needed',
    'This network is no development network: what its coins are worth hangs on this key alone. Save a backup and open it once, under Wallet (without a window: --back-up-key FILE); or import a key that you keep elsewhere.',
    { remedy: 'back_up_key' },
  );
}

function poor({ balance, resultFee }: MinerFacts): AppError {
  return new AppError(
    'insufficient_balance',
    'The balance does not cover the fee of one result. Top up to go on.',
    {
      remedy: 'top_up',
      params: { balance: String(balance), fee: String(resultFee) },
    },
  );
}
